"""Which exercise is not there yet, if that is what stopped a measurement: its stub was met, its file or its function.

A function counts as absent only if Python says that it is missing and its name is given to nothing in its file.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from grader.course import Lecture, load, places
from grader.course.syntax import tree_to_read
from grader.sandbox.observation import RAISED, TODO, Observation
from grader.submission import text_of

NO_MODULE = re.compile(r"No module named '(?:\w+\.)?(\w+)'")
NO_ATTRIBUTE = re.compile(r"(?:type object )?'(\w+)'(?: object)? has no attribute '(\w+)'")
NOT_IN_MODULE = (
    re.compile(r"module '(?:\w+\.)?\w+' has no attribute '(\w+)'"),
    re.compile(r"cannot import name '(\w+)' from '(?:\w+\.)?\w+' \(.*\)"),
    re.compile(r"name '(\w+)' is not defined"),
)
NO_BINARY = re.compile(r"unsupported operand type\(s\) for (\S+)(?: or pow\(\))?: '(\w+)' and '(\w+)'")
NO_UNARY = re.compile(r"bad operand type for unary (\S): '(\w+)'")
BINARY = {"+": "add", "-": "sub", "*": "mul", "/": "truediv", "**": "pow", "@": "matmul"}
UNARY = {"-": "__neg__", "+": "__pos__"}
PLAIN_NUMBERS = ("int", "float")
EVERYTHING = "from ... import *"


@dataclass(frozen=True)
class Unwritten:
    """Knows what was handed in for a lecture, and says which exercise is not there yet if an observation shows that."""

    lecture: str
    files: Mapping[str, bytes]

    def met(self, observation: Observation, own: str) -> str:
        """The exercise whose stub was met, or that is absent; `own` if it is one of several. Empty if there is none."""
        if observation.kind == TODO:
            return observation.text if observation.text in load().exercises else ""
        owners = self._without_file(observation) or self._without_function(observation)
        return own if own in owners else next(iter(owners), "")

    @property
    def overlooked(self) -> "Unwritten":
        """The same for whom nothing is absent; stubs and missing files are met all the same."""
        return replace(self, files={})

    def absent(self, observation: Observation) -> str:
        """The function that is not there, and where it is missed; empty if none is."""
        for name in _missing(observation):
            owner, _, function = name.rpartition(".")
            for exercise in self._owners(name):
                return f"{function} in {owner or load().exercise(exercise).file}"
        return ""

    def _without_file(self, observation: Observation) -> list[str]:
        missing = NO_MODULE.fullmatch(observation.text)
        if observation.type != "ModuleNotFoundError" or not missing:
            return []
        return [id for id, exercise in load().exercises.items() if exercise.file == f"{missing[1]}.py"]

    def _without_function(self, observation: Observation) -> list[str]:
        return [id for name in _missing(observation) for id in self._owners(name)]

    def _owners(self, name: str) -> list[str]:
        """The exercises that write this function, or something in this class, if their file has nothing so called."""
        last = name.rpartition(".")[2]
        lecture = load().lecture(self.lecture)
        return [id for id, file in _writers(lecture, name) if not self._has(file, last)]

    def _has(self, file: str, name: str) -> bool:
        given = _given_names(text_of(self.files[file])) if file in self.files else None
        return given is None or name in given


def _missing(observation: Observation) -> Iterator[str]:
    """What Python says is missing, as the course calls it: a function, a class, or a method with its class."""
    text = observation.text
    if observation.kind != RAISED:
        return
    if match := NO_ATTRIBUTE.fullmatch(text):
        yield f"{match[1]}.{match[2]}"
    for pattern in NOT_IN_MODULE:
        if match := pattern.fullmatch(text):
            yield match[1]
    if match := NO_UNARY.fullmatch(text):
        yield f"{match[2]}.{UNARY[match[1]]}"
    if (match := NO_BINARY.fullmatch(text)) and match[1] in BINARY:
        turned = match[2] in PLAIN_NUMBERS
        yield f"{match[3]}.__r{BINARY[match[1]]}__" if turned else f"{match[2]}.__{BINARY[match[1]]}__"


@cache
def _writers(lecture: Lecture, name: str) -> list[tuple[str, str]]:
    """Which exercises write this function, or something in this class, and where."""
    found = places.functions(lecture)
    return [(e.id, e.file) for e in lecture.exercises if any(_is_or_in(name, own) for own in found.get(e.id, ()))]


def _is_or_in(name: str, function: str) -> bool:
    return function == name or function.startswith(f"{name}.")


@lru_cache(maxsize=64)
def _given_names(source: str) -> frozenset[str] | None:
    """All names that a file could give to something: defined, imported, assigned, or spelt out in a string.

    None if that cannot be known.
    """
    try:
        tree = tree_to_read(source)
    except (RecursionError, MemoryError):
        return None
    names = frozenset(name for node in ast.walk(tree) for name in _given(node)) if tree else frozenset([EVERYTHING])
    return None if EVERYTHING in names else names


def _given(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.alias):
        yield EVERYTHING if node.name == "*" else node.asname or node.name
    elif isinstance(node, ast.Name | ast.Attribute) and not isinstance(node.ctx, ast.Load):
        yield node.id if isinstance(node, ast.Name) else node.attr
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
