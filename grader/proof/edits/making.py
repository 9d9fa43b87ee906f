"""Edits of correct solutions in other hands: one small change in one function that the course asks for, by mutmut.

What is changed is nothing that the recogniser knows: neither our solution nor its own table of changes.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeGuard

from grader.course import Lecture
from grader.judging.mistakes.made.making import solutions
from grader.proof.mutants.making import changes, need_mutmut
from grader.submission import Submission


@dataclass(frozen=True)
class Place:
    """A function of a solution in another hand, and the exercises that are solved in the function of that name."""

    hand: str
    file: str
    function: str
    exercises: frozenset[str]

    @property
    def told(self) -> str:
        """How a list of edits calls it."""
        return f"{self.hand} {self.function}"


@dataclass(frozen=True)
class Edit:
    """A file of a correct solution with one change: which lines were there, and what they become.

    `is_printed`: it lies in what is printed, or raised.
    """

    place: Place
    number: int
    line: str
    becomes: str
    occurrence: int
    source: str
    is_printed: bool

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What it is known by: it stays the same when other lines move."""
        return self.place.told, self.line, self.becomes, self.occurrence

    @property
    def at(self) -> str:
        """The file and the line."""
        return f"{self.place.file}:{self.number}"

    @cached_property
    def lines(self) -> range:
        """The lines of the function afterwards."""
        node = _function(self.source, self.place.function)
        return range(node.lineno, (node.end_lineno or 0) + 1) if node else range(0)


def edits_of(lecture: Lecture, others: list[Submission]) -> list[Edit]:
    """Every edit of the solutions in other hands. Raises UsageError where mutmut is missing."""
    need_mutmut()
    files = ((other, file, source) for other in others for file, source in other.sources().items())
    return [edit for other, file, source in files for edit in _in(lecture, other, file, source)]


def _in(lecture: Lecture, other: Submission, file: str, source: str) -> Iterator[Edit]:
    """The edits of one file, inside the functions that our own file has too."""
    places = {
        name: Place(other.student, file, name, exercises) for name, exercises in _asked_for(lecture, file).items()
    }
    owners = {line: name for name in places for line in _body(source, name)}
    for one in changes(source, owners):
        place, printed = places[owners[one.number]], one.number in _printing(source)
        yield Edit(place, one.number, one.line, one.becomes, one.occurrence, one.source, printed)


@cache
def _printing(source: str) -> frozenset[int]:
    """The lines of all statements that print or raise, and do nothing else."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Raise) or _prints(node)]
    return frozenset(line for node in nodes for line in range(node.lineno, (node.end_lineno or 0) + 1))


def _prints(node: ast.AST) -> TypeGuard[ast.Expr]:
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "print"


def _asked_for(lecture: Lecture, file: str) -> dict[str, frozenset[str]]:
    """The functions of a file in which exercises are solved, and which."""
    ours = solutions(lecture).get(file)
    found = {scope.name: frozenset(ours.exercises_in(scope.node.lineno)) for scope in ours.functions()} if ours else {}
    return {name: exercises for name, exercises in found.items() if exercises}


def _body(source: str, name: str) -> range:
    """The lines of a function below its head; none if there is no such function."""
    node = _function(source, name)
    return range(node.body[0].lineno, (node.end_lineno or 0) + 1) if node else range(0)


def _function(source: str, name: str) -> ast.FunctionDef | None:
    """The last definition of that name, a function at the top or a method: the one that counts."""
    owner, _, own = name.rpartition(".")
    bodies = [ast.parse(source).body]
    if owner:
        bodies = [node.body for node in bodies[0] if isinstance(node, ast.ClassDef) and node.name == owner]
    found = [node for body in bodies for node in body if isinstance(node, ast.FunctionDef) and node.name == own]
    return found[-1] if found else None
