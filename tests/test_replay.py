"""`grader check EXERCISE --replay`, as a student runs it: the last failing case once more, and nothing else."""

import base64
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_kit import run, run_apart

from grader.course import load, reference_sources
from grader.course.stubs import write_stubs
from grader.desk.typed import typed
from grader.inside import plain

ENGINE = Path("lecture1_micrograd") / "engine.py"
RIGHT, WRONG = "Value(self.data + other.data, ", "Value(self.data + (other.data if other is not self else 0.0), "


def edit(folder: Path, old: str, new: str) -> None:
    text = (folder / ENGINE).read_text(encoding="utf-8")
    assert old in text
    (folder / ENGINE).write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def failed_once(tmp_path_factory):
    """A course folder in which the check of value-add has failed, to be copied and not changed."""
    folder = tmp_path_factory.mktemp("failed") / "course"
    write_stubs(folder)
    for name, text in reference_sources(load().lecture("1")).items():
        (folder / ENGINE.parent / name).write_text(text, encoding="utf-8")
    edit(folder, RIGHT, WRONG)
    assert run("check", "value-add", cwd=folder).returncode == 1
    return folder


@pytest.fixture
def failed(failed_once, tmp_path):
    """A course folder of the test's own, in which the check of value-add has just failed."""
    return shutil.copytree(failed_once, tmp_path / "course")


def kept(folder: Path) -> dict:
    return json.loads((folder / ".grader" / "progress.json").read_text(encoding="utf-8"))


def keep(folder: Path, case: object) -> None:
    """Put something in the place of the case."""
    known = kept(folder)
    known["value-add"]["case"] = case
    (folder / ".grader" / "progress.json").write_text(json.dumps(known), encoding="utf-8")


def test_the_check_says_how_to_replay(finished_folder):
    """Beside the place to open stands the command."""
    edit(finished_folder, RIGHT, WRONG)
    done = run("check", "value-add", cwd=finished_folder)
    assert (
        "          a = Value(1.0); b = a + a\n          b.data   yours 1.0   expected 2.0   off by 1.0\n" in done.stdout
    )
    assert "\nIts smallest failing case alone: grader check value-add --replay\nNext: value-add, " in done.stdout


def test_the_smallest_of_several_failing_cases_is_kept(finished_folder):
    """A diamond of four operations is shown first; two operations show the same."""
    edit(finished_folder, "if v not in visited:", "if True:")
    checked = run("check", "value-backward", cwd=finished_folder)
    done = run("check", "value-backward", "--replay", cwd=finished_folder)
    assert "f = c * d" in checked.stdout
    assert "a = Value(1.0); b = a + a; c = b + b; c.backward()\n" in done.stdout


def test_a_failing_case_is_replayed(failed):
    """What to type in, yours and expected, where the prompt starts, and the place to open; exit 1."""
    done = run_apart("check", "value-add", "--replay", cwd=failed)
    assert (done.returncode, done.stderr) == (1, "")
    first, *rest = done.stdout.splitlines()
    assert first.startswith("value-add   lecture1_micrograd/engine.py:")
    assert rest[:5] == [
        "  FAIL    a = Value(1.0); b = a + a",
        "          b.data   yours 1.0   expected 2.0   off by 1.0",
        "",
        "To try it in a Python prompt, start it in lecture1_micrograd with:",
        "  from engine import *",
    ]
    assert rest[5].startswith("Next: value-add, lecture1_micrograd/engine.py:")


def test_what_is_replayed_can_be_typed_in(failed):
    """In a Python prompt where the message says, with what it says, it shows what the message says."""
    lines = run("check", "value-add", "--replay", cwd=failed).stdout.splitlines()
    program = lines[1].removeprefix("  FAIL    ")
    start = lines[5].strip()
    command = [sys.executable, "-c", f"{start}\n{program}\nprint(b.data)"]
    done = subprocess.run(command, cwd=failed / ENGINE.parent, capture_output=True, text=True, check=True)
    assert done.stdout == "1.0\n"


