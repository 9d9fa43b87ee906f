"""The one misconception that explains what was observed, the two together, a made one, or none. It never guesses."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress

from grader.course import Lecture
from grader.judging.case import Case, Uncertain, agree, wrong_ones_first
from grader.judging.findings import AsIf
from grader.judging.mistakes.edited import Edited
from grader.judging.mistakes.known import Misconception
from grader.judging.mistakes.pairs import Pairs
from grader.judging.mistakes.ruled_out import RuledOut
from grader.judging.mistakes.suspects import Key, Suspects
from grader.judging.subjects import Subject

MOST_PARTS = 6  # of more it could not be said that one is the only one

__all__ = ["Case", "Diagnosis", "agree"]


class Diagnosis:
    """Knows a lecture's misconceptions; observes them, alone and in pairs, when asked, and remembers what it saw."""

    def __init__(self, lecture: Lecture, suspects: Suspects | None = None, tries_made: bool = True) -> None:
        self.lecture = lecture
        self.tries_made = tries_made
        self.suspects = suspects or Edited(lecture)
        self.pairs = Pairs(self.suspects)
        self.ruled_out = RuledOut(self.suspects)

    def name(
        self, exercise: str, cases: Iterable[Case], elsewhere: Callable[[], Iterable[Case]], most: int = 2
    ) -> tuple[Misconception, ...]:
        """The only misconception that explains all the cases; where none does, the only two (if `most` allows them).

        Whatever would have broken what is right in other exercises (`elsewhere`) is ruled out: the way that explains
        the cases has to leave that as it is.
        """
        with suppress(Uncertain):
            found = self._known(exercise, list(cases), elsewhere, most)
            return found[0] if len(found) == 1 else ()
        return ()

    def as_if(
        self,
        exercise: str,
        cases: Sequence[Case],
        elsewhere: Callable[[], Iterable[Case]],
        wrong_in: Callable[[str], Iterable[Case]],
        sources: Mapping[str, str],
    ) -> AsIf | None:
        """What a made mistake says of the cases, where no known one and no two of them explain them all."""
        with suppress(Uncertain):
            if self.tries_made and not self._known(exercise, list(cases), elsewhere):
                return self.suspects.made.explain(exercise, cases, elsewhere, wrong_in, sources)
        return None

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
        parts: list[tuple[Misconception, Key]] = []
        with suppress(Uncertain):
            parts = list(self._parts(cases)) if self.tries_made else []
        if len(parts) > MOST_PARTS:
            return None
        found = {}
        for mistake, way in parts:
            slips = self.suspects.beside(way)
            if slips and (as_if := slips.explain(exercise, cases, elsewhere, wrong_in, sources)):
                found[mistake] = as_if
        return next(iter(found.items())) if len(found) == 1 else None

    def _parts(self, cases: Sequence[Case]) -> Iterator[tuple[Misconception, Key]]:
        """The ways to make a mistake that give some of what went wrong, and show nothing else."""
        ordered = wrong_ones_first(cases)
        for mistake in self.suspects.known:
            for number, way in enumerate(self.suspects.ways(mistake)):
                if not mistake.varies and is_part(way, ordered):
                    yield mistake, (mistake.id, number)

    def _known(
        self, exercise: str, cases: list[Case], elsewhere: Callable[[], Iterable[Case]], most: int = 2
    ) -> list[tuple[Misconception, ...]]:
        """All known mistakes that explain the cases; where there are none, all pairs that do."""
        ordered = wrong_ones_first(cases)
        if not ordered:
            return []
        right = [case for case in elsewhere() if case.agrees]
        found = self._unrefuted([(m,) for m in self._single(ordered, right)], cases, right)
        if not found and most > 1:
            found = self._unrefuted(self.pairs.candidates(exercise, ordered), cases, right)
        return found

    def _single(self, ordered: list[Case], right: list[Case]) -> list[Misconception]:
        """The mistakes that agree with the student on every case, as far as what is right does not rule them out."""
        out = self.ruled_out.by(right)
        ways = [way for mistake in self.suspects.known for way in self.suspects.ways(mistake) if way not in out]
        self.suspects.look(ways, ordered[0])
        return [mistake for mistake in self.suspects.known if self._explains(mistake, ordered, out)]

    def _unrefuted(
        self, found: Sequence[tuple[Misconception, ...]], cases: list[Case], right: list[Case]
    ) -> list[tuple[Misconception, ...]]:
        return [mistakes for mistakes in found if not right or self.explain(mistakes, [*cases, *right])]

    def explain(self, mistakes: Sequence[Misconception], cases: Iterable[Case]) -> bool:
        """Whether one way to make the mistake, or the two, gives just what the student's code gave, in every case."""
        with suppress(Uncertain):
            if len(mistakes) == 1:
                return self._explains(mistakes[0], cases)
            return self.pairs.explain((mistakes[0], mistakes[1]), cases)
        return False

    def _explains(self, misconception: Misconception, cases: Iterable[Case], out: Set[Subject] = frozenset()) -> bool:
        """Where the order of a set decides between the ways, the way may change from case to case."""
        ways = [way for way in self.suspects.ways(misconception) if way not in out]
        if misconception.varies:
            return all(any(case.is_given_by(way) for way in ways) for case in cases)
        cases = list(cases)
        return any(all(case.is_given_by(way) for case in cases) for way in ways)


def is_part(way: Subject, cases: Sequence[Case]) -> bool:
    """Whether it gives what went wrong somewhere, and wherever else it shows as well."""
    gives_something = any(case.is_given_by(way) for case in cases if not case.agrees)
    return gives_something and all(case.is_given_by(way) or not case.shows(way) for case in cases)
