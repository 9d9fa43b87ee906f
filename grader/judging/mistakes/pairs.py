"""Two misconceptions of one exercise at once: which pairs could explain what was observed, and which of them do."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from grader.judging.case import Case
from grader.judging.mistakes.known import Misconception
from grader.judging.mistakes.suspects import Key, Suspects
from grader.judging.subjects import Subject

MOST_PAIRS = 120  # so many are tried for one exercise; of more it could not be said that one is the only one

Pair = tuple[Misconception, Misconception]
Seen = list[tuple[bool, bool]]


@dataclass(frozen=True)
class Way:
    """One way to make a mistake, alone."""

    mistake: Misconception
    number: int
    alone: Subject

    @property
    def key(self) -> Key:
        return self.mistake.id, self.number


class Pairs:
    """The pairs of a lecture's misconceptions."""

    def __init__(self, suspects: Suspects) -> None:
        self.suspects = suspects

    def candidates(self, exercise: str, cases: Sequence[Case]) -> list[Pair]:
        """The pairs that agree with the student on every case, of each the earlier in the course first.

        Of those that cannot be it no copy is made: see `_could`. None if too many are left.
        """
        if not cases:
            return []
        all = list(self._ways(exercise))
        for case in cases:
            self.suspects.look([way.alone for way in all], case)
        ways = [(way, _seen(way, cases)) for way in all]
        ways = [(way, seen) for way, seen in ways if any(shows for shows, _ in seen)]
        pairs = [pair for pair in combinations(ways, 2) if pair[0][0].mistake != pair[1][0].mistake]
        left = [(a, b) for (a, by_a), (b, by_b) in pairs if _could(by_a, by_b, cases)]
        made = [(a, b) for a, b in left if self.suspects.fit(a.key, b.key)]
        if len(made) > MOST_PAIRS:
            return []
        self.suspects.look([both for a, b in made if (both := self.suspects.both(a.key, b.key))], cases[0])
        found = [(a.mistake, b.mistake) for a, b in made if self._gives(a, b, cases)]
        return list(dict.fromkeys(found))

    def explain(self, pair: Pair, cases: Iterable[Case]) -> bool:
        """Whether two ways to make these two mistakes, together, give just what the student's code gave."""
        cases = list(cases)
        ways = [[Way(m, i, alone) for i, alone in enumerate(self.suspects.ways(m))] for m in pair]
        return any(self._gives(a, b, cases) for a in ways[0] for b in ways[1])

    def _ways(self, exercise: str) -> Iterator[Way]:
        """The ways to make a mistake in this exercise. Those that vary from graph to graph are not paired."""
        for mistake in self.suspects.known:
            for number in range(len(mistake.variants)):
                if not mistake.varies and self.suspects.lies_in((mistake.id, number), exercise):
                    yield Way(mistake, number, self.suspects.ways(mistake)[number])

    def _gives(self, a: Way, b: Way, cases: Sequence[Case]) -> bool:
        both = self.suspects.both(a.key, b.key)
        return both is not None and all(case.is_given_by(both) for case in cases)


def _seen(way: Way, cases: Sequence[Case]) -> Seen:
    """Of each case, whether the mistake shows in it alone, and whether it gives then what the student's code gave."""
    return [(case.shows(way.alone), case.is_given_by(way.alone)) for case in cases]


def _could(a: Seen, b: Seen, cases: Sequence[Case]) -> bool:
    """Whether nothing speaks against the two: what shows one of them alone has to be just what that one gives."""
    for (a_shows, a_gives), (b_shows, b_gives), case in zip(a, b, cases, strict=True):
        if a_shows != b_shows and not (a_gives if a_shows else b_gives):
            return False
        if not a_shows and not b_shows and not case.agrees:
            return False
    return True
