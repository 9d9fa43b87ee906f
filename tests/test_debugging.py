"""`grader check EXERCISE --debug`, as a student runs it: the smallest failing case at the student's own keys."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from command_kit import run
from kept_case_kit import failed_folder

from grader.course import PROJECT, load
from grader.desk import debugging
from grader.desk.debugging import first_stops

ENGINE = Path("lecture1_micrograd") / "engine.py"
MADE = 'out = Value(self.data + other.data, (self, other), "+")'
DEBUG = ["check", "value-add", "--debug"]


def write(folder: Path, old: str, new: str) -> None:
    text = (folder / ENGINE).read_text(encoding="utf-8")
    assert old in text
    (folder / ENGINE).write_text(text.replace(old, new, 1), encoding="utf-8")


def line_of(folder: Path, text: str) -> int:
    lines = (folder / ENGINE).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


@pytest.fixture
def failed(tmp_path):
    """A course folder in which value-add has failed last; it is right again."""
    return failed_folder(tmp_path / "course", "value-add", "values", program="b = a + a", at={"a": 1.0})


@pytest.fixture
def debug(monkeypatch, tmp_path):
    """What is seen when these lines are typed, of the command in this process and of the one that it starts."""
    real = subprocess.Popen

    def typed(folder: Path, *keys: str) -> str:
        (tmp_path / "keys").write_text("".join(f"{key}\n" for key in keys), encoding="utf-8")
        with (tmp_path / "keys").open() as typed_in, (tmp_path / "seen").open("w+", encoding="utf-8") as seen:
            with monkeypatch.context() as patch:
                streams = {"stdin": typed_in, "stdout": seen, "stderr": seen}
                patch.setattr(debugging.subprocess, "Popen", lambda *words, **more: real(*words, **more, **streams))
                done = run(*DEBUG, cwd=folder)
            seen.seek(0)
            before, after = done.stdout.splitlines(keepends=True)[:-1], done.stdout.splitlines(keepends=True)[-1:]
            assert (done.returncode, done.stderr) == (0, "")
            return "".join([*before, seen.read(), *after])

    return typed


def test_it_stops_where_the_exercise_begins(failed, debug):
    """Nobody has to write a breakpoint: the case, the keys, the student's own file and line, what the case gives."""
    shown = debug(failed, "p self, other", "n", "n", "p out", "c")
    first = line_of(failed, "other = other if isinstance(other, Value)")
    assert shown.startswith("value-add, its smallest failing case:\n  a = Value(1.0); b = a + a\n\n")
    assert "and stops at the beginning of value-add.\nn next line, s into a call, " in shown
    assert f"> {failed / ENGINE}({first})__add__()\n" in shown
    assert "(Pdb) (Value(data=1.0), Value(data=1.0))\n" in shown
    assert "(Pdb) Value(data=2.0)\n(Pdb) This case gives:\n  {'b.data': 2.0}\n" in shown
    assert shown.endswith("Yours beside what is expected: grader check value-add --replay\n")


def test_it_stops_at_a_breakpoint(failed, debug):
    """The very line after it, and nowhere else before; leaving goes through whatever would catch it."""
    write(failed, "        out._backward = _backward", "        breakpoint()\n        out._backward = _backward")
    shown = debug(failed, "p out.data", "q")
    assert f"({line_of(failed, 'breakpoint()') + 1})__add__()\n-> out._backward = _backward\n" in shown
    assert shown.count("__add__()") == 1
    assert "The debugger was left.\nYours beside" in shown


def test_it_opens_where_something_is_raised(failed, debug):
    """In the student's line and not in the library's, with the names that are there."""
    write(failed, MADE, f"import math; math.sqrt(-1 - self.data ** 2); {MADE}")
    shown = debug(failed, "c", "p self.data", "q")
    assert "ValueError: math domain error\n" in shown
    assert f"({line_of(failed, 'math.sqrt')})__add__()\n-> import math; " in shown
    assert shown.count("(Pdb) ") == 3


