"""What counts of all that was run in a notebook: of each cell the version that was run last.

A cell is known by the id that the notebook gives it. Where it gives none, a cell that is marked for a module and
defines all that an earlier one did is taken to be that one, changed.
"""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from grader.course.syntax import tree_of

MOST_TRIED = 500  # cells that belong to no module, of which a long day may run thousands
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
    places: dict[int | str, Run] = {}
    for run in runs:
        key = _key_of(run, places)
        if key in places and not places[key].ended:
            del places[key]  # it was too early, as when a class went on that was not there yet
        places[key] = run
    found = [run for run in places.values() if _counts(run)]
    tried = {run.number for run in [run for run in found if not run.mark][-MOST_TRIED:]}
    return [run for run in found if run.mark or run.number in tried]


def _key_of(run: Run, places: dict[int | str, Run]) -> int | str:
    """By what its cell is known: of one that is marked, the number of its first run."""
    if not run.mark:
        return run.id or run.text
    same = (key for key, old in places.items() if isinstance(key, int) and _is_same_cell(old, run))
    return next(same, run.number)


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
    """What a marked cell defines: functions, methods as Value.exp, and classes without any."""
    return _names_in(run.text) if run.mark else frozenset()


@lru_cache(maxsize=1000)
def _names_in(text: str) -> frozenset[str]:
    body = tree_of(MARK.sub("", text, count=1))
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
    known = [(run, {"id": run.id} if run.id else {}) for run in runs]
    cells = [{**code, **id, "execution_count": run.number, "source": run.text} for run, id in known]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
