"""Known mistakes planted in solutions in other hands: is each found there too, and called by its name?

A mistake is an edit of our own solution. In another one it is made where the same text stands, or else by taking the
whole function from ours, with the mistake in it, if that function from ours without it leaves the other solution right.
"""

import ast
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.course import Lecture, reference_sources
from grader.judging.mistakes.known import Edit

Functions = dict[str, str]  # by qualified name, the lines of a function, without their indentation


@dataclass(frozen=True)
class Plant:
    """A solution with a mistake in it. `proof`: the same with our own right functions, which has to be right."""

    sources: dict[str, str]
    proof: dict[str, str] | None = None


def plant(edits: tuple[Edit, ...], edited: Mapping[str, str], lecture: Lecture, own: Mapping[str, str]) -> Plant | None:
    """The other solution with this mistake, which makes these files of ours; None where it cannot be planted."""
    by_text = _edited(edits, own)
    if by_text is not None:
        return Plant(by_text)
    right = reference_sources(lecture)
    changed = {file: _changed(right[file], edited[file]) for file in edited}
    if any(names is None for names in changed.values()):
        return None
    made, proof = dict(own), dict(own)
    for file, names in changed.items():
        for name in names or ():
            there = replaced(made.get(file, ""), name, _functions(edited[file])[name])
            same = replaced(proof.get(file, ""), name, _functions(right[file])[name])
            if there is None or same is None:
                return None
            made[file], proof[file] = there, same
    return Plant(made, proof)


def _edited(edits: tuple[Edit, ...], own: Mapping[str, str]) -> dict[str, str] | None:
    """The edits where their old text stands as often as in ours."""
    made = dict(own)
    for edit in edits:
        text = made.get(edit.file, "")
        if text.count(edit.old) != edit.times:
            return None
        made[edit.file] = text.replace(edit.old, edit.new)
    return made


def _changed(right: str, wrong: str) -> list[str] | None:
    """The functions in which two versions of a file differ; None if they differ anywhere else."""
    ours, theirs = _functions(right), _functions(wrong)
    if ours.keys() != theirs.keys():
        return None
    names = [name for name in ours if ours[name] != theirs[name]]
    for name in names:
        right = replaced(right, name, theirs[name]) or ""
    return names if right.rstrip() == wrong.rstrip() else None


def _functions(source: str) -> Functions:
    lines = source.splitlines(keepends=True)
    return {
        name: textwrap.dedent("".join(lines[node.lineno - 1 : node.end_lineno])) for name, node in _definitions(source)
    }


def _definitions(source: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions at the top of a file and the methods of its classes, those without decorators."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return
    for node in tree.body:
        prefix = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
        for inner in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(inner, ast.FunctionDef) and not inner.decorator_list:
                yield prefix + inner.name, inner


def replaced(source: str, name: str, function: str) -> str | None:
    """The source with another function in the place of its own; None if it has none of that name."""
    node = dict(_definitions(source)).get(name)
    if node is None:
        return None
    lines = source.splitlines(keepends=True)
    before, behind = "".join(lines[: node.lineno - 1]), "".join(lines[node.end_lineno or node.lineno :])
    return before + textwrap.indent(function, " " * node.col_offset) + behind
