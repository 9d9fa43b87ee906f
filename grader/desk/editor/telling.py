"""What the kit tells pytest: which checks there are, and what came of them, in the words of `grader check`."""

import hashlib
import json
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from grader import __version__
from grader.course import EXERCISES, Course, Lecture, load
from grader.course.kept_copies import FOLDER
from grader.course.probe_needs import needs_of
from grader.course.whole_files import write_whole
from grader.desk.progress import Progress
from grader.judging.findings import BLOCKED, TODO, Finding, Report
from grader.report import terminal
from grader.report.words import plain

KNOWN = f"{FOLDER}/checks.json"  # the sentences of all checks: to find them, a lecture's suites have to be loaded
CONFTEST, SETTINGS = "conftest.py", ("pytest.ini", ".pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg")
HOW = """from grader.desk.editor.items import collector
pytest_collect_file = collector(__file__)
"""
TEXT = f'''"""Lets pytest, and the testing panel of an editor, run the checks of this course; grader wrote it."""

{HOW}'''
INI = "# So that pytest takes this folder for its own, wherever it is started.\n[pytest]\n"


def checks_of(course: Course, progress: Progress) -> dict[str, Any]:
    """The public checks of all lectures that the course folder has, by exercise, with the place to open."""
    there = [one for one in course.lectures if (progress.root / one.id).is_dir() and _can_be_measured(one)]
    return {"exercises": [one for lecture in there for one in _of_lecture(lecture, progress)]}


def _can_be_measured(lecture: Lecture) -> bool:
    """Whether what its probes import is installed: who does without torch has the first lecture alone."""
    return all(find_spec(name.partition(".")[0]) for name in needs_of(lecture.id).preload)


def _of_lecture(lecture: Lecture, progress: Progress) -> list[dict[str, Any]]:
    sentences = _sentences(lecture, progress.root / KNOWN)
    return [
        {
            "id": exercise.id,
            "lecture": lecture.id,
            "file": f"{lecture.id}/{exercise.file}",
            "line": _line(progress.place(exercise)),
            "checks": [{"name": name, "sentence": sentence} for id, name, sentence in sentences if id == exercise.id],
        }
        for exercise in lecture.exercises
    ]


def _line(place: str) -> int:
    number = place.rpartition(":")[2]
    return int(number) if number.isdecimal() else 1


def _sentences(lecture: Lecture, file: Path) -> list[list[str]]:
    """Exercise, name and sentence of each check: as they were found last, if the suites are the same."""
    key, known = _key(lecture), _read(file)
    there = known.get(lecture.id)
    if isinstance(there, dict) and there.get("key") == key and _is_well_formed(there.get("checks")):
        return list(there["checks"])
    from grader.judging.suite import PUBLIC, tests_of

    found = [[t.exercise, t.name, t.sentence] for t in tests_of(lecture) if t.visibility == PUBLIC]
    write_whole(file, json.dumps({**known, lecture.id: {"key": key, "checks": found}}, indent=1).encode())
    return found


def _key(lecture: Lecture) -> str:
    """A hash of the texts that the sentences come from."""
    folders = load().folders
    suites = sorted((folders.lectures / lecture.id).glob("public*"))
    files = [file for one in suites for file in ([one] if one.is_file() else sorted(one.glob("*.py")))]
    texts = [file.read_bytes() for file in (folders.exercises / lecture.id / EXERCISES, *files)]
    return hashlib.sha256(b"\0".join([__version__.encode(), *texts])).hexdigest()


def _read(file: Path) -> dict[str, Any]:
    """What is known; it lies in the student's folder, and may be anything."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_well_formed(checks: Any) -> bool:
    return isinstance(checks, list) and all(
        isinstance(one, list) and len(one) == 3 and all(isinstance(part, str) for part in one) for one in checks
    )


def findings_of(report: Report, progress: Progress, width: int) -> dict[str, Any]:
    """What came of each check, as `grader check` says it."""
    lecture = report.submission.lecture
    places = {exercise.id: progress.place(exercise) for exercise in lecture.exercises}
    return {"findings": [_told(report, one, places[one.exercise], width) for one in report.findings]}


def _told(report: Report, finding: Finding, place: str, width: int) -> dict[str, Any]:
    return {
        "exercise": finding.exercise,
        "test": finding.test,
        "status": finding.status,
        "printed": finding.printed,
        "broken": finding.broken.file if finding.broken else "",
        "text": _text(report, finding, place, width),
    }


def _text(report: Report, finding: Finding, place: str, width: int) -> str:
    """One line of what waits; else the check alone, with the student's line above."""
    if finding.status in (TODO, BLOCKED):
        return finding.message.partition("\n")[0]
    alone = replace(report, findings=(replace(finding, printed=""),))
    return terminal.detail(alone, finding.exercise, width, plain, finding.place or place, verbose=False)


def write_conftest(folder: Path) -> bool:
    """Whether a conftest.py lies there now that has these lines. One of the student's own is left as it is."""
    file = folder / CONFTEST
    if not any((folder / name).exists() for name in SETTINGS):
        write_whole(folder / SETTINGS[0], INI.encode())
    if not file.exists():
        write_whole(file, TEXT.encode())
    there = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return set(HOW.splitlines()) <= set(there)
