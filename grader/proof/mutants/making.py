"""Mutants of a lecture's reference: one small change in one solution region, by the operators of mutmut.

mutmut rather than cosmic-ray: it changes what the lectures turn on, the arguments of calls (dim, keepdim, generator)
and assignments, where cosmic-ray swaps each operator for eleven others, most of which raise at once. Its table of
operators is all that is used: the rest of mutmut runs a project's own pytest in a process of its own.
"""

import ast
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from grader.course import Lecture, reference_sources
from grader.course.stubs import BEGIN, END
from grader.errors import UsageError

MISSING = "Mutants are made with mutmut, which is not installed: pip install -e '.[audit]'"


@dataclass(frozen=True)
class Mutant:
    """A reference file with one change in a region of `exercise`: which lines were there, and what they become.

    `occurrence` counts the same change of the same line within an exercise, so that no line number is part of its name.
    """

    lecture: str
    exercise: str
    file: str
    number: int
    line: str
    becomes: str
    occurrence: int
    source: str

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What it is known by: it stays the same when other lines move."""
        return self.exercise, self.line, self.becomes, self.occurrence


def mutants_of(lecture: Lecture) -> list[Mutant]:
    """Every mutant of a lecture in course order. Raises UsageError where mutmut is missing."""
    need_mutmut()
    order = [exercise.id for exercise in lecture.exercises]
    made = [m for file, source in reference_sources(lecture).items() for m in _of_file(lecture.id, file, source)]
    return sorted(made, key=lambda mutant: order.index(mutant.exercise))


def need_mutmut() -> None:
    """Nothing is made without it."""
    if find_spec("mutmut") is None:
        raise UsageError(MISSING)


@dataclass(frozen=True)
class Change:
    """A file with one change: `number` is the first of the lines that were there; `source` is the whole text."""

    number: int
    line: str
    becomes: str
    occurrence: int
    source: str


def _of_file(lecture: str, file: str, source: str) -> Iterator[Mutant]:
    regions = _regions(source)
    for one in changes(source, regions):
        exercise = regions[one.number]
        yield Mutant(lecture, exercise, file, one.number, one.line, one.becomes, one.occurrence, one.source)


def changes(source: str, owners: Mapping[int, str]) -> Iterator[Change]:
    """The changes of the lines that belong to something; the same change of the same line is counted for each owner.

    What begins elsewhere, does not parse, or is the same text again is dropped.
    """
    times: Counter[tuple[str, str, str]] = Counter()
    for changed in dict.fromkeys(_changed(source, set(owners))):
        number, line, becomes = _lines_that_differ(source, changed)
        if changed == source or number not in owners or not _parses(changed):
            continue
        name = owners[number], line, becomes
        times[name] += 1
        yield Change(number, line, becomes, times[name], changed)


def _regions(source: str) -> dict[int, str]:
    """The exercise that each line of a solution region belongs to, by line number."""
    found: dict[int, str] = {}
    inside = ""
    for number, line in enumerate(source.splitlines(), 1):
        if begin := BEGIN.match(line):
            inside = begin[2]
        elif END.match(line):
            inside = ""
        elif inside:
            found[number] = inside
    return found


def _changed(source: str, lines: set[int]) -> Iterator[str]:
    """The file's text with each change that starts on one of these lines, from the first line to the last."""
    import libcst
    from libcst.metadata import MetadataWrapper, PositionProvider, WhitespaceInclusivePositionProvider
    from mutmut.mutation.mutators import mutation_operators

    wrapper = MetadataWrapper(libcst.parse_module(source))
    spans = wrapper.resolve(WhitespaceInclusivePositionProvider)  # a node with the blanks that are its own
    for node, position in wrapper.resolve(PositionProvider).items():
        if position.start.line not in lines:
            continue
        for kind, operator in mutation_operators:
            for other in operator(node) if isinstance(node, kind) else ():
                # put in as text: a walk through the whole tree for each mutant takes four hundred times as long
                yield _spliced(source, spans[node], wrapper.module.code_for_node(other))


def _spliced(source: str, span: Any, text: str) -> str:
    lines = source.splitlines(keepends=True)
    before, after = lines[span.start.line - 1], lines[span.end.line - 1]
    top, bottom = lines[: span.start.line - 1], lines[span.end.line :]
    return "".join([*top, before[: span.start.column], text, after[span.end.column :], *bottom])


def _lines_that_differ(source: str, changed: str) -> tuple[int, str, str]:
    """The number of the first line that differs, the lines as they were, and as they have become."""
    old, new = source.splitlines(), changed.splitlines()
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start + 1, _stripped(old[start : len(old) - end]), _stripped(new[start : len(new) - end])


def _stripped(lines: list[str]) -> str:
    return "\n".join(line.strip() for line in lines)


def _parses(source: str) -> bool:
    with warnings.catch_warnings(), suppress(SyntaxError):
        warnings.simplefilter("ignore")
        ast.parse(source)
        return True
    return False
