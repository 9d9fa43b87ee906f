"""The course as data: course.toml read into frozen records, and where a student's copy of it lies."""

import difflib
import tomllib
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from grader.errors import CourseError, Fault

PROJECT = Path(__file__).resolve().parent.parent
MARKER = "course.toml"


@dataclass(frozen=True)
class Exercise:
    """One thing to write: its id, where, for how many points, after which others, with three hints."""

    id: str
    lecture: str
    file: str
    title: str
    points: int
    needs: tuple[str, ...]
    hints: tuple[str, ...]

    @property
    def is_data(self) -> bool:
        """Whether what is handed in for it is data, such as trained weights, and not code."""
        return not self.file.endswith(".py")


@dataclass(frozen=True)
class Lecture:
    """One lecture: its folder's name is its id."""

    id: str
    number: int
    title: str
    exercises: tuple[Exercise, ...]
    forbidden_imports: dict[str, tuple[str, ...]] = field(compare=False)

    @property
    def files(self) -> tuple[str, ...]:
        """The files a student hands in, in course order."""
        return tuple(dict.fromkeys(exercise.file for exercise in self.exercises))

    @property
    def modules(self) -> tuple[str, ...]:
        """Those of them that are code."""
        return tuple(name for name in self.files if name.endswith(".py"))

    @property
    def points(self) -> int:
        return sum(exercise.points for exercise in self.exercises)

    @property
    def words(self) -> tuple[str, ...]:
        """What it may be called on a command line: lecture2_bigram, 2, lecture2, bigram, and its title."""
        return self.id, str(self.number), f"lecture{self.number}", self.id.partition("_")[2], self.title


@dataclass(frozen=True)
class Course:
    """All lectures in order."""

    title: str
    version: str
    lectures: tuple[Lecture, ...]

    @cached_property
    def exercises(self) -> dict[str, Exercise]:
        return {exercise.id: exercise for lecture in self.lectures for exercise in lecture.exercises}

    def lecture(self, word: str) -> Lecture:
        """By id, by number ("1"), or by a part of the id ("micrograd"). Raises CourseError."""
        for lecture in self.lectures:
            if word in lecture.words:
                return lecture
        known = ", ".join(lecture.id for lecture in self.lectures)
        raise CourseError(f"There is no lecture {word!r} in this course. Lectures: {known}.")

    def exercise(self, word: str) -> Exercise:
        """By id. Raises CourseError that names the nearest id."""
        if word in self.exercises:
            return self.exercises[word]
        raise CourseError(self.unknown(word))

    def unknown(self, word: str) -> str:
        """The sentence about a word that means nothing here, with the nearest one that does."""
        known = [*self.exercises, *(lecture.id for lecture in self.lectures)]
        near = difflib.get_close_matches(word, known, n=1)
        guess = f" Did you mean {near[0]}?" if near else ""
        lectures = ", ".join(lecture.id for lecture in self.lectures)
        return (
            f"There is no exercise or lecture {word!r} here.{guess} All exercises: grader list. Lectures: {lectures}."
        )


@cache
def load() -> Course:
    """The course that this installation grades by. A student's copy of course.toml is only ever a marker."""
    file = PROJECT / "exercises" / MARKER
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Fault(
            f"This installation has no exercises: {file} does not exist. "
            "Install from a clone of the repository: pip install -e ."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise Fault(f"{file} is not TOML: {error}") from None
    try:
        course = Course(table["title"], table["version"], tuple(_lecture(entry) for entry in table["lecture"]))
    except KeyError as error:
        raise Fault(f"{file} lacks the key {error}") from None
    _check_needs(course)
    return course


def _lecture(entry: dict[str, Any]) -> Lecture:
    exercises = tuple(_exercise(exercise, entry["id"]) for exercise in entry["exercise"])
    forbidden = {file: tuple(names) for file, names in entry.get("forbidden_imports", {}).items()}
    return Lecture(entry["id"], entry["number"], entry["title"], exercises, forbidden)


def _exercise(entry: dict[str, Any], lecture: str) -> Exercise:
    return Exercise(
        id=entry["id"],
        lecture=lecture,
        file=entry["file"],
        title=entry["title"],
        points=entry["points"],
        needs=tuple(entry["needs"]),
        hints=tuple(hint.strip() for hint in entry["hints"]),
    )


def _check_needs(course: Course) -> None:
    """Ids come once; prerequisites exist and never run in a circle."""
    ids = [exercise.id for lecture in course.lectures for exercise in lecture.exercises]
    if len(ids) != len(set(ids)):
        raise Fault(f"course.toml: {max(ids, key=ids.count)} stands there twice")
    for exercise in course.exercises.values():
        seen, ahead = set(), list(exercise.needs)
        while ahead:
            need = ahead.pop()
            if need == exercise.id or need not in course.exercises:
                raise Fault(f"course.toml: {exercise.id} cannot need {need}")
            if need not in seen:
                seen.add(need)
                ahead += course.exercises[need].needs


def reference_sources(lecture: Lecture) -> dict[str, str]:
    """The modules of our own solution, name to text."""
    folder = PROJECT / "reference" / lecture.id
    if not folder.is_dir():
        raise Fault(f"there is no reference for {lecture.id}: {folder} does not exist")
    return {name: (folder / name).read_text(encoding="utf-8") for name in lecture.modules}


def reference_data(lecture: Lecture) -> dict[str, bytes]:
    """What our own solution hands in beside its modules, name to bytes."""
    folder = PROJECT / "reference" / lecture.id
    return {name: (folder / name).read_bytes() for name in lecture.files if name not in lecture.modules}


def find_root(start: Path) -> Path:
    """The folder that holds the student's lecture folders, found upwards from `start`. Raises CourseError."""
    start = start.resolve()
    for folder in (start, *start.parents):
        for candidate in (folder, folder / "exercises"):
            if (candidate / MARKER).is_file():
                return candidate
    raise CourseError(
        f"This is not a course folder: no {MARKER} in {start} or above it. "
        "Go to your course folder, or name it: grader -C FOLDER status. To make one: grader stubs --to FOLDER"
    )
