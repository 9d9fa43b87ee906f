"""Which wrong copies cannot be it, because what they would have broken is right: so they need not be tried."""

from collections.abc import Iterable, Set

from grader.judging.case import Case
from grader.judging.mistakes.suspects import Suspects
from grader.judging.subjects import Subject
from grader.sandbox.observation import Asked

Question = tuple[str, str, bytes]  # an exercise, a probe, and the hash of its inputs


class RuledOut:
    """Knows of each question of an exercise which of the mistakes in it show there. All students are asked the same."""

    def __init__(self, suspects: Suspects) -> None:
        self.suspects = suspects
        self.within: dict[str, tuple[Subject, ...]] = {}
        self.showing: dict[Question, frozenset[Subject]] = {}

    def by(self, right: Iterable[Case]) -> Set[Subject]:
        """The ways to make a mistake that do not give what the student's code gave in one of these cases."""
        found: set[Subject] = set()
        for case in right:
            if not found.issuperset(self._in(case.exercise)):
                is_exact = case.yours.digest == case.expected.digest
                found |= self._showing_in(case) if is_exact else self._not_given_by(case)
        return found

    def _in(self, exercise: str) -> tuple[Subject, ...]:
        """The ways that lie in an exercise. Those of which the way may change from case to case are never ruled out."""
        if exercise not in self.within:
            self.within[exercise] = tuple(
                way
                for mistake in self.suspects.known
                for number, way in enumerate(self.suspects.ways(mistake))
                if not mistake.varies and self.suspects.lies_in((mistake.id, number), exercise)
            )
        return self.within[exercise]

    def _not_given_by(self, case: Case) -> frozenset[Subject]:
        ways = self._in(case.exercise)
        self.suspects.look(ways, case)
        return frozenset(way for way in ways if case.given.get(way) is False)

    def _showing_in(self, case: Case) -> frozenset[Subject]:
        key = case.exercise, case.probe.name, Asked.of(case.inputs).sha256
        if key not in self.showing:
            ways = self._in(case.exercise)
            self.suspects.look(ways, case)
            self.showing[key] = frozenset(way for way in ways if case.showing.get(way))
        return self.showing[key]
