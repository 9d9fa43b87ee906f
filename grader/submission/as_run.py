"""A module's text as it is run: without what only a notebook understands, and without files that are not there.

Lines keep their numbers. A statement that reads a file when the module is imported, as `words = open("names.txt")`,
would cost every exercise of the module; left out with what cannot run without it, it costs what is called and needs it.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from grader.submission.magics import as_python
from grader.submission.statements import READS, Statement, statements_of

CELLS = re.compile(r"^# ?(?:%%|In\[)", re.MULTILINE)  # as editors mark cells in a .py file, and nbconvert
READING = re.compile(rf"\b(?:{'|'.join(sorted(READS))})\s*\(")
LEAVES_OUT = ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Expr | ast.With | ast.For
MOST_NAMED = 3
MOST_STATEMENTS = 5_000


def as_run(text: str) -> str:
    """The text as Python runs it in a check."""
    text = as_python(text) if CELLS.search(text) else text
    lines = text.split("\n")
    for one in left_out(text):
        height = one.text.count("\n") + 1
        lines[one.line - 1 : one.line - 1 + height] = [""] * height
    return "\n".join(lines)


def sentence_about(name: str, text: str) -> str:
    """What is left out of a module, if anything is."""
    found = left_out(as_python(text) if CELLS.search(text) else text)
    if not found:
        return ""
    lines = [str(one.line) for one in found[:MOST_NAMED]]
    more = " and more" if len(found) > MOST_NAMED else ""
    noun = "line" if len(found) == 1 else "lines"
    return (
        f"{name}: {noun} {', '.join(lines)}{more} not run, for a check has no files beside yours and nobody who types; "
        "what a function works with comes as its arguments"
    )


@lru_cache(maxsize=100)
def left_out(text: str) -> tuple[Statement, ...]:
    """What reads from outside when the module is imported, and what cannot run without that, in their order.

    Nothing of what has far more statements than anybody writes: finding out what each looks up would take too long.
    """
    statements = statements_of(text, 0, 0) if READING.search(text) else []
    if not 0 < len(statements) <= MOST_STATEMENTS:
        return ()
    gone: dict[int, Statement] = {}
    given: dict[str, int] = {}  # each name, and the statement that gave it last
    for one in statements:
        needs = one.needs[0] if gone else ()
        if isinstance(one.node, LEAVES_OUT) and (one.reads or any(given.get(name) in gone for name in needs)):
            gone[one.index] = one
        given.update(dict.fromkeys(one.binds, one.index))
    shared = _shared_lines(statements)
    return tuple(one for one in gone.values() if shared.isdisjoint(_lines(one)))


def _shared_lines(statements: Sequence[Statement]) -> set[int]:
    """The lines on which more than one statement stands."""
    seen, shared = set[int](), set[int]()
    for one in statements:
        shared |= seen.intersection(_lines(one))
        seen.update(_lines(one))
    return shared


def _lines(one: Statement) -> Iterator[int]:
    return iter(range(one.line, one.line + one.text.count("\n") + 1))
