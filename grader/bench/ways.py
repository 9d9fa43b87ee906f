"""Ways to judge the same submissions, each in seconds per submission: the grader, and what it is measured against.

(a) one plain pytest process per submission that runs the same checks, student code and reference in one interpreter;
(b) the floor: a fork of a warm process that imports the submission and runs the same checks, with nothing between.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from grader.course import Lecture, load, reference_sources
from grader.course.probe_needs import needs_of
from grader.inside.modules import Modules
from grader.inside.probe import REGISTRY
from grader.judging.comparison import first_difference
from grader.judging.examiner import examiner
from grader.judging.mistakes.known import edited_sources, known_mistakes
from grader.judging.subjects import Reference
from grader.judging.suite import questions
from grader.proof.audit import as_submission
from grader.sandbox.observation import RETURNED, Observation
from grader.submission import Submission

SEED = 7
PLAIN_TEST = """\
import os, pytest
from pathlib import Path
from grader.bench.ways import cases, judge_in_process, lecture_named
LECTURE = lecture_named(os.environ["BENCH_LECTURE"])
FILES = {p.name: p.read_text() for p in Path(os.environ["BENCH_FOLDER"]).glob("*.py")}
@pytest.mark.parametrize("case", cases(LECTURE), ids=lambda case: case[0])
def test_case(case):
    assert judge_in_process(LECTURE, FILES, [case]) == 1
"""


def submissions(lecture: Lecture, count: int) -> list[Submission]:
    """Distinct submissions: the reference under other names, every third with a known mistake in it."""
    variants = [(m, v) for m in known_mistakes(lecture.id) for v in m.variants]
    found = []
    for number in range(count):
        sources = reference_sources(lecture)
        if number % 3 == 2:
            mistake, variant = variants[number // 3 % len(variants)]
            sources |= edited_sources(variant, lecture, mistake.id)
        marked = {name: f"{text}\n# submission {number}\n" for name, text in sources.items()}
        found.append(as_submission(f"s{number:04}", lecture, marked))
    return found


def cases(lecture: Lecture) -> list[tuple[str, dict[str, Any]]]:
    """Every probe (by name) and input that the suites ask for."""
    return [(probe.name, dict(inputs)) for probe, inputs in questions(lecture, SEED)]


def lecture_named(id: str) -> Lecture:
    """For the generated pytest file."""
    return load().lecture(id)


def judge_in_process(lecture: Lecture, files: dict[str, str], asked: list[tuple[str, dict[str, Any]]]) -> int:
    """How many cases agree, with student code and reference in this very process: fast, and open to every trick."""
    reference = Reference(lecture)
    modules = Modules(lecture.id, files)
    return sum(_agrees(modules, reference, name, inputs) for name, inputs in asked)


def _agrees(modules: Modules, reference: Reference, name: str, inputs: dict[str, Any]) -> bool:
    probe = REGISTRY[name]
    expected: Observation = reference.observe(probe, inputs)
    try:
        with modules.fresh(probe.modules) as loaded:
            found = probe(loaded, inputs)
    except Exception:
        return False
    return expected.kind == RETURNED and first_difference(found, expected.value, probe.tolerance) is None


def ours(lecture: Lecture, handed_in: list[Submission], level: str) -> list[float]:
    """Seconds for each submission through the whole path, as in a class: worker, comparison, diagnosis, report."""
    from grader.office.gradebook.marking import garbage_seldom_looked_for  # which a plain pytest has no use for

    with garbage_seldom_looked_for(), examiner(lecture, SEED, level=level) as judge:
        judge.examine(handed_in[0])  # suites collected, reference observed: once per class
        return [seconds_of(judge.examine, submission) for submission in handed_in]


def plain_pytest(lecture: Lecture, handed_in: list[Submission]) -> list[float]:
    """Seconds for each submission with a new pytest process that checks it in its own interpreter."""
    with tempfile.TemporaryDirectory() as place:
        test = Path(place) / "test_plain.py"
        test.write_text(PLAIN_TEST, encoding="utf-8")
        return [seconds_of(_run_pytest, lecture, submission, Path(place), test) for submission in handed_in]


def _run_pytest(lecture: Lecture, submission: Submission, place: Path, test: Path) -> None:
    folder = place / submission.student
    folder.mkdir()
    for name, data in submission.files.items():
        (folder / name).write_bytes(data)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
        "--rootdir",
        str(place),
    ]
    environment = {**os.environ, "BENCH_LECTURE": lecture.id, "BENCH_FOLDER": str(folder)}
    done = subprocess.run([*command, str(test)], env=environment, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"pytest could not run: {done.stdout[-500:].decode()}")


def bare_fork(lecture: Lecture, handed_in: list[Submission]) -> list[float]:
    """Seconds for each submission in a fork of this process, which has everything in memory already."""
    for name in needs_of(lecture.id).preload:
        import_module(name)
    asked = cases(lecture)
    judge_in_process(lecture, reference_sources(lecture), asked)
    reference = Reference(lecture)
    for name, inputs in asked:
        reference.observe(REGISTRY[name], inputs)
    return [seconds_of(_fork, lecture, submission, asked, reference) for submission in handed_in]


def _fork(lecture: Lecture, submission: Submission, asked: list[Any], reference: Reference) -> None:
    pid = os.fork()
    if pid == 0:
        try:
            modules = Modules(lecture.id, submission.sources())
            for name, inputs in asked:
                _agrees(modules, reference, name, inputs)
        finally:
            os._exit(0)
    os.waitpid(pid, 0)


def seconds_of(act: Callable[..., object], *arguments: object, **options: object) -> float:
    """How long a call takes."""
    started = time.perf_counter()
    act(*arguments, **options)
    return time.perf_counter() - started
