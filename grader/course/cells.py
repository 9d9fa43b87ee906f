"""A lecture's stubs cut into cells of a notebook: for each exercise its own, marked for its module.

A class whose methods belong to several exercises goes on in several cells. Each of them says `class Value(Value):`, so
that it adds to the class both where the cells are run one by one and where they are put together to a module.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from grader.course.records import Lecture

TODO = re.compile(r'NotImplementedError\("([a-z0-9-]+)"\)')
GOES_ON = "class {name}({name}):    # the class goes on: what it had so far, and this"


@dataclass(frozen=True)
class ModuleCell:
    """What stands in one cell of a module: code, and the exercise that is written there; "" where all is given."""

    module: str
    exercise: str
    code: str

    @property
    def source(self) -> str:
        """The text of the cell, with its mark."""
        return f"# {self.module}\n{self.code}"


def cells_of(module: str, stub: str) -> list[ModuleCell]:
    """The cells of one module, in the order of the file; its docstring is not among them."""
    blocks = [block for node, code in _parts(ast.parse(stub), stub) for block in _blocks(node, code)]
    joined = [(id, [code for _, code in several]) for id, several in groupby(blocks, lambda block: block[0])]
    return [ModuleCell(module, id, _together(codes)) for id, codes in joined]


def introduction(stub: str) -> str:
    """A module's docstring."""
    return ast.get_docstring(ast.parse(stub)) or ""


def lecture_cells(lecture: Lecture, stubs: Mapping[str, str]) -> dict[str, list[ModuleCell]]:
    """All cells of a lecture, module by module in course order."""
    return {module: cells_of(module, stubs[module]) for module in lecture.modules}


def _together(codes: list[str]) -> str:
    """The text of one cell; methods of a class that goes on share its first line."""
    text = codes[0]
    for before, code in pairwise(codes):
        first, _, rest = code.partition("\n")
        text += f"\n\n{rest}" if first and first == before.partition("\n")[0] else f"\n{code}"
    return text.strip("\n")


def _parts(tree: ast.Module | ast.ClassDef, text: str) -> Iterator[tuple[ast.stmt, str]]:
    """Each statement with what stands above it, comments and empty lines; a docstring is left out."""
    lines = text.split("\n")
    at = tree.body[0].lineno - 1 if tree.body else 0
    for index, node in enumerate(tree.body):
        end = node.end_lineno or node.lineno
        if not (index == 0 and ast.get_docstring(tree) is not None):
            yield node, "\n".join(lines[at:end])
        at = end


def _blocks(node: ast.stmt, code: str) -> Iterator[tuple[str, str]]:
    """A statement as it stands, with its exercise; a class with several exercises in parts."""
    ids = list(dict.fromkeys(TODO.findall(code)))
    if isinstance(node, ast.ClassDef) and len(ids) > 1:
        yield from _parts_of_class(node, code)
    else:
        yield ids[0] if ids else "", code


def _parts_of_class(node: ast.ClassDef, code: str) -> Iterator[tuple[str, str]]:
    """The head of a class with what is given there, and then each method in a class that goes on."""
    tree = ast.parse(code).body[0]
    assert isinstance(tree, ast.ClassDef)
    methods = list(_parts(tree, code))
    first = next(index for index, (_, text) in enumerate(methods) if TODO.search(text))
    yield "", code[: code.index(methods[first][1])].rstrip()
    for _, text in methods[first:]:
        found = TODO.search(text)
        lines = text.strip("\n")
        yield found[1] if found else "", f"{GOES_ON.format(name=node.name)}\n{lines}"


# ---- the same cells put together again


def is_stub_in_cells(text: str, module: str, stub: str) -> bool:
    """Whether a module's text is what nobody has changed in the cells, as they are put together when handed in."""
    ours = _lines_of_cells(module, stub)
    if not all(line in text for line in ours):  # as of nearly all
        return False
    added = re.compile(r"from \w+ import \w+")
    return [line for line in _lines(text) if line in ours or not added.fullmatch(line)] == list(ours)


@lru_cache(maxsize=100)
def _lines_of_cells(module: str, stub: str) -> tuple[str, ...]:
    return tuple(line for cell in cells_of(module, stub) for line in _lines(cell.code))


def _lines(text: str) -> list[str]:
    """The lines that say something."""
    return [line for line in text.split("\n") if line.strip() and not line.startswith("# code cell ")]
