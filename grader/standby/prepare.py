"""What a command about a lecture finds ready: modules, the suites, what is expected, and a warm process."""

import gc
import tempfile
from importlib import import_module
from pathlib import Path

from grader.course import Lecture, load, names
from grader.desk.dependence import kept_attributes
from grader.errors import KitError
from grader.inside.levels import PROCESS
from grader.judging.sides import our_solution
from grader.judging.suite import PUBLIC, asked, tests_of
from grader.sandbox.folders import remove
from grader.sandbox.loading import confinement_at, what_to_load
from grader.sandbox.spare import Spare
from grader.sandbox.warm_process import WarmProcess

MODULES = (
    "grader.cli", "grader.desk.overview", "grader.desk.notebooks.telling",
    "grader.judging.examiner", "grader.judging.kept_answers", "grader.report.as_json", "grader.submission.packing",
)  # fmt: skip
SEED = 1  # of `grader check`


def spare_for(id: str) -> Spare | None:
    """A warm process of a lecture, loaded; None if it cannot be had, which the next command will tell."""
    try:
        lecture = load().lecture(id)
        spare = _started(lecture)
        _know(lecture)
        spare.warm.wait_until_loaded()
    except KitError:
        return None
    gc.collect()
    gc.freeze()
    return spare


def end(spare: Spare | None) -> None:
    """End it, if there is one."""
    if spare:
        spare.warm.stop()
        remove(spare.folder)


def _started(lecture: Lecture) -> Spare:
    to_load = what_to_load(lecture.id, names.needed_by(lecture.id), confinement_at(PROCESS))
    folder = Path(tempfile.mkdtemp(prefix="grader-"))
    return Spare(WarmProcess(PROCESS, folder, to_load), folder, PROCESS, to_load)


def _know(lecture: Lecture) -> None:
    """Import what judges, read what our solution rests on, and ask it what the public suites ask."""
    for module in MODULES:
        import_module(module)
    kept_attributes(lecture)
    ours = our_solution(lecture)
    for test in tests_of(lecture):
        for probe, inputs in asked(test, SEED) if test.visibility == PUBLIC else ():
            ours.observe(probe, inputs)
