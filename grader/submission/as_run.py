"""A module's text as it is run: without what only a notebook understands, and without files that are not there.

Lines keep their numbers. A statement that reads a file when the module is imported, as `words = open("names.txt")`,
would cost every exercise of the module; left out with what cannot run without it, it costs what is called and needs it.
"""

import ast
import re
from collections.abc import Collection, Iterator, Sequence

from grader.submission.magics import as_python
from grader.submission.statements import READS, Statement, statements_of

CELLS = re.compile(r"^# ?(?:%%|In\[)", re.MULTILINE)  # as editors mark cells in a .py file, and nbconvert
READING = re.compile(rf"\b(?:{'|'.join(sorted(READS))})\s*\(")
LEAVES_OUT = ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Expr | ast.With | ast.For
MOST_NAMED = 3


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


def left_out(text: str) -> list[Statement]:
    """What reads from outside when the module is imported, and what cannot run without that, in their order."""
    if not READING.search(text):
        return []
    statements = statements_of(text, 0, 0)
    gone: dict[int, Statement] = {}
    for one in statements:
        if isinstance(one.node, LEAVES_OUT) and (one.reads or _rests_on(one, statements, gone)):
            gone[one.index] = one
    shared = _shared_lines(statements)
    return [one for one in gone.values() if shared.isdisjoint(_lines(one))]


def _rests_on(one: Statement, statements: Sequence[Statement], gone: Collection[int]) -> bool:
    """Whether it looks up a name that was last given by what is left out."""
    for name in one.needs[0] if gone else ():
        givers = [other.index for other in statements[: one.index] if name in other.binds]
        if givers and givers[-1] in gone:
            return True
    return False


def _shared_lines(statements: Sequence[Statement]) -> set[int]:
    """The lines on which more than one statement stands."""
    seen, shared = set[int](), set[int]()
    for one in statements:
        shared |= seen.intersection(_lines(one))
        seen.update(_lines(one))
    return shared


def _lines(one: Statement) -> Iterator[int]:
    return iter(range(one.line, one.line + one.text.count("\n") + 1))
