"""Where in a folder or a package a lecture's files are, and which of its notebooks stand in for a module.

The files are looked for at the top, in a folder that has the lecture's name, and in folders around these, as programs
make them that pack or download. Of several copies one that is begun counts; two that are begun and differ are refused.

A module's own file counts more than cells of a notebook, for it is what runs; cells count where there is no such file,
or only the stub as it was handed out.
"""

from collections.abc import Callable, Collection, Iterator, Mapping

from grader.course import Course, Lecture, load
from grader.course.safe_text import clean
from grader.errors import SubmissionError
from grader.submission import near_names
from grader.submission.companions import Companions
from grader.submission.copies import MOST_COPIES, chosen
from grader.submission.found import Found, is_untouched
from grader.submission.limits import MAX_FILE, MAX_TOTAL, most_bytes
from grader.submission.notebooks import Notebooks, folders_of, is_notebook
from grader.submission.tree import Tree, join

DEEPEST = 4
MOST_FOLDERS = 200


class Search:
    """One look through what was handed in; each notebook is read once, whatever the number of lectures.

    `nearest`: it is a student's own course folder, in which copies that lie deeper are nobody's hand-in.
    `newest`: of several copies that differ the one that was changed last counts.
    """

    def __init__(self, tree: Tree, course: Course, nearest: bool = False, newest: bool = False) -> None:
        self.tree = tree
        self.nearest = nearest
        self.newest = newest
        self.ids = {lecture.id for lecture in course.lectures}
        self.notebooks = Notebooks(tree, self.ids)
        self.hints: list[str] = []  # what is called nearly like a module that is not there

    def best(self, lectures: Collection[Lecture]) -> Found | None:
        """The one lecture whose files these are; None if there are none. Raises SubmissionError if it may be any."""
        found = [one for lecture in lectures if (one := self._found(lecture, lecture.files.__contains__))]
        if not found and not self.nearest:
            near = [one for lecture in lectures if (one := self._found(lecture, near_names.like_modules_of(lecture)))]
            found = [one for one in near if one.files]
            self.hints = [remark for one in near for remark in one.remarks if not found]
        if not found:
            found = self._in_notebooks(lectures)
        most = max((len(one.files) for one in found), default=0)
        likely = [one for one in found if one.in_its_folder] or [one for one in found if len(one.files) == most]
        likely = [self._completed(one) for one in likely]
        if len(likely) > 1:
            likely = [one for one in likely if one.is_begun] or likely
        if len(likely) > 1:
            ids = [one.lecture.id for one in likely]
            raise SubmissionError(f"{self.tree.name} holds files of {', '.join(ids)}; grade with --lecture {ids[0]}")
        return likely[0] if likely else None

    def _in_notebooks(self, lectures: Collection[Lecture]) -> list[Found]:
        """The lectures of which notebooks alone give something: those that they say, else those that they define."""
        empty = [one for lecture in lectures if (one := self._found(lecture, is_notebook))]
        named = [one for one in empty if self._names_lecture(one.place, one.lecture)]
        found = [one for one in map(self._completed, named or empty) if one.files]
        found = [one for one in found if self._is_said(one)] or found
        names = {one.lecture.id: self._names_in(one) for one in found}
        return [one for one in found if not any(names[one.lecture.id] < other for other in names.values())]

    def _names_lecture(self, place: str, lecture: Lecture) -> bool:
        """Whether the hand-in, the folder or a notebook in it is called like the lecture."""
        notebooks = filter(is_notebook, self.tree.files(place))
        return any(near_names.is_called(text, lecture) for text in (self.tree.name, place, *notebooks))

    def _is_said(self, found: Found) -> bool:
        """Whether a mark in a cell, or the name of a notebook, says a module of this lecture."""
        return any(name in self.notebooks.given(path, found.lecture).said for name, path in found.notebooks.items())

    def _names_in(self, found: Found) -> frozenset[str]:
        """What the lecture asks for and unmarked cells define."""
        given = (self.notebooks.given(path, found.lecture) for path in found.notebooks.values())
        return frozenset().union(*(one.names for one in given))

    def at(self, place: str, lecture: Lecture) -> Found | None:
        """This lecture's files in one folder, those that notebooks give among them; None if there are none."""
        found = self._completed(self._files_at(place, lecture))
        return found if found.files else None

    def said(self, path: str, course: Course) -> Lecture | None:
        """The one lecture that the hand-in's name, a folder's or the file's says."""
        called = [
            one for one in course.lectures if any(near_names.is_called(text, one) for text in (self.tree.name, path))
        ]
        return called[0] if len(called) == 1 else None

    def _found(self, lecture: Lecture, wanted: Callable[[str], bool]) -> Found | None:
        """This lecture's files in the one place that counts of those that have a file that is wanted."""
        places = self._places_with(lecture, wanted)
        if len(places) > MOST_COPIES:
            raise SubmissionError(
                f"{self.tree.name} holds {lecture.id} in more than {MOST_COPIES} places; keep one of them"
            )
        found = [self._files_at(place, lecture) for place in places]
        if len(found) < 2:
            return found[0] if found else None
        copies, changed = [self._completed(one) for one in found], self._changed if self.newest else None
        return chosen(copies, self.tree.name, lecture.id, Found.with_remark, changed)

    def _changed(self, found: Found) -> float:
        """When any of the lecture's files in a place was changed last."""
        there = self.tree.files(found.place)
        paths = [*(name for name in found.files if name in there), *filter(is_notebook, there)]
        return max((self.tree.changed(join(found.place, name)) for name in paths), default=0.0)

    def _places_with(self, lecture: Lecture, wanted: Callable[[str], bool]) -> list[str]:
        """Every place that has a file that is wanted, the least deep first; of a student's own folder, just that."""
        level, places = [""], list[str]()
        for _ in range(DEEPEST):
            places += [hit for folder in level for hit in self._hits(folder, lecture, wanted)]
            if places and self.nearest:
                return places
            try:
                inner = [join(folder, name) for folder in level for name in self.tree.folders(folder)]
            except SubmissionError:  # what lies deeper and cannot be read costs nothing where the files are there
                if not places:
                    raise
                return places
            level = [folder for folder in inner if folder.rpartition("/")[2] not in self.ids][:MOST_FOLDERS]
        return places

    def _hits(self, folder: str, lecture: Lecture, wanted: Callable[[str], bool]) -> Iterator[str]:
        for place in (join(folder, lecture.id), folder):
            if any(map(wanted, self.tree.files(place))):
                yield place
                return

    def _files_at(self, place: str, lecture: Lecture) -> Found:
        files: dict[str, bytes] = {}
        for folder in folders_of(place, lecture):
            there = self.tree.files(folder)
            for name in filter(there.__contains__, lecture.files):
                data = self._read(join(folder, name))
                self._check_same(files.get(name), data, name, lecture, place)
                if name not in files or is_untouched(lecture, name, files[name]):
                    files[name] = data
        remarks = () if self.nearest else tuple(self._take_near(place, lecture, files))
        return Found(lecture, place, {name: files[name] for name in lecture.files if name in files}, {}, remarks)

    def _take_near(self, place: str, lecture: Lecture, files: dict[str, bytes]) -> Iterator[str]:
        """Take what is called nearly like a module that is not there, or only as the stub; and say so."""
        there = self.tree.files(place)
        missing = [n for n in lecture.modules if n not in files or is_untouched(lecture, n, files[n])]
        for module, names in near_names.resembling(there, lecture, missing).items():
            likely = {name: self._read(join(place, name)) for name in names if near_names.is_candidate(name)}
            if len(set(likely.values())) == 1:
                files[module] = next(iter(likely.values()))
                yield f"{clean(next(iter(likely)), 60)} was taken as {module}"
            elif module not in files:
                yield near_names.sentence_about(module, names)

    def _check_same(self, known: bytes | None, data: bytes, name: str, lecture: Lecture, place: str) -> None:
        """Refuse a file that lies in the lecture's folder and beside it, if both were worked on and differ."""
        if known is None or known == data or self.nearest:
            return
        if not is_untouched(lecture, name, known) and not is_untouched(lecture, name, data):
            raise SubmissionError(
                f"{name} is in {clean(place, 60)} and in the folder around it, and they differ; keep one of them"
            )

    def _read(self, path: str) -> bytes:
        is_code = near_names.ENDING.search(path.casefold()) is not None
        data = self.tree.read(path, MAX_FILE if is_code else most_bytes(path))
        if is_code and len(data) > MAX_FILE:
            raise SubmissionError(f"{clean(path, 80)} is larger than {MAX_FILE:,} bytes")
        return data

    def _completed(self, found: Found) -> Found:
        """With the modules from notebooks that are not there as files, or only as the stub."""
        lecture = found.lecture
        given = self.notebooks.modules(found)
        files = {**found.files, **{name: data for name, (data, _) in given.items()}}
        ordered = {name: files[name] for name in lecture.files if name in files}
        notebooks = {**found.notebooks, **{name: path for name, (_, path) in given.items()}}
        beside = self._companions(found.place, lecture, ordered)
        ordered |= beside.files
        if sum(map(len, ordered.values())) > MAX_TOTAL:
            raise SubmissionError(f"the files of {lecture.id} have together more than {MAX_TOTAL:,} bytes")
        remarks = [self.notebooks.remark(path, lecture, notebooks) for path in dict.fromkeys(notebooks.values())]
        told = dict.fromkeys(filter(None, [*found.remarks, *remarks, *beside.remarks]))
        return Found(lecture, found.place, ordered, notebooks, tuple(told))

    def _companions(self, place: str, lecture: Lecture, modules: Mapping[str, bytes]) -> Companions:
        """The student's own modules that these import."""
        there = {name: folder for folder in reversed(folders_of(place, lecture)) for name in self.tree.files(folder)}
        folders = {**dict(self._borrowed(place, lecture)), **there}
        found = Companions(lecture, folders, lambda name: self._read(join(folders[name], name)))
        found.look(modules)
        return found

    def _borrowed(self, place: str, lecture: Lecture) -> Iterator[tuple[str, str]]:
        """What it may borrow of an earlier lecture, if that one's folder lies beside its own and was worked on."""
        around = place.rpartition("/")[0]
        for name, id in lecture.borrows.items():
            folder = join(around, id)
            if id in self.ids and name in self.tree.files(folder):
                data = self._read(join(folder, name))
                yield from [] if is_untouched(load().lecture(id), name, data) else [(name, folder)]
