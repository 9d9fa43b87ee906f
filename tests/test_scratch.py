"""The script that `grader check EXERCISE --replay` writes: it runs with plain Python, and is never in the way."""

import subprocess
import sys
from pathlib import Path

import pytest
from command_kit import run
from kept_case_kit import failed_folder
from replay_scripts import failing_cases, outcomes

from grader.course import load
from grader.desk.scratch import SCRATCH, WRITTEN, script
from grader.desk.typed import Typed, typed
from grader.inside import plain
from grader.inside.probe import EXACT, Probe
from grader.judging import messages
from grader.judging.case import Case, agree
from grader.judging.comparison import show
from grader.sandbox.observation import RETURNED, Observation, concluded
from grader.submission import packing
from grader.submission.near_names import module_like

FOLDER = Path("lecture1_micrograd")
PLACE = FOLDER / "replay_value_add.py"


def write(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / FOLDER / file).read_text(encoding="utf-8")
    assert old in text
    (folder / FOLDER / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def python(file: Path, cwd: Path) -> str:
    done = subprocess.run([sys.executable, str(file)], cwd=cwd, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr.rpartition("\n  ")[2]


def replayed(folder: Path, id: str) -> str:
    """The last line of a replay of what was checked last."""
    return run("check", id, "--replay", cwd=folder).stdout.splitlines()[-1]


@pytest.fixture
def failed(tmp_path):
    """A course folder in which value-add has just failed."""
    at = {"a": 2.0, "b": -3.0}
    folder = failed_folder(tmp_path / "course", "value-add", "values", program="c = a + b", at=at)
    write(folder, "engine.py", "Value(self.data + other.data", "Value(self.data - 3 * other.data")
    return folder


def test_what_can_be_typed_is_the_script(failed):
    """The lines that a student would type, and what differs; it runs from anywhere, and holds no expected value."""
    said = replayed(failed, "value-add")
    text = (failed / PLACE).read_text(encoding="utf-8")
    assert said == f"As a script, for your editor's debugger: {PLACE}"
    head, program = text.split('"""\n\n')
    assert "a = Value(2.0); b = Value(-3.0); c = a + b\n" in head
    assert program.splitlines() == [
        "from engine import *", "", "a = Value(2.0)", "b = Value(-3.0)", "c = a + b", "", 'print("c.data =", c.data)',
    ]  # fmt: skip
    assert python(failed / PLACE, failed.parent) == "c.data = 11.0\n"


def test_what_cannot_be_typed_is_measured_as_the_check_does(tmp_path):
    """With the kit's own measurement, through the student's own module."""
    inputs = {"f": "3*x**2 - 4*x + 5", "x": 3.0, "h": 0.001}
    folder = failed_folder(tmp_path / "course", "slope", "slope_of_curve", **inputs)
    write(folder, "derivatives.py", "return (f(x + h) - f(x)) / h", "return f(x) / (h - h)")
    replayed(folder, "slope")
    file = folder / FOLDER / "replay_slope.py"
    assert "14.0" not in file.read_text(encoding="utf-8")
    assert python(file, folder).endswith("ZeroDivisionError: float division by zero\n")
    write(folder, "derivatives.py", "return f(x) / (h - h)", "return f(x)")
    assert python(file, folder) == "20.0\n"


def test_what_a_student_has_changed_stays(failed):
    """An untouched script is written anew; a changed one is the student's, and the next has another name."""
    replayed(failed, "value-add")
    new = (failed / PLACE).read_text(encoding="utf-8")
    for file in (failed / PLACE, failed / WRITTEN / PLACE):
        file.write_text("print('an older case')\n", encoding="utf-8")
    assert replayed(failed, "value-add").endswith("/replay_value_add.py")
    assert (failed / PLACE).read_text(encoding="utf-8") == new
    (failed / PLACE).write_text("print('mine')\n", encoding="utf-8")
    for _ in range(2):
        assert replayed(failed, "value-add").endswith("/replay_value_add_2.py")
    assert (failed / PLACE).read_text(encoding="utf-8") == "print('mine')\n"
    assert (failed / FOLDER / "replay_value_add_2.py").is_file()


def test_a_script_is_nobodys_module(finished_folder, lecture):
    """It is not packed, not told of, and never taken for a module that is missing, whatever its exercise is called."""
    (finished_folder / FOLDER / f"{SCRATCH}softmax.py").write_text("from softmax import *\n", encoding="utf-8")
    (finished_folder / FOLDER / "softmax.py").unlink()
    chosen = packing.choose(finished_folder, lecture)
    assert (chosen.ignored, chosen.remarks, chosen.missing) == ((), (), ("softmax.py",))
    assert module_like("my_softmax.py", lecture) == "softmax.py"


def test_inputs_are_written_as_a_program_has_them():
    """Numbers that are none, arrays, quotes and backslashes: the text parses, and gives the inputs back."""
    inputs = {"x": float("nan"), "y": [float("-inf"), ("a\n", b"\0")], "z": plain.Array("int8", (2,), b"\1\2")}
    probe = Probe("lecture1_micrograd.values", ("engine",), print, EXACT, 1.0, lambda **inputs: 'say """\\x')
    case = Case(probe, inputs, Observation(RETURNED, 1), Observation(RETURNED, 2))
    course = load()
    text = script("s.py", course.exercise("value-add"), course.lecture("1"), case, Typed("", "", runs=False))
    names = {"Array": plain.Array}
    lines = text[text.index("inputs = ") : text.index("# what the check")]
    exec(lines, names)
    assert repr(names["inputs"]) == repr(inputs)


@pytest.mark.course
@pytest.mark.parametrize("lecture", load().lectures, ids=lambda lecture: lecture.id)
def test_every_kind_of_case_is_reproduced_by_its_script(lecture, tmp_path):
    """For each measurement in which a known mistake shows: plain Python gives what the check has shown as yours."""
    cases, folders = failing_cases(lecture), []
    for number, (exercise, case, files) in enumerate(cases):
        folder = tmp_path / str(number) / lecture.id
        folder.mkdir(parents=True)
        scripts = {"replay_it.py": script("replay_it.py", exercise, lecture, case, typed(case, lecture))}
        for name, text in {**files, **scripts}.items():
            (folder / name).write_text(text, encoding="utf-8")
        folders.append(folder)
    assert len(cases) > 5
    for (_, case, _), gave in zip(cases, outcomes(folders, lecture), strict=True):
        assert is_the_same(gave, case), case.probe.name


def is_the_same(gave: Observation, case: Case) -> bool:
    """Whether a script gave what the check has shown: all that was measured, or the one number that differs first."""
    if gave.kind != RETURNED or case.yours.kind != RETURNED:
        return (gave.kind, gave.type) == (case.yours.kind, case.yours.type)
    shown = messages.difference(case)
    found = concluded(case.probe, case.inputs, gave)
    return agree(found, case.yours, case.probe) or (shown is not None and show(gave.value) == shown.yours)
