"""What counts of all that was run in a notebook: of each cell the version that was run last.

A cell is known by the id that the notebook gives it. Where it gives none, a cell that is marked for a module and
defines all that an earlier one did is taken to be that one, changed.
"""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.course.syntax import tree_of

MARK = re.compile(
    r"\s*(?:#+[ \t]*(?:%%[ \t]*)?|%%(?:writefile|file)[ \t]+(?:-a[ \t]+)?)([\w./-]+\.py)[ \t]*:?[ \t]*(?=\n|\Z)"
)


@dataclass(frozen=True)
class Run:
    """One cell that was run: under which number, its id if it has one, its text, and whether it ran to its end."""

    number: int
    id: str | None
    text: str
    ended: bool = True

    @property
    def mark(self) -> str:
        """The module that it says it belongs to; empty if none."""
        found = MARK.match(self.text)
        return found[1].rpartition("/")[2] if found else ""


def newest(runs: Iterable[Run]) -> list[Run]:
    """The versions that count, each at the place where its cell first ran to its end."""
    places: list[list[Run]] = []
    for run in runs:
        versions = next((known for known in places if _is_same_cell(known[-1], run)), None)
        if versions is None:
            places.append([run])
        elif versions[-1].ended:
            versions.append(run)
        else:  # it was too early, as when a class went on that was not there yet
            places.remove(versions)
            places.append([run])
    return [versions[-1] for versions in places if _counts(versions[-1])]


def _is_same_cell(old: Run, new: Run) -> bool:
    if old.id is not None and new.id is not None:
        return old.id == new.id
    if old.text == new.text:
        return True
    before = _names(old)
    return bool(before) and old.mark == new.mark != "" and before <= _names(new)


def _counts(run: Run) -> bool:
    """A marked cell that defines nothing and stopped, such as a misspelt import, would stop its whole module."""
    return run.ended or not run.mark or bool(_names(run)) or tree_of(run.text) is None


def _names(run: Run) -> frozenset[str]:
    """What a cell defines: functions, methods as Value.exp, and classes without any."""
    body = tree_of(run.text.partition("\n")[2]) if run.mark else None
    return frozenset(name for node in (body.body if body else []) for name in _defined(node))


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef):
        yield node.name
    elif isinstance(node, ast.ClassDef):
        methods = [inner.name for inner in node.body if isinstance(inner, ast.FunctionDef)]
        yield from [f"{node.name}.{name}" for name in methods] or [node.name]


def as_notebook(runs: Iterable[Run]) -> str:
    """What was run as a notebook of code cells, each with the number under which it was run."""
    code = {"cell_type": "code", "metadata": {}, "outputs": []}
    cells = [{**code, "execution_count": run.number, "source": run.text} for run in runs]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})
