"""A failing case under pdb, in the student's own terminal: what is started, and with what. It judges nothing.

The process holds the student's files, the probe and its inputs, and no expected value; see `grader/inside/debugged.py`.
"""

import ast
import base64
import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import grader.inside
from grader.course import Exercise, Lecture, names, places
from grader.course.syntax import tree_of
from grader.desk.replay import Question
from grader.inside.levels import PROCESS
from grader.sandbox import start, view
from grader.sandbox.loading import confinement_at, what_to_load
from grader.sandbox.observation import Asked

PROGRAM = Path(grader.inside.__file__).parent / "debugged.py"
STOPS = ("breakpoint", "set_trace")
FROM_USER = ("HOME", "LANG", "LC_ALL", "LC_CTYPE", "TERM", "COLUMNS", "LINES", "INPUTRC", "NO_COLOR", "PYTHON_COLORS")


def debug(exercise: Exercise, lecture: Lecture, files: Mapping[str, str], question: Question, root: Path) -> None:
    """Run the case in a process of the student's own, at whose keys the student sits, until it ends."""
    job = {
        "load": what_to_load(lecture.id, names.needed_by(lecture.id), confinement_at(PROCESS)),
        "lecture": lecture.id, "files": dict(files), "home": str(root),
        "probe": question.probe.name, "inputs": base64.b64encode(Asked.of(question.inputs).encoded).decode(),
        "stops": first_stops(exercise, files),
    }  # fmt: skip
    with _handed(job) as handed, tempfile.TemporaryDirectory(prefix="grader-") as kept:
        command = [view.interpreter(), "-s", "-S", "-P", str(PROGRAM), str(handed.fileno())]
        process = subprocess.Popen(command, cwd=root, env=_environment(Path(kept)), pass_fds=[handed.fileno()])
        with _ctrl_c_is_theirs():
            process.wait()


def first_stops(exercise: Exercise, files: Mapping[str, str]) -> list[list[Any]]:
    """Where the exercise's functions begin, as file and line; nowhere if the student's code says where to stop."""
    if any(_stops_itself(text) for text in files.values()):
        return []
    source = files.get(exercise.file, "")
    spans = places.spans(source)
    begins = [spans[name][0] for name in places.functions_of(exercise) if name in spans]
    return [[f"{exercise.lecture}/{exercise.file}", _first_statement(source, line)] for line in begins]


def _stops_itself(source: str) -> bool:
    """Whether it calls the debugger anywhere."""
    called = (node.func for node in _nodes(source) if isinstance(node, ast.Call))
    return any(getattr(function, "id", getattr(function, "attr", "")) in STOPS for function in called)


def _nodes(source: str) -> list[ast.AST]:
    """All of its syntax; nothing if it cannot be read."""
    try:
        tree = tree_of(source)
    except (RecursionError, MemoryError):
        return []
    return list(ast.walk(tree)) if tree else []


def _first_statement(source: str, line: int) -> int:
    """The line of a function's first statement below its docstring."""
    for node in _nodes(source):
        if isinstance(node, ast.FunctionDef) and node.lineno == line:
            has_text = ast.get_docstring(node, clean=False) is not None and len(node.body) > 1
            return node.body[1 if has_text else 0].lineno
    return line


@contextmanager
def _handed(job: Mapping[str, Any]) -> Iterator[IO[str]]:
    """The job in a file that has no name, to be read from its beginning."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        json.dump(job, file)
        file.flush()
        file.seek(0)
        yield file


def _environment(kept: Path) -> dict[str, str]:
    """That of a worker, and what a terminal needs."""
    own = {name: os.environ[name] for name in FROM_USER if name in os.environ}
    return {**start.environment(PROCESS, kept), **own}


@contextmanager
def _ctrl_c_is_theirs() -> Iterator[None]:
    """Ctrl-C reaches both processes, and is meant for the one that is watched."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
