"""Which of the made mistakes in an exercise explains what was observed, if only one does. It never guesses."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from grader.course import Lecture, places
from grader.inside import plain
from grader.judging.case import Case, agree
from grader.judging.comparison import numbers
from grader.judging.findings import AsIf
from grader.judging.mistakes.made.reaching import exercises_reached
from grader.judging.mistakes.made.slip import MadeMistake
from grader.judging.mistakes.made.telling import told
from grader.judging.our_solution import Function
from grader.sandbox.observation import RAISED, RETURNED, Observation

M = TypeVar("M", bound=MadeMistake)


class Explaining(ABC, Generic[M]):
    """The made mistakes of a lecture, and what each of them gives."""

    def __init__(self, lecture: Lecture) -> None:
        self.lecture = lecture

    @abstractmethod
    def _kinds(self, exercise: str) -> Iterable[Sequence[M]]:
        """Those in the solution of an exercise, the likeliest first."""

    @abstractmethod
    def _answer(self, one: M, case: Case) -> Observation:
        """What our solution gives with this one in it."""

    @abstractmethod
    def _ran(self, case: Case) -> Iterable[Function]:
        """The functions that our solution runs in this case."""

    @abstractmethod
    def _left(self, slips: Sequence[M], case: Case) -> Sequence[M]:
        """Those that are not ruled out by this case at a glance."""

    def explain(
        self,
        exercise: str,
        cases: Sequence[Case],
        elsewhere: Callable[[], Iterable[Case]],
        wrong_in: Callable[[str], Iterable[Case]],
        sources: Mapping[str, str],
    ) -> AsIf | None:
        """What can be said of the slips that give just what the student's code gave, in every case and elsewhere.

        If the cases run through other exercises where something is wrong (`wrong_in`), in our solution or as far as
        names tell in the student's `sources`, they have to explain that too.
        An exception says itself where it was raised, and is easily the same for another reason: it alone says nothing.
        Only where no slip in our own order of work fits, those in copies are tried.
        """
        ordered = _telling_ones_first(cases)
        if not ordered:
            return None
        for slips in self._kinds(exercise):
            found = self._giving(slips, ordered)
            if found:
                right = [case for case in elsewhere() if case.agrees]
                passed = self._run(ordered) | exercises_reached(self.lecture, sources, exercise)
                beyond = [case for id in sorted(passed - {exercise}) for case in wrong_in(id)]
                found = [slip for slip in found if self._gives(slip, [*right, *beyond])]
                found += self._as_well(found, [*ordered, *right, *beyond])
            if found:
                return told(found)
        return None

    def _as_well(self, found: Sequence[M], cases: Sequence[Case]) -> list[M]:
        """What gives the same where it stands, and not in a copy alone: then it may lie there."""
        inner = [slip.inner for slip in found if slip.inner and slip.inner.place.function != slip.place.function]
        return [slip for slip in inner if self._gives(slip, cases)]

    def _giving(self, slips: Sequence[M], cases: Sequence[Case]) -> list[M]:
        """Those that give just what the student's code gave; nearly all are ruled out by the first case."""
        return [slip for slip in self._left(slips, cases[0]) if self._gives(slip, cases)]

    def _run(self, cases: Iterable[Case]) -> set[str]:
        """The exercises of which our solution runs something in those cases that went wrong."""
        wrong = [case for case in cases if not case.agrees]
        written = places.written_in(self.lecture)
        return {id for case in wrong for place in self._ran(case) for id in written.get(place, ())}

    def _gives(self, slip: M, cases: Iterable[Case]) -> bool:
        """Whether our solution with the slip in it gives just what the student's code gave, in every case."""
        return all(agree(self._answer(slip, case), case.yours, case.probe) for case in cases)


def _telling_ones_first(cases: Sequence[Case]) -> list[Case]:
    """First those that gave something wrong, which rule out nearly everything; empty if there are none.

    Empty as well if one of them can be compared with nothing, as when the process was lost.
    """
    if not all(case.yours.kind in (RETURNED, RAISED) for case in cases):
        return []
    ordered = sorted(cases, key=lambda case: (case.agrees, case.yours.kind != RETURNED))
    returned = [case.yours.value for case in ordered if not case.agrees and case.yours.kind == RETURNED]
    return ordered if returned and not _says_little(returned) else []


def _says_little(values: list[plain.Plain]) -> bool:
    """Whether nothing but zeros came, or always the same number: many things give that."""
    found = {number for value in values for number in _numbers(value)}
    return found <= {0.0} or (len(values) > 1 and len(found) == 1)


def _numbers(value: plain.Plain) -> Iterator[Any]:
    """All single values in a result."""
    if isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _numbers(part)
    elif isinstance(value, plain.Array):
        yield from set(numbers(value).reshape(-1).tolist())
    else:
        yield 0.0 if value is None else value
