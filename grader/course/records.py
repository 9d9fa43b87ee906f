"""The records of a course: its lectures in order, their exercises, and where everything about it lies."""

import difflib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from grader.errors import CourseError

MOST_GUESSES = 3


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
    """One lecture: its folder's name is its id. It `borrows` modules that an earlier lecture's folder has, by name."""

    id: str
    number: int
    title: str
    exercises: tuple[Exercise, ...]
    forbidden_imports: dict[str, tuple[str, ...]] = field(compare=False)
    forbidden_names: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    borrows: dict[str, str] = field(default_factory=dict, compare=False)

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
        """What it may be called on a command line: its id, 2, lecture2, its id behind the _, and its title."""
        return self.id, str(self.number), f"lecture{self.number}", self.id.partition("_")[2], self.title


@dataclass(frozen=True)
class Folders:
    """Where a course lies: what students get, solutions, what measures, what judges, solutions in other hands.

    In a student kit there are no solutions; what ours give is `recorded` there.
    """

    exercises: Path
    reference: Path
    probes: Path
    lectures: Path
    alternatives: Path
    recorded: Path | None = None


@dataclass(frozen=True)
class Course:
    """All lectures in order, and what holds for each of them: its points, how many alternatives prove its checks."""

    title: str
    version: str
    lectures: tuple[Lecture, ...]
    folders: Folders
    points: int
    fewest_alternatives: int

    @property
    def is_student_kit(self) -> bool:
        """Whether this is what a student is given: no solution and no hidden check is here."""
        return self.folders.recorded is not None

    @cached_property
    def exercises(self) -> dict[str, Exercise]:
        return {exercise.id: exercise for lecture in self.lectures for exercise in lecture.exercises}

    def lecture(self, word: str) -> Lecture:
        """By id, by number, or by any other of its words. Raises CourseError."""
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
        parts = [id for id in known if word in id.split("-")]
        called = {**{id: id for id in known}, **{f"lecture{one.number}": one.id for one in self.lectures}}
        near = parts[:MOST_GUESSES] or [called[one] for one in difflib.get_close_matches(word, called, n=1)]
        guess = f" Did you mean {' or '.join(near)}?" if near else ""
        lectures = ", ".join(lecture.id for lecture in self.lectures)
        return (
            f"There is no exercise or lecture {word!r} here.{guess} All exercises: grader list. Lectures: {lectures}."
        )
