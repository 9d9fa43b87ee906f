"""Hand-ins as they are, marked: what does not load says so in its row, and in which Python it might."""

import json
import os
import sys
from pathlib import Path

import pytest
from command_kit import run_apart
from gradebook_kit import LECTURE, ONE_FILE, folder, graded, zipped

from grader import __version__

NEWER = ONE_FILE["derivatives.py"] + "\ntype Number = int | float\n"
MISSING = "not handed in: engine.py, drawing.py, nn.py, training.py, softmax.py"
CANNOT = "derivatives.py cannot be imported"
FILE = f"{LECTURE.id}/derivatives.py"
ALL = sum(exercise.points for exercise in LECTURE.exercises if exercise.file == "derivatives.py")


def packed_with(inbox: Path, name: str, python: str, text: str) -> None:
    zipped(inbox, f"{name}.zip", {FILE: text, "manifest.json": json.dumps({"python": python})})


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """A class whose files are what people have."""
    inbox = tmp_path_factory.mktemp("class") / "inbox"
    right = ONE_FILE["derivatives.py"]
    packed_with(inbox_made(inbox), "newer", "3.99.1", "def f(:\n")
    packed_with(inbox, "older", "3.9.1", "def f(:\n")
    packed_with(inbox, "newer-and-loads", "3.99.1", right)
    folder(inbox, "reads", {"derivatives.py": 'words = open("names.txt").read()\n' + right})
    folder(inbox, "cells", {"derivatives.py": f"# %%\n%matplotlib inline\n{right}\n# %%\ndisplay(slope)\n!ls\n"})
    folder(inbox, "where", {"derivatives.py": f"HERE = __file__\nopen(HERE).close()\n{right}"})
    (folder(inbox, "wide", {}) / "derivatives.py").write_bytes(right.encode("utf-16"))
    return graded(inbox, inbox.parent / "marks")


def inbox_made(inbox: Path) -> Path:
    inbox.mkdir()
    return inbox


def ours() -> str:
    return ".".join(map(str, sys.version_info[:2]))


def test_a_newer_python_is_told_where_a_file_does_not_load(rows):
    """And only there."""
    advice = f"it was packed with Python 3.99, and this is {ours()}: grade it with --python"
    assert rows["newer"].remark == f"{CANNOT}; {advice}"
    assert rows["older"].remark == CANNOT
    assert (rows["newer-and-loads"].remark, rows["newer-and-loads"].score) == ("", ALL)


@pytest.mark.parametrize("name", ["reads", "cells", "where"])
def test_what_only_a_students_own_machine_has_costs_nothing(rows, name):
    """A list of words, magics, where the file lies: the functions are right."""
    assert rows[name].score == ALL


def test_what_was_not_run_is_told(rows):
    assert "derivatives.py: line 1 not run" in rows["reads"].taken


def test_a_file_of_two_bytes_for_a_letter_is_one_cause(rows):
    assert (rows["wide"].remark, rows["wide"].score) == (CANNOT, 0)


def test_the_newest_of_two_copies_is_marked_if_it_is_asked_for(tmp_path):
    """Else the two are refused by name."""
    right, wrong = ONE_FILE["derivatives.py"], "def slope(f, x, h): return 0.0\n"
    folder(tmp_path / "inbox", "ada", {})
    for place, text, time in (("new", right, 2_000_000_000), ("old", wrong, 1_000_000_000)):
        os.utime(folder(tmp_path / "inbox/ada", place, {"derivatives.py": text}) / "derivatives.py", (time, time))
    assert "keep one of them, or grade with --copies newest" in graded(tmp_path / "inbox", tmp_path / "a")["ada"].reason
    assert graded(tmp_path / "inbox", tmp_path / "b", newest=True)["ada"].score == ALL


# ---- another interpreter


def interpreter(place: Path, version: str) -> Path:
    """A program that says which kit it has, and what it is asked to do."""
    program = place / "python"
    program.write_text(f'#!/bin/sh\nif [ "$2" = -c ]; then echo {version}; else echo "$@"; fi\n')
    program.chmod(0o755)
    return program


def test_the_command_goes_on_in_the_interpreter_that_is_named(tmp_path):
    """With the same words, but for that one."""
    program = interpreter(tmp_path, __version__)
    for words in (["--python", program], [f"--python={program}"]):
        done = run_apart("grade", "inbox", *words, "--out", "marks", cwd=tmp_path)
        assert (done.stdout, done.returncode) == ("-P -m grader grade inbox --out marks\n", 0)


def test_the_interpreter_itself_is_no_other_one(tmp_path):
    done = run_apart("grade", "nowhere", "--python", os.path.abspath(sys.executable), "--out", "m", cwd=tmp_path)
    assert "nowhere" in done.stderr
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("version", "told"),
    [
        ("0.0.0", f"has grader 0.0.0, and this is {__version__}. Install this kit there: "),
        ("", "has no grader. Install"),
    ],
)
def test_an_interpreter_without_this_kit_is_refused(tmp_path, version, told):
    done = run_apart("grade", "inbox", "--python", interpreter(tmp_path, version), "--out", "marks", cwd=tmp_path)
    assert told in done.stderr
    assert done.returncode == 2


def test_what_is_no_program_is_refused(tmp_path):
    done = run_apart("grade", "inbox", "--python", tmp_path / "nothing", "--out", "marks", cwd=tmp_path)
    assert "is no program that can be run" in done.stderr
    assert done.returncode == 2
