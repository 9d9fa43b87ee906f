"""The notebooks of a hand-in, each read once, and what of a lecture's modules they give."""

from collections.abc import Collection, Mapping

from grader.course import Lecture
from grader.course.safe_text import clean
from grader.errors import SubmissionError
from grader.submission.found import Found, is_untouched
from grader.submission.from_notebook import Given, given_by, sentence_about
from grader.submission.limits import MAX_FILE, MAX_NOTEBOOKS
from grader.submission.notebook import Cell, code_cells
from grader.submission.tree import Tree, join

NOTEBOOK = ".ipynb"


class Notebooks:
    """Reads them when they are asked for, up to a limit for all together. `ids` are those of all lectures."""

    def __init__(self, tree: Tree, ids: Collection[str]) -> None:
        self.tree = tree
        self.ids = set(ids)
        self.known: dict[str, list[Cell]] = {}
        self.parts: dict[tuple[str, str], Given] = {}
        self.room = MAX_NOTEBOOKS

    def unplaced(self, place: str | None) -> str | None:
        """A notebook in this folder, or anywhere, that was read and of which no cell says where it belongs."""
        for path, cells in self.known.items():
            if place in (None, path.rpartition("/")[0]) and cells and not any(cell.path for cell in cells):
                return path
        return None

    def remark(self, path: str, lecture: Lecture, notebooks: Mapping[str, str]) -> str:
        """What was taken of a notebook."""
        modules = [name for name in lecture.modules if notebooks.get(name) == path]
        return sentence_about(path.rpartition("/")[2], self.cells(path), lecture, self.given(path, lecture), modules)

    def modules(self, found: Found) -> dict[str, tuple[bytes, str]]:
        """The modules that are needed and are in a notebook, with the notebook's path."""
        lecture, given = found.lecture, dict[str, tuple[bytes, str]]()
        needed = [n for n in lecture.modules if n not in found.files or is_untouched(lecture, n, found.files[n])]
        folders = folders_of(found.place, lecture) if needed else []
        paths = [join(folder, name) for folder in folders for name in self.tree.files(folder) if is_notebook(name)]
        for name in needed:
            there = [(one.files[name], path) for path in paths if name in (one := self.given(path, lecture)).files]
            there = [one for one in there if name in self.given(one[1], lecture).said] or there
            for data, path in there:
                if given.setdefault(name, (data, path))[0] != data:
                    both = f"{clean(given[name][1], 60)} and {clean(path, 60)}"
                    raise SubmissionError(f"{name} is in two notebooks, {both}; keep one of them")
                if len(data) > MAX_FILE:
                    raise SubmissionError(f"{name} in {clean(path, 80)} is larger than {MAX_FILE:,} bytes")
        return given

    def given(self, path: str, lecture: Lecture) -> Given:
        if (path, lecture.id) not in self.parts:
            stem = path.rpartition("/")[2][: -len(NOTEBOOK)]
            self.parts[path, lecture.id] = given_by(self.cells(path), stem, lecture, self.ids - {lecture.id})
        return self.parts[path, lecture.id]

    def cells(self, path: str) -> list[Cell]:
        if path not in self.known:
            data = self.tree.read(path, self.room)
            if len(data) > self.room:
                raise SubmissionError(
                    f"{clean(path, 80)} is larger than {MAX_NOTEBOOKS:,} bytes, or all notebooks together are; "
                    "clear all outputs and save it again"
                )
            self.room -= len(data)
            self.known[path] = code_cells(data, clean(path, 80))
        return self.known[path]


def is_notebook(name: str) -> bool:
    return name.lower().endswith(NOTEBOOK)


def folders_of(place: str, lecture: Lecture) -> list[str]:
    """A folder; and if it has the lecture's name, the one around it, for what was put beside it."""
    around, _, last = place.rpartition("/")
    return [place, around] if last == lecture.id else [place]
