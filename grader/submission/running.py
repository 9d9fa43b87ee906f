"""The cells of a notebook that is running, in the place of the notebooks that lie in a student's course folder.

What was run counts, whether it is saved or not. Modules that lie there as files are taken as always.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from grader.course import Course, Lecture
from grader.errors import UsageError
from grader.submission.found import Found
from grader.submission.layout import Search, is_notebook
from grader.submission.notebook import Cell, code_cells
from grader.submission.tree import Folder, Single, join, read_plain_file

NAME = "this notebook.ipynb"
MOST_BYTES = 20_000_000
AT_CELL = re.compile(r"# code cell (\d+)")
REASONS = (" reads from outside", " is not valid Python")


class Running:
    """What was run, as a notebook in a file: its code cells, and the numbers under which they were run."""

    def __init__(self, file: Path) -> None:
        self.data = read_plain_file(file, MOST_BYTES)
        self.cells = code_cells(self.data, NAME)
        nodes = [node for node in json.loads(self.data)["cells"] if node["cell_type"] == "code"] if self.cells else []
        self.runs = {number: node.get("execution_count") for number, node in enumerate(nodes, 1)}
        self.file = file

    def lecture(self, course: Course) -> Lecture | None:
        """The lecture for whose modules most cells are marked; None if none is."""
        marks = [cell.path.rpartition("/")[2] for cell in self.cells]
        counts = {lecture.id: sum(mark in lecture.modules for mark in marks) for lecture in course.lectures}
        best = max(course.lectures, key=lambda lecture: counts[lecture.id])
        return best if counts[best.id] else None

    def found(self, root: Path, course: Course, lecture: Lecture) -> Found:
        """The lecture's files with what the cells give. Raises UsageError if there is nothing."""
        found = Search(_WithCells(root, lecture.id, self.file), course, nearest=True).at(lecture.id, lecture)
        if found is None:
            raise UsageError(
                f"No cell that was run belongs to {lecture.id}. Run the cells of the exercise first; each begins with "
                f"the name of its module, as # {lecture.modules[0]}"
            )
        return replace(found, remarks=tuple(self._remarks(found)))

    def _remarks(self, found: Found) -> list[str]:
        """What is to be known: not which cells were taken, but what was left out with reason, and what hides a cell."""
        told = [part for remark in found.remarks for part in _to_be_told(remark)]
        marked = {cell.path.rpartition("/")[2] for cell in self.cells} & set(found.files)
        hidden = [name for name in sorted(marked) if name not in found.notebooks]
        return told + [
            f"{name} was worked on as a file, and the file counts, not the cells: {found.lecture.id}/{name}"
            for name in hidden
        ]

    def at(self, found: Mapping[str, bytes], module: str, line: int) -> str:
        """Where a line of a module stands in the notebook, as `In [7], line 3`; empty if it comes from no cell."""
        lines = found.get(module, b"").decode("utf-8", "replace").split("\n")[:line]
        starts = [(at, int(match[1])) for at, text in enumerate(lines, 1) if (match := AT_CELL.fullmatch(text))]
        if not starts:
            return ""
        above, number = starts[-1]
        marked = any(cell.number == number and _is_marked(cell) for cell in self.cells)
        return f"In [{self.runs.get(number)}], line {line - above + marked}"


def _is_marked(cell: Cell) -> bool:
    return cell.path != ""


def _to_be_told(remark: str) -> list[str]:
    if not remark.startswith(f"{NAME}: "):
        return [remark]
    return [part for part in remark.split("; ") if part.endswith(REASONS)]


class _WithCells(Folder):
    """A course folder in which a lecture's notebooks are exchanged for the cells that were run."""

    def __init__(self, root: Path, lecture: str, cells: Path) -> None:
        super().__init__(root)
        self.lecture = lecture
        self.cells = Single(cells)

    def files(self, folder: str) -> list[str]:
        there = [name for name in super().files(folder) if not is_notebook(name)]
        return [*there, NAME] if folder == self.lecture else there

    def read(self, path: str, limit: int) -> bytes:
        if path == join(self.lecture, NAME):
            return self.cells.read("", limit)
        return super().read(path, limit)
