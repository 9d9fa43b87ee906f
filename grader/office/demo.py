"""The whole path on real input in half a minute: stubs, a check, a package, a class of four, the marks.

Who the four are, and what one of them checks, stands in the demo.toml beside the lectures.
"""

import shutil
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grader.course import PROJECT, Exercise, Lecture, load
from grader.course.stubs import write_stubs
from grader.errors import Fault, UsageError
from grader.judging.examiner import examiner
from grader.judging.findings import Report
from grader.office import gradebook
from grader.report import terminal
from grader.report.words import Paint
from grader.submission import open_submission, packing

SEED = 1


@dataclass(frozen=True)
class Demo:
    """The class: folders and stories by name; who is looked at, doing what, and the exercise that is checked."""

    students: dict[str, tuple[Path, str]]
    sees: str
    doing: str
    exercise: Exercise


def demo(say: Callable[[str], None], table: Callable[[list[gradebook.Row]], None], paint: Paint) -> Path:
    """Run it and return the folder in which everything lies."""
    told = _read()
    lecture = load().lecture(told.exercise.lecture)
    folder = Path(tempfile.mkdtemp(prefix="grader-demo-"))
    home, inbox, out = folder / "course", folder / "inbox", folder / "marks"
    written, _ = write_stubs(home)
    say(f"1. A student's course folder: {len(written)} files in {home}\n")

    _pack_all(told, home, inbox, lecture)
    for student, (_, story) in told.students.items():
        say(f"   {student} {story}")

    say(f"\n2. What {told.sees} sees when {told.doing}:  grader check {told.exercise.id}\n")
    _hand_in(told.students[told.sees][0], home, lecture)
    say(_indented(_checked(told, home, lecture, paint)))

    say(f"\n3. The instructor grades all four packages:  grader grade {inbox} --out {out}\n")
    rows = gradebook.grade(inbox, out, None, jobs=1, seed=SEED, arrived=lambda row: None)
    table(rows)
    if [row.status for row in rows] != [gradebook.GRADED] * len(told.students):
        raise Fault("the demo's own submissions could not be graded")
    say(f"\nMarks:   {out / 'gradebook.csv'}\nReports: {out}/<student>/report.html")
    return folder


def _read() -> Demo:
    file = load().folders.lectures / "demo.toml"
    if not file.is_file():
        raise UsageError(f"This course has no demo: there is no {file}.")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    students = {entry["name"]: (PROJECT / entry["folder"], entry["story"]) for entry in table["student"]}
    return Demo(students, table["sees"], table["doing"], load().exercise(table["exercise"]))


def _pack_all(told: Demo, home: Path, inbox: Path, lecture: Lecture) -> None:
    """One package after the other, each made from the same course folder."""
    inbox.mkdir()
    for student, (source, _) in told.students.items():
        _hand_in(source, home, lecture)
        package = packing.build(packing.choose(home, lecture), load(), student)
        (inbox / f"{lecture.id}-{student}.zip").write_bytes(package)


def _hand_in(source: Path, home: Path, lecture: Lecture) -> None:
    if not source.is_dir():
        raise Fault(f"the demo needs {source}; run it from a clone of the repository")
    for name in lecture.files:
        (home / lecture.id / name).unlink(missing_ok=True)
        if (source / name).is_file():
            shutil.copyfile(source / name, home / lecture.id / name)


def _checked(told: Demo, home: Path, lecture: Lecture, paint: Paint) -> str:
    with examiner(lecture, SEED) as judge:
        submission = open_submission(home, load(), lecture, told.sees)
        report = judge.examine(submission, [told.exercise.id], hidden=False)
    return _shown(report, told.exercise, paint)


def _shown(report: Report, exercise: Exercise, paint: Paint) -> str:
    place = f"{exercise.lecture}/{exercise.file}"
    return terminal.detail(report, exercise.id, 76, paint, place, verbose=False)


def _indented(text: str) -> str:
    return "\n".join(f"   {line}".rstrip() for line in text.splitlines())
