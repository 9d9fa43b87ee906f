"""A module's text in pieces that have names: heads and bodies of functions, heads of classes, and single statements.

Joined, the pieces are the text again, letter by letter: whatever is written between them belongs to the one below.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from grader.course.syntax import tree_of

HEAD, BODY = ":head", ":body"  # of a function: what says how it is called and what it does, and what does it
END, TEXT = "the end", "text"  # what stands below all, and a docstring
STARTS = re.compile(r"^[ \t]*(?:def |async def |class |@)", re.MULTILINE)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Piece:
    """A part of the text; `name` is where it belongs, as `Value.exp:body`, and comes once."""

    name: str
    text: str

    @property
    def said(self) -> str:
        """The text without empty lines around it."""
        return self.text.strip("\n")

    @property
    def above(self) -> str:
        """Of a function what stands above its first line: empty lines and comments."""
        found = STARTS.search(self.text)
        return self.text[: found.start()] if found else ""

    @property
    def proper(self) -> str:
        """The text without what stands above."""
        return self.text[len(self.above) :]

    @property
    def owner(self) -> str:
        """The function or class, as `Value.exp`; of other statements the whole name."""
        return self.name.removesuffix(HEAD).removesuffix(BODY)


def pieces_of(text: str) -> list[Piece] | None:
    """The pieces in their order; None for what does not parse, or has two statements in a line."""
    try:
        tree = tree_of(text)
    except (RecursionError, MemoryError):
        return None
    if tree is None:
        return None
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    cuts = list(_cuts(tree.body, ""))
    if any(before[1] >= after[1] for before, after in pairwise(cuts)):
        return None
    starts = [0, *(end for _, end in cuts)]
    parts = ["".join(lines[start:end]) for start, end in pairwise(starts)]
    found = [*zip((name for name, _ in cuts), parts, strict=True), (END, "".join(lines[starts[-1] :]))]
    return [Piece(*one) for one in _named_once(found)]


def _cuts(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, int]]:
    """The name of each piece and the number of its last line."""
    for node in body:
        end = node.end_lineno or node.lineno
        if isinstance(node, ast.ClassDef) and node.body[0].lineno > node.lineno:
            first = 1 if ast.get_docstring(node) is not None else 0
            yield f"{prefix}{node.name}{HEAD}", _above(node.body, first) if first < len(node.body) else end
            yield from _cuts(node.body[first:], f"{prefix}{node.name}.")
        elif isinstance(node, Function):
            first = 1 if ast.get_docstring(node) is not None else 0
            if first < len(node.body) and (above := _above(node.body, first)) >= node.lineno:
                yield f"{prefix}{node.name}{HEAD}", above
            yield f"{prefix}{node.name}{BODY}", end
        else:
            yield f"{prefix}{_name_of(node)}", end


def _above(body: list[ast.stmt], first: int) -> int:
    """The last line above a statement of a body: that of the docstring, or of the line that opens it."""
    if first:
        return body[0].end_lineno or body[0].lineno
    made = body[0].decorator_list if isinstance(body[0], Function | ast.ClassDef) else []
    return min([body[0].lineno, *(one.lineno for one in made)]) - 1


def _name_of(node: ast.stmt) -> str:
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0])
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return TEXT
    return ast.unparse(node) if isinstance(node, ast.Import | ast.ImportFrom) else type(node).__name__


def _named_once(found: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """A name that comes again gets a number."""
    seen: dict[str, int] = {}
    for name, text in found:
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name} {seen[name]}"), text
