"""The cells of a notebook that is running, in the place of the notebooks that lie in a student's course folder.

What was run counts, whether it is saved or not. A cell that was not run counts as it is saved, if the notebook that is
running can be told among those in the folder by the ids of its cells. Modules that lie there as files are taken as
always.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from grader.course import Course, Lecture
from grader.errors import SubmissionError, UsageError
from grader.submission.found import Found
from grader.submission.layout import Search
from grader.submission.limits import MAX_NOTEBOOKS
from grader.submission.notebook import FORMAT, Cell, code_cells
from grader.submission.notebooks import is_notebook
from grader.submission.tree import Folder, join, read_plain_file

NAME = "this notebook.ipynb"
AT_CELL = re.compile(r"# code cell (\d+)")
REASONS = (" reads from outside", " is not valid Python")
Node = dict[str, Any]


@dataclass(frozen=True)
class View:
    """A notebook's code cells as a file, and the numbers under which they were run; None for those that were not."""

    data: bytes
    cells: list[Cell]
    runs: dict[int, int | None]

    @classmethod
    def of(cls, nodes: list[Node]) -> "View":
        data = json.dumps({"nbformat": FORMAT, "nbformat_minor": 4, "metadata": {}, "cells": nodes}).encode()
        runs = {number: node.get("execution_count") for number, node in enumerate(nodes, 1)}
        return cls(data, code_cells(data, NAME), runs)


class Running:
    """What was run, as a notebook in a file."""

    def __init__(self, file: Path) -> None:
        self.nodes = _code_of(read_plain_file(file, MAX_NOTEBOOKS))
        self.views: dict[str, View] = {}

    def lecture(self, course: Course) -> Lecture | None:
        """The lecture for whose modules most cells are marked; None if none is."""
        marks = [cell.path.rpartition("/")[2] for cell in View.of(self.nodes).cells]
        counts = {lecture.id: sum(mark in lecture.modules for mark in marks) for lecture in course.lectures}
        best = max(course.lectures, key=lambda lecture: counts[lecture.id])
        return best if counts[best.id] else None

    def found(self, root: Path, course: Course, lecture: Lecture) -> Found:
        """The lecture's files with what the cells give. Raises UsageError if there is nothing."""
        view = self._view(root, lecture)
        found = Search(_WithCells(root, lecture.id, view.data), course, nearest=True).at(lecture.id, lecture)
        if found is None:
            raise UsageError(
                f"No cell that was run belongs to {lecture.id}. Run the cells of the exercise first; each begins with "
                f"the name of its module, as # {lecture.modules[0]}"
            )
        return replace(found, remarks=tuple(_remarks(found, view)))

    def _view(self, root: Path, lecture: Lecture) -> View:
        """What was run, and around it what the same notebook holds as it is saved."""
        if lecture.id not in self.views:
            ids = {node["id"] for node in self.nodes if "id" in node}
            saved = [nodes for nodes in _saved(root / lecture.id) if any(node.get("id") in ids for node in nodes)]
            self.views[lecture.id] = View.of(_merged(self.nodes, saved[0]) if len(saved) == 1 else self.nodes)
        return self.views[lecture.id]

    def at(self, lecture: str, files: Mapping[str, bytes], module: str, line: int) -> str:
        """Where a line of a module stands in the notebook, as `In [7], line 3`; empty if it comes from no cell."""
        lines = files.get(module, b"").decode("utf-8", "replace").split("\n")[:line]
        starts = [(at, int(match[1])) for at, text in enumerate(lines, 1) if (match := AT_CELL.fullmatch(text))]
        if not starts or lecture not in self.views:
            return ""
        (above, number), view = starts[-1], self.views[lecture]
        marked = any(cell.number == number and cell.path for cell in view.cells)
        run = view.runs.get(number)
        where = f"In [{run}]" if run else f"code cell {number}, which was not run"
        return f"{where}, line {line - above + marked}"


def _remarks(found: Found, view: View) -> list[str]:
    """What is to be known: not which cells were taken, but what was left out with reason, and what hides a cell."""
    told = [part for remark in found.remarks for part in _to_be_told(remark)]
    marked = {cell.path.rpartition("/")[2] for cell in view.cells} & set(found.files)
    hidden = [name for name in sorted(marked) if name not in found.notebooks]
    return told + [
        f"{name} was worked on as a file, and the file counts, not the cells: {found.lecture.id}/{name}"
        for name in hidden
    ]


def _code_of(data: bytes) -> list[Node]:
    """The code cells of a notebook with ids and texts alone; none of what is no notebook."""
    try:
        cells = json.loads(data)["cells"]
        nodes = [cell for cell in cells if cell["cell_type"] == "code"]
        return [
            {
                "cell_type": "code", "metadata": {}, "outputs": [], "execution_count": node.get("execution_count"),
                "source": "".join(node["source"]), **({"id": str(node["id"])} if node.get("id") else {}),
            }
            for node in nodes
        ]  # fmt: skip
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return []


def _saved(folder: Path) -> list[list[Node]]:
    """The code cells of each notebook in the lecture's folder that can be read."""
    found = []
    for name in filter(is_notebook, Folder(folder).files("")):
        try:
            found.append(_code_of(read_plain_file(folder / name, MAX_NOTEBOOKS)))
        except SubmissionError:
            continue
    return found


def _merged(run: list[Node], saved: list[Node]) -> list[Node]:
    """The saved cells in order, each as it was run if it was; what is not saved yet behind what was run before."""
    versions = {node["id"]: node for node in run if "id" in node}
    result = [versions.get(node.get("id", ""), {**node, "execution_count": None}) for node in saved]
    at = 0
    for node in run:
        if node in result:
            at = result.index(node) + 1
        else:
            result.insert(at, node)
            at += 1
    return result


def _to_be_told(remark: str) -> list[str]:
    if not remark.startswith(f"{NAME}: "):
        return [remark]
    return [part for part in remark.split("; ") if part.endswith(REASONS)]


class _WithCells(Folder):
    """A course folder in which a lecture's notebooks are exchanged for the cells that were run."""

    def __init__(self, root: Path, lecture: str, cells: bytes) -> None:
        super().__init__(root)
        self.lecture = lecture
        self.cells = cells

    def files(self, folder: str) -> list[str]:
        there = [name for name in super().files(folder) if not is_notebook(name)]
        return [*there, NAME] if folder == self.lecture else there

    def read(self, path: str, limit: int) -> bytes:
        if path == join(self.lecture, NAME):
            return self.cells[: limit + 1]
        return super().read(path, limit)
