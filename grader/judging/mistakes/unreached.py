"""What a mistake cannot change: answers for which our solution runs none of the functions in which the mistake lies.

Of a few hundred wrong copies most give to a question what our solution gives, and need not be run to know it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from grader.course import Lecture, reference_sources
from grader.course.syntax import tree_to_read
from grader.judging.mistakes.bounded import Count
from grader.judging.mistakes.edits import Change, changes_of
from grader.judging.mistakes.known import Edit


@dataclass(frozen=True)
class Body:
    """What a function or a method of our solution does when it is called: its lines, without head and docstring."""

    top: int  # the line of its head, or of its first decorator
    first: int
    last: int
    indent: int


Place = tuple[str, Body]  # a file, and a body in it


def cannot_show(places: frozenset[Place] | None, run: Count) -> bool:
    """Whether what lies in these bodies alone gives what our solution gives, if that is all that runs."""
    if places is None or not run.is_whole:
        return False
    return not any(at == file and body.top <= line <= body.last for file, body in places for at, line in run.functions)


@cache
def bodies_of(edits: tuple[Edit, ...], lecture: Lecture) -> frozenset[Place] | None:
    """The bodies in which all of these edits lie; None if one of them lies elsewhere, or it cannot be told."""
    changes = changes_of(edits, lecture)
    found = [_body_around(change, lecture) for change in changes or ()]
    places = frozenset((change[0], body) for change, body in zip(changes or (), found, strict=True) if body)
    return places if found and all(found) else None


def _body_around(change: Change, lecture: Lecture) -> Body | None:
    """The body of which this changes lines, and which still holds all of them afterwards."""
    file, start, end, new = change
    source = reference_sources(lecture)[file]
    before, behind = source[:start], source[end:]
    first, last = before.count("\n") + 1, source[:end].count("\n") + 1
    lines = f"{before.rpartition(chr(10))[2]}{new}{behind.partition(chr(10))[0]}".split("\n")
    body = next((one for one in _bodies(source) if one.first <= first and last <= one.last), None)
    stays = body and all(not line.strip() or line.startswith(" " * body.indent) for line in lines)
    return body if stays and not any(quotes in new for quotes in ('"""', "'''")) else None


@lru_cache(maxsize=50)
def _bodies(source: str) -> tuple[Body, ...]:
    tree = tree_to_read(source)
    return tuple(_in(tree.body, source.split("\n"))) if tree else ()


def _in(statements: list[ast.stmt], lines: list[str]) -> Iterator[Body]:
    for one in statements:
        if isinstance(one, ast.ClassDef):
            yield from _in(one.body, lines)
        if isinstance(one, ast.FunctionDef):
            does = one.body[1:] if ast.get_docstring(one, clean=False) is not None else one.body
            if does and not lines[does[0].lineno - 1][: does[0].col_offset].strip():  # no head stands before it
                top = min([one.lineno, *(decorator.lineno for decorator in one.decorator_list)])
                yield Body(top, does[0].lineno, one.end_lineno or one.lineno, does[0].col_offset)
