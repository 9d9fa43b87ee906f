"""The one misconception that explains what was observed, the two together, a made one, or none. It never guesses."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from grader.course import Lecture
from grader.inside.levels import PROCESS
from grader.judging.case import Case, agree, wrong_ones_first
from grader.judging.findings import AsIf
from grader.judging.mistakes.bounded import Effort
from grader.judging.mistakes.known import Edit, Misconception, known_mistakes
from grader.judging.mistakes.looking import look
from grader.judging.mistakes.made.beside import SlipsBeside
from grader.judging.mistakes.made.trying import Slips
from grader.judging.mistakes.made.workshop import Workshop
from grader.judging.mistakes.pairs import Pairs
from grader.judging.sketches import Sketchbook
from grader.judging.subjects import Misconceived, Recall

MOST_PARTS = 6  # of more it could not be said that one is the only one

__all__ = ["Case", "Diagnosis", "agree"]


class Diagnosis:
    """Knows a lecture's misconceptions; observes them, alone and in pairs, when asked, and remembers what it saw."""

    def __init__(
        self, lecture: Lecture, answers: Recall | None = None, level: str = PROCESS, tries_made: bool = True
    ) -> None:
        self.lecture = lecture
        self.answers = answers
        self.tries_made = tries_made
        self.subjects: dict[str, list[Misconceived]] = {}
        self.book = Sketchbook(answers)
        effort = Effort(lecture, answers)
        self.pairs = Pairs(lecture, self._subjects, effort, self.book, answers)
        self.workshop = Workshop(lecture, level)
        self.beside: dict[tuple[Edit, ...], SlipsBeside] = {}
        self.slips = Slips(lecture, effort, self.workshop, self.book, answers)

    def close(self) -> None:
        """End the worker in which made mistakes were tried."""
        self.workshop.close()

    def candidates(self, cases: Iterable[Case]) -> list[Misconception]:
        """The misconceptions that agree with the student on every case and differ from what is expected on one."""
        ordered = wrong_ones_first(cases)
        self._look_at(ordered[:1])
        return [m for m in known_mistakes(self.lecture.id) if ordered and self._explains(m, ordered)]

    def _look_at(self, cases: Iterable[Case]) -> None:
        """What is certain of all known mistakes at once."""
        for case in cases:
            ways = [way for mistake in known_mistakes(self.lecture.id) for way in self._subjects(mistake)]
            look(self.book, ways, case)

    def name(
        self, exercise: str, cases: Iterable[Case], elsewhere: Callable[[], Iterable[Case]], most: int = 2
    ) -> tuple[Misconception, ...]:
        """The only misconception that explains all the cases; where none does, the only two (if `most` allows them).

        Whatever would have broken what is right in other exercises (`elsewhere`) is ruled out: the way that explains
        the cases has to leave that as it is.
        """
        found = self._known(exercise, list(cases), elsewhere, most)
        return found[0] if len(found) == 1 else ()

    def as_if(
        self,
        exercise: str,
        cases: Sequence[Case],
        elsewhere: Callable[[], Iterable[Case]],
        wrong_in: Callable[[str], Iterable[Case]],
        sources: Mapping[str, str],
    ) -> AsIf | None:
        """What a made mistake says of the cases, where no known one and no two of them explain them all."""
        if not self.tries_made or self._known(exercise, list(cases), elsewhere):
            return None
        return self.slips.explain(exercise, cases, elsewhere, wrong_in, sources)

    def two_apart(
        self,
        exercise: str,
        cases: Sequence[Case],
        elsewhere: Callable[[], Iterable[Case]],
        wrong_in: Callable[[str], Iterable[Case]],
        sources: Mapping[str, str],
    ) -> tuple[Misconception, AsIf] | None:
        """The only known mistake that explains a part of the cases, with what a made one says of all the others.

        Where the known one shows, it gives just what the student's code gave: so the two can be told apart.
        """
        parts = list(self._parts(cases)) if self.tries_made else []
        if len(parts) > MOST_PARTS:
            return None
        found = {}
        for mistake, edits in parts:
            slips = self.beside.setdefault(edits, SlipsBeside(self.slips, edits))
            if as_if := slips.explain(exercise, cases, elsewhere, wrong_in, sources):
                found[mistake] = as_if
        return next(iter(found.items())) if len(found) == 1 else None

    def _parts(self, cases: Sequence[Case]) -> Iterator[tuple[Misconception, tuple[Edit, ...]]]:
        """The ways to make a mistake that give some of what went wrong, and show nothing else."""
        ordered = wrong_ones_first(cases)
        for mistake in known_mistakes(self.lecture.id):
            for edits, way in zip(mistake.variants, self._subjects(mistake), strict=True):
                if not mistake.varies and is_part(way, ordered):
                    yield mistake, edits

    def _known(
        self, exercise: str, cases: list[Case], elsewhere: Callable[[], Iterable[Case]], most: int = 2
    ) -> list[tuple[Misconception, ...]]:
        """All known mistakes that explain the cases; where there are none, all pairs that do."""
        found = self._unrefuted([(m,) for m in self.candidates(cases)], cases, elsewhere)
        if not found and most > 1:
            found = self._unrefuted(self.pairs.candidates(exercise, wrong_ones_first(cases)), cases, elsewhere)
        return found

    def _unrefuted(
        self, found: Sequence[tuple[Misconception, ...]], cases: list[Case], elsewhere: Callable[[], Iterable[Case]]
    ) -> list[tuple[Misconception, ...]]:
        right = [case for case in elsewhere() if case.agrees] if found else []
        return [mistakes for mistakes in found if not right or self.explain(mistakes, [*cases, *right])]

    def explain(self, mistakes: Sequence[Misconception], cases: Iterable[Case]) -> bool:
        """Whether one way to make the mistake, or the two, gives just what the student's code gave, in every case."""
        if len(mistakes) == 1:
            return self._explains(mistakes[0], cases)
        return self.pairs.explain((mistakes[0], mistakes[1]), cases)

    def _explains(self, misconception: Misconception, cases: Iterable[Case]) -> bool:
        """Where the order of a set decides between the ways, the way may change from case to case."""
        ways = self._subjects(misconception)
        if misconception.varies:
            return all(any(case.is_given_by(way) for way in ways) for case in cases)
        cases = list(cases)
        return any(all(case.is_given_by(way) for case in cases) for way in ways)

    def _subjects(self, misconception: Misconception) -> list[Misconceived]:
        if misconception.id not in self.subjects:
            self.subjects[misconception.id] = list(misconception.subjects(self.lecture, self.answers))
        return self.subjects[misconception.id]


def is_part(way: Misconceived, cases: Sequence[Case]) -> bool:
    """Whether it gives what went wrong somewhere, and wherever else it shows as well."""
    gives_something = any(case.is_given_by(way) for case in cases if not case.agrees)
    return gives_something and all(case.is_given_by(way) or not case.shows(way) for case in cases)