def test_a_case_that_passes_now(failed):
    """It says so, and which check comes next; exit 0. Nothing else was checked."""
    edit(failed, WRONG, RIGHT)
    before = kept(failed)
    done = run("check", "value-add", "--replay", cwd=failed)
    assert done.returncode == 0
    assert "  PASS    a = Value(1.0); b = a + a\n" in done.stdout
    assert done.stdout.endswith("This case passes now. Check the others: grader check value-add\n")
    assert kept(failed) == before


def test_a_case_that_raises_now(failed):
    """The exception, and the student's line."""
    edit(failed, WRONG, "Value(self.data / 0, ")
    done = run("check", "value-add", "--replay", cwd=failed)
    assert done.returncode == 1
    assert "  ERROR   a = Value(1.0); b = a + a\n          ZeroDivisionError: float division by zero\n" in done.stdout


def test_after_a_check_that_passes_nothing_is_kept(failed):
    """One sentence, with the command that would keep one; exit 2."""
    edit(failed, WRONG, RIGHT)
    assert run("check", "value-add", cwd=failed).returncode == 0
    done = run("check", "value-add", "--replay", cwd=failed)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "ERROR  No failing case of value-add is kept here: its last check passed, or there was none. "
        "Check it: grader check value-add\n"
    )


def test_a_case_of_a_hidden_check_is_not_kept(finished_folder):
    """Its inputs are not for the student, not even in a file."""
    more_digits = "Value(self.data + other.data + (abs(round(self.data, 2) - self.data) > 1e-4), "
    edit(finished_folder, RIGHT, more_digits)  # which the numbers of the public checks do not have
    done = run("check", "value-add", "--hidden", cwd=finished_folder)
    assert (done.returncode, done.stdout.count("FAIL")) == (1, 1)
    assert "--replay" not in done.stdout
    assert kept(finished_folder)["value-add"]["case"] is None


def encoded(**inputs: object) -> str:
    return base64.b64encode(plain.encode(inputs)).decode()


HOSTILE = {
    "a number": 7,
    "a list": ["lecture1_micrograd.values", "x"],
    "no such probe": {"probe": "os.system", "inputs": encoded(program="b = a + a", at={"a": 1.0})},
    "of another lecture": {"probe": "lecture2_bigram.pairs_of_word", "inputs": encoded(word="a")},
    "not base64": {"probe": "lecture1_micrograd.values", "inputs": "?"},
    "not plain data": {"probe": "lecture1_micrograd.values", "inputs": base64.b64encode(b"cos\nsystem\n").decode()},
    "other inputs": {"probe": "lecture1_micrograd.values", "inputs": encoded(word="a")},
    "another kind of input": {"probe": "lecture1_micrograd.values", "inputs": encoded(program=5, at=5)},
    "not in the language": {"probe": "lecture1_micrograd.gradients",
                            "inputs": encoded(program="__import__('os')", at={"a": 1.0})},
    "a name that is not there": {"probe": "lecture1_micrograd.values", "inputs": encoded(program="b = a", at={})},
    "without an end": {"probe": "lecture1_micrograd.values",
                       "inputs": encoded(program="b = a ** 9999999999", at={"a": 7})},
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE.values(), ids=HOSTILE)
def test_whatever_is_kept_ends_in_one_sentence(failed, case):
    """It is read as data, and measured in a worker with limits; exit 2."""
    keep(failed, case)
    done = run("check", "value-add", "--replay", cwd=failed)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "ERROR  What is kept of the last failing case of value-add cannot be measured any more. "
        "Check it again: grader check value-add\n"
    )


def test_control_characters_in_what_is_kept_are_not_printed(failed):
    """A terminal is not steered by it."""
    keep(failed, {"probe": "lecture1_micrograd.values", "inputs": encoded(program="b = a\x0c + a", at={"a": 1.0})})
    done = run("check", "value-add", "--replay", cwd=failed)
    assert "\x0c" not in done.stdout
    assert "\\x0c" in done.stdout


