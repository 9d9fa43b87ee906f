"""The whole path on real input in half a minute: stubs, a check, a package, a class of four, the marks."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from grader import gradebook, pack
from grader.check import examiner
from grader.course import PROJECT, Lecture, load
from grader.errors import Fault
from grader.report import Report, terminal
from grader.stubs import write_stubs
from grader.submission import open_submission

CLASS = {
    "ada": ("alternatives/lecture1_micrograd/slots", "correct, and written in another way than ours"),
    "ben": ("submissions/lecture1_micrograd/product_rule_own_data", "makes a classic mistake in the product rule"),
    "cleo": ("submissions/lecture1_micrograd/half_done", "is half done"),
    "dan": ("submissions/lecture1_micrograd/endless_loop", "has a loop that never ends in relu"),
}
SEED = 1


def demo(say: Callable[[str], None], table: Callable[[list[gradebook.Row]], None], paint: terminal.Paint) -> Path:
    """Run it and return the folder in which everything lies."""
    course, lecture = load(), load().lectures[0]
    folder = Path(tempfile.mkdtemp(prefix="grader-demo-"))
    home, inbox, out = folder / "course", folder / "inbox", folder / "marks"
    written, _ = write_stubs(home)
    say(f"1. A student's course folder: {len(written)} files in {home}\n")

    inbox.mkdir()
    for student, (situation, story) in CLASS.items():
        _hand_in(situation, home, lecture)
        (inbox / f"{lecture.id}-{student}.zip").write_bytes(pack.build(pack.choose(home, lecture), course, student))
        say(f"   {student} {story}")

    say("\n2. What ben sees when he checks his product:  grader check value-mul\n")
    _hand_in(CLASS["ben"][0], home, lecture)
    with examiner(lecture, SEED) as judge:
        report = judge.examine(open_submission(home, course, lecture, "ben"), ["value-mul"], hidden=False)
    say(_indented(_shown(report, paint)))

    say(f"\n3. The instructor grades all four packages:  grader grade {inbox} --out {out}\n")
    rows = gradebook.grade(inbox, out, None, jobs=1, seed=SEED, arrived=lambda row: None)
    table(rows)
    if [row.status for row in rows] != [gradebook.GRADED] * len(CLASS):
        raise Fault("the demo's own submissions could not be graded")
    say(f"\nMarks:   {out / 'gradebook.csv'}\nReports: {out}/<student>/report.html")
    return folder


def _hand_in(situation: str, home: Path, lecture: Lecture) -> None:
    source = PROJECT / "tests" / situation
    if not source.is_dir():
        raise Fault(f"the demo needs {source}; run it from a clone of the repository")
    for name in lecture.files:
        (home / lecture.id / name).unlink(missing_ok=True)
        if (source / name).is_file():
            shutil.copyfile(source / name, home / lecture.id / name)


def _shown(report: Report, paint: terminal.Paint) -> str:
    return terminal.detail(report, "value-mul", 76, paint, "lecture1_micrograd/engine.py", verbose=False)


def _indented(text: str) -> str:
    return "\n".join(f"   {line}".rstrip() for line in text.splitlines())
