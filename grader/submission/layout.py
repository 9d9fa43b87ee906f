"""Where in a folder or a package a lecture's files are, and which of its notebooks stand in for a module.

The files are looked for at the top, in a folder that has the lecture's name, and in folders around these, as programs
make them that pack or download. What lies least deep counts. Two places that lie equally deep are refused.

A module's own file counts more than cells of a notebook, for it is what runs; cells count where there is no such file,
or only the stub as it was handed out.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from grader.course import PROJECT, Course, Lecture
from grader.errors import SubmissionError
from grader.plaintext import clean
from grader.submission.limits import MAX_FILE, MAX_NOTEBOOKS, MAX_TOTAL, most_bytes, text_of
from grader.submission.notebook import Cell, code_cells, modules_of
from grader.submission.tree import Tree, join

NOTEBOOK = ".ipynb"
DEEPEST = 4
MOST_FOLDERS = 200


@dataclass(frozen=True)
class Found:
    """A lecture's files: where they lie, their bytes, and for modules that come from a notebook, from which one."""

    lecture: Lecture
    place: str
    files: Mapping[str, bytes]
    notebooks: Mapping[str, str] = field(default_factory=dict)

    @property
    def in_its_folder(self) -> bool:
        return self.place.rpartition("/")[2] == self.lecture.id

    @property
    def is_begun(self) -> bool:
        """Whether anything is not the stub as it was handed out."""
        return any(not is_untouched(self.lecture, name, data) for name, data in self.files.items())


def is_untouched(lecture: Lecture, name: str, data: bytes) -> bool:
    """Whether this is the stub of a module as it was handed out, or nothing at all."""
    stub = PROJECT / "exercises" / lecture.id / name
    text = text_of(data) if name.endswith(".py") else "data"
    return not text.strip() or (stub.is_file() and text.strip() == text_of(stub.read_bytes()).strip())


class Search:
    """One look through what was handed in; each notebook is read once, whatever the number of lectures."""

    def __init__(self, tree: Tree, course: Course) -> None:
        self.tree = tree
        self.ids = {lecture.id for lecture in course.lectures}
        self.cells: dict[str, list[Cell]] = {}
        self.room = MAX_NOTEBOOKS

    def lecture(self, lecture: Lecture) -> Found | None:
        """This lecture's files, wherever they lie; None if there are none."""
        for wanted in (lecture.files.__contains__, is_notebook):
            place = self._place(lecture, wanted)
            if place is not None:
                return self.at(place, lecture)
        return None

    def best(self, lectures: Collection[Lecture]) -> Found | None:
        """The one lecture whose files these are. Raises SubmissionError if it could be several."""
        found = [one for lecture in lectures if (one := self.lecture(lecture))]
        most = max((len(one.files) for one in found), default=0)
        likely = [one for one in found if one.in_its_folder] or [one for one in found if len(one.files) == most]
        if len(likely) > 1:
            likely = [one for one in likely if one.is_begun] or likely
        if len(likely) > 1:
            ids = [one.lecture.id for one in likely]
            raise SubmissionError(f"{self.tree.name} holds files of {', '.join(ids)}; grade with --lecture {ids[0]}")
        return likely[0] if likely else None

    def at(self, place: str, lecture: Lecture) -> Found | None:
        """This lecture's files in one folder; what is missing in a folder of the lecture's name may lie beside it."""
        above, _, last = place.rpartition("/")
        places = [place, above] if last == lecture.id else [place]
        files: dict[str, bytes] = {}
        for folder in places:
            for name in set(lecture.files).intersection(self.tree.files(folder)) - files.keys():
                files[name] = self._read(join(folder, name))
        given = self._from_notebooks(places, lecture, files)
        files |= {name: data for name, (data, _) in given.items()}
        if sum(map(len, files.values())) > MAX_TOTAL:
            raise SubmissionError(f"the files of {lecture.id} have together more than {MAX_TOTAL:,} bytes")
        ordered = {name: files[name] for name in lecture.files if name in files}
        return Found(lecture, place, ordered, {name: path for name, (_, path) in given.items()}) if files else None

    def unplaced(self, place: str | None) -> str | None:
        """A notebook in this folder, or anywhere, that was read and of which no cell says where it belongs."""
        for path, cells in self.cells.items():
            if place in (None, path.rpartition("/")[0]) and cells and not any(cell.path for cell in cells):
                return path
        return None

    def _place(self, lecture: Lecture, wanted: Callable[[str], bool]) -> str | None:
        level = [""]
        for _ in range(DEEPEST):
            hits = [hit for folder in level for hit in self._hits(folder, lecture, wanted)]
            if len(hits) > 1:
                both = " and ".join(clean(hit, 60) or "the top" for hit in hits[:2])
                raise SubmissionError(f"{self.tree.name} holds {lecture.id} in two places, {both}; keep one of them")
            if hits:
                return hits[0]
            inner = [join(folder, name) for folder in level for name in self.tree.folders(folder)]
            level = [folder for folder in inner if folder.rpartition("/")[2] not in self.ids][:MOST_FOLDERS]
        return None

    def _hits(self, folder: str, lecture: Lecture, wanted: Callable[[str], bool]) -> Iterator[str]:
        for place in (join(folder, lecture.id), folder):
            if any(map(wanted, self.tree.files(place))):
                yield place
                return

    def _read(self, path: str) -> bytes:
        data = self.tree.read(path, most_bytes(path))
        if path.endswith(".py") and len(data) > MAX_FILE:
            raise SubmissionError(f"{clean(path, 80)} is larger than {MAX_FILE:,} bytes")
        return data

    def _from_notebooks(
        self, places: list[str], lecture: Lecture, files: Mapping[str, bytes]
    ) -> dict[str, tuple[bytes, str]]:
        """The modules that are not there as files, or untouched, and are in a notebook; with the notebook's path."""
        open_ones = [name for name in lecture.modules if name not in files or is_untouched(lecture, name, files[name])]
        given: dict[str, tuple[bytes, str]] = {}
        paths = [join(folder, name) for folder in places for name in self.tree.files(folder) if is_notebook(name)]
        for path in paths if open_ones else ():
            stem = path.rpartition("/")[2].removesuffix(NOTEBOOK)
            for name, data in modules_of(self._cells(path), stem, lecture, self.ids - {lecture.id}).items():
                if name in given and given[name][0] != data:
                    both = f"{clean(given[name][1], 60)} and {clean(path, 60)}"
                    raise SubmissionError(f"{name} is in two notebooks, {both}; keep one of them")
                if len(data) > MAX_FILE:
                    raise SubmissionError(f"{name} in {clean(path, 80)} is larger than {MAX_FILE:,} bytes")
                if name in open_ones:
                    given.setdefault(name, (data, path))
        return given

    def _cells(self, path: str) -> list[Cell]:
        if path not in self.cells:
            data = self.tree.read(path, self.room)
            if len(data) > self.room:
                raise SubmissionError(
                    f"{clean(path, 80)} is larger than {MAX_NOTEBOOKS:,} bytes, or all notebooks together are; "
                    "clear all outputs and save it again"
                )
            self.room -= len(data)
            self.cells[path] = code_cells(data, clean(path, 80))
        return self.cells[path]


def is_notebook(name: str) -> bool:
    return name.lower().endswith(NOTEBOOK)
