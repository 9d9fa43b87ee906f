"""Two misconceptions of one exercise at once: which pairs could explain what was observed, and which of them do."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from grader.course import Lecture
from grader.judging.case import Case
from grader.judging.mistakes.bounded import Bounded, Effort
from grader.judging.mistakes.edits import exercises_of, fit, together
from grader.judging.mistakes.known import Edit, Misconception, known_mistakes
from grader.judging.mistakes.looking import look
from grader.judging.sketches import Sketchbook
from grader.judging.subjects import Misconceived, Recall

MOST_PAIRS = 120  # so many are tried for one exercise; of more it could not be said that one is the only one

Pair = tuple[Misconception, Misconception]
Seen = list[tuple[bool, bool]]


@dataclass(frozen=True)
class Way:
    """One way to make a mistake, alone."""

    mistake: Misconception
    number: int
    alone: Misconceived

    @property
    def key(self) -> tuple[str, int]:
        return self.mistake.id, self.number

    @property
    def edits(self) -> tuple[Edit, ...]:
        return self.mistake.variants[self.number]


class Pairs:
    """The pairs of a lecture's misconceptions; each is made when it is first asked for, and remembered."""

    def __init__(
        self,
        lecture: Lecture,
        alone: Callable[[Misconception], Sequence[Misconceived]],
        effort: Effort,
        book: Sketchbook,
        answers: Recall | None = None,
    ) -> None:
        self.lecture = lecture
        self.alone = alone
        self.effort = effort
        self.book = book
        self.answers = answers
        self.known: dict[tuple[tuple[str, int], tuple[str, int]], Bounded | None] = {}

    def candidates(self, exercise: str, cases: Sequence[Case]) -> list[Pair]:
        """The pairs that agree with the student on every case, of each the earlier in the course first.

        Of those that cannot be it no copy is made: see `_could`. None if too many are left.
        """
        if not cases:
            return []
        all = list(self._ways(exercise))
        for case in cases:
            look(self.book, [way.alone for way in all], case)
        ways = [(way, _seen(way, cases)) for way in all]
        ways = [(way, seen) for way, seen in ways if any(shows for shows, _ in seen)]
        pairs = [pair for pair in combinations(ways, 2) if pair[0][0].mistake != pair[1][0].mistake]
        left = [(a, b) for (a, by_a), (b, by_b) in pairs if _could(by_a, by_b, cases)]
        made = [(a, b) for a, b in left if fit(a.edits, b.edits, self.lecture)]
        if len(made) > MOST_PAIRS:
            return []
        look(self.book, [both for a, b in made if (both := self._both(a, b))], cases[0])
        found = [(a.mistake, b.mistake) for a, b in made if self._gives(a, b, cases)]
        return list(dict.fromkeys(found))

    def explain(self, pair: Pair, cases: Iterable[Case]) -> bool:
        """Whether two ways to make these two mistakes, together, give just what the student's code gave."""
        cases = list(cases)
        ways = [[Way(m, i, alone) for i, alone in enumerate(self.alone(m))] for m in pair]
        return any(self._gives(a, b, cases) for a in ways[0] for b in ways[1])

    def _ways(self, exercise: str) -> Iterator[Way]:
        """The ways to make a mistake in this exercise. Those that vary from graph to graph are not paired."""
        for mistake in known_mistakes(self.lecture.id):
            for number, edits in enumerate(mistake.variants):
                if not mistake.varies and exercise in exercises_of(edits, self.lecture):
                    yield Way(mistake, number, self.alone(mistake)[number])

    def _gives(self, a: Way, b: Way, cases: Sequence[Case]) -> bool:
        both = self._both(a, b)
        return both is not None and all(case.is_given_by(both) for case in cases)

    def _both(self, a: Way, b: Way) -> Bounded | None:
        """Our solution with both in it; None if the two cannot stand in one file."""
        if (a.key, b.key) not in self.known:
            files = together(a.edits, b.edits, self.lecture)
            self.known[a.key, b.key] = (
                None if files is None else Bounded(self.lecture, files, self.effort, self.answers)
            )
        return self.known[a.key, b.key]


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