@pytest.mark.parametrize("words", [["1"], [], ["lecture1_micrograd/engine.py"]], ids=str)
def test_a_replay_is_of_one_exercise(finished_folder, words):
    """Anything else is one sentence with the command; exit 2."""
    done = run("check", *words, "--replay", cwd=finished_folder)
    assert done.returncode == 2
    assert done.stderr == "ERROR  A replay is of one exercise: grader check EXERCISE --replay\n"


@pytest.mark.parametrize("option", ["--hidden", "--json", "-v"])
def test_a_replay_goes_with_no_other_option(failed, option):
    """Which is said, and no other check is made."""
    done = run("check", "value-add", "--replay", option, cwd=failed)
    assert done.returncode == 2
    assert done.stderr.startswith(f"ERROR  {option} does not go with grader check EXERCISE --replay")


def test_the_smallest_case_runs_in_a_prompt(finished_folder):
    """It is the one that the check calls the smallest, as a method where it is one; what is put in is a comment."""
    edit(finished_folder, "self.grad += out.data * out.grad", "self.grad += self.data * out.grad")
    checked = run("check", "value-exp", cwd=finished_folder)
    lines = run("check", "value-exp", "--replay", cwd=finished_folder).stdout.splitlines()
    assert "          a = Value(2.0); b = exp(a)    (the gradient of the result set to 0.7)\n" in checked.stdout
    assert lines[1:4] == [
        "  FAIL    a = Value(2.0); b = a.exp()",
        "          # the gradient of the result set to 0.7",
        "          a.grad   yours 1.4   expected 5.172339269   off by 3.77",
    ]
    program = "\n".join(line.removeprefix("  FAIL    ").strip() for line in lines[1:3])
    command = [sys.executable, "-c", f"{lines[6].strip()}\n{program}\nb.grad = 0.7\nb._backward()\nprint(a.grad)"]
    done = subprocess.run(command, cwd=finished_folder / ENGINE.parent, capture_output=True, text=True, check=True)
    assert done.stdout == "1.4\n"


def test_what_is_no_program_is_not_said_to_be_one(finished_folder):
    """A case that is told in words is shown as it is, and nobody is sent to a prompt with it."""
    file = finished_folder / "lecture1_micrograd" / "derivatives.py"
    file.write_text(file.read_text(encoding="utf-8").replace("return (f(x + h) - f(x)) / h", "return f(x)"))
    run("check", "slope", cwd=finished_folder)
    done = run("check", "slope", "--replay", cwd=finished_folder).stdout
    assert "  FAIL    slope(f, 3.0, 0.001)  with f(x) = 3*x**2 - 4*x + 5\n" in done
    assert "prompt" not in done


class AsShown:
    """What is typed of a case: a probe of these modules that shows its inputs as this text."""

    def __init__(self, text: str, *modules: str) -> None:
        self.probe, self.inputs = self, {}
        self.modules, self.text = modules, text

    def show(self) -> str:
        return self.text


LINES = {
    "c = tanh(a*b)": None,  # a is not there
    "a = Value(1.0); b = tanh(a*2) + exp(-a)": "a = Value(1.0); b = (a * 2).tanh() + (-a).exp()",
    "a = Value(1.0); b = exp(exp(a))": "a = Value(1.0); b = a.exp().exp()",
    "a = Value(1.0);  b = a*a": "a = Value(1.0); b = a*a",
    "a = Value(1.0); b = a ** sin(a)": None,
    "trace(...)": None,
    "a = Value(1.0": None,
    "a = Value(1.0): what is added": None,
    "1 +" * 4_000 + " 1": None,
    "-" * 3_000 + "1": None,
}


@pytest.mark.parametrize(("shown", "line"), LINES.items(), ids=[text[:30] for text in LINES])
def test_lines_for_a_prompt(shown, line):
    """Only what is known to run there is said to."""
    found = typed(AsShown(shown, "engine"), load().lecture("1"))
    assert (found.program, found.runs) == ((shown, False) if line is None else (line, True))