def test_a_file_that_cannot_be_imported_is_told(failed, debug):
    """There is nothing to step through; the debugger is not opened in our own lines."""
    write(failed, MADE, "out = Value(")
    shown = debug(failed, "q")
    assert re.search(r"SyntaxError: .+\(engine.py, line \d+\)\nYours beside", shown)
    assert "(Pdb)" not in shown


def test_a_loop_without_an_end_is_looked_into_with_ctrl_c(failed):
    """It interrupts the student's code alone, and opens the debugger in the line that was running."""
    write(failed, MADE, "turns = 0; print('in the loop', flush=True)\n        while True: turns += 1")
    command = [sys.executable, "-m", "grader", *DEBUG]
    started = subprocess.Popen(
        command, cwd=failed, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    started.stdin.write("c\np turns >= 0\nq\n")
    started.stdin.flush()
    for line in started.stdout:
        if "in the loop" in line:
            break
    os.killpg(started.pid, signal.SIGINT)
    shown, _ = started.communicate(timeout=60)
    assert started.returncode == 0
    assert "while True: turns += 1" in shown
    assert "(Pdb) True\n" in shown


def test_nothing_that_judges_is_in_that_process(failed, debug):
    """No module of the kit but what is loaded beside any student's code, and no folder to find one in."""
    seen = "p sorted(m for m in __import__('sys').modules if m.partition('.')[0] == 'grader')"
    found = "p __import__('importlib.util').util.find_spec('grader.judging')"
    shown = debug(failed, seen, found, "p __import__('sys').path", "q")
    modules = re.search(r"\(Pdb\) (\[.*?\])\n", shown)[1]
    assert "grader.inside.probes.lecture1_micrograd" in modules
    assert {name for name in re.findall(r"'([\w.]+)'", modules) if not name.startswith("grader.inside")} == {"grader"}
    assert "ModuleNotFoundError: No module named 'grader.judging'" in shown or "(Pdb) None\n" in shown
    assert str(PROJECT) not in re.findall(r"'([^']*)'", shown.rpartition("(Pdb) [")[2])


REFUSED = {
    "value-mul": "There is no failing case of value-mul: it passes all its public checks.",
    "slope": "There is no failing case of slope: it is not written yet.",
    "1": "The debugger takes one exercise: grader check EXERCISE --debug",
}


@pytest.mark.parametrize(("word", "sentence"), REFUSED.items(), ids=REFUSED)
def test_where_there_is_nothing_to_debug_that_is_said(finished_folder, word, sentence):
    """One sentence, exit 2."""
    derivatives = finished_folder / "lecture1_micrograd" / "derivatives.py"
    derivatives.write_text('def slope(f, x, h):\n    raise NotImplementedError("slope")\n', encoding="utf-8")
    done = run("check", word, "--debug", cwd=finished_folder)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"ERROR  {sentence}\n")


def test_a_notebook_is_sent_to_a_terminal(finished_folder):
    """Nobody sits at the keys of a command that a notebook starts."""
    cells = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (finished_folder / "cells.ipynb").write_text(json.dumps(cells), encoding="utf-8")
    done = run("--cells", "cells.ipynb", "check", "value-add", "--debug", cwd=finished_folder)
    assert done.returncode == 2
    assert done.stderr.startswith("ERROR  The debugger needs a terminal: grader -C ")


def test_first_stops_are_below_the_statements():
    """Every function of an exercise, at its first own line; none where the code says itself where to stop."""
    course = load()
    neuron, lecture = course.exercise("neuron"), "lecture1_micrograd/nn.py"
    source = (
        'class Neuron:\n    def __init__(self):\n        """A\n        text."""\n        pass\n    def go(self): pass\n'
    )
    assert first_stops(neuron, {"nn.py": source}) == [[lecture, 5]]
    assert first_stops(neuron, {"nn.py": source, "engine.py": "import pdb; pdb.set_trace()"}) == []
    assert first_stops(neuron, {"nn.py": source, "engine.py": "# breakpoint()"}) == [[lecture, 5]]
    assert first_stops(neuron, {"nn.py": "class Neuron(:"}) == []
