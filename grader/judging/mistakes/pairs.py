"""Two misconceptions of one exercise at once: which pairs could explain what was observed, and which of them do."""

import math
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from types import FrameType
from typing import Any

from grader.course import Lecture
from grader.inside import plain
from grader.inside.probe import Probe
from grader.judging.case import Case
from grader.judging.mistakes.edits import exercises_of, together
from grader.judging.mistakes.known import Misconception, known_mistakes
from grader.judging.subjects import Misconceived, Reference
from grader.sandbox.observation import TIMED_OUT, Asked, Observation

MOST_PAIRS = 120  # so many are tried for one exercise; of more it could not be said that one is the only one
# two mistakes together may never come to an end: of ours are run so many times the lines that right code takes
PATIENCE = 20
LEAST_LINES = 5_000

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


class Effort(Reference):
    """Our solution, as a measure of how many lines a measurement takes."""

    def __init__(self, lecture: Lecture) -> None:
        super().__init__(lecture)
        self.lines: dict[tuple[str, bytes], int] = {}

    def of(self, probe: Probe, inputs: Mapping[str, Any]) -> int:
        """The lines that are run to answer this question."""
        asked = Asked.of(inputs)
        key = probe.name, asked.sha256
        if key not in self.lines:
            with _lines(self.modules.lecture) as count:
                self._observe(probe, plain.decode(asked.encoded))
            self.lines[key] = count.run
        return self.lines[key]


class Both(Misconceived):
    """Our solution with two bugs, which may keep it from ever ending."""

    def __init__(self, lecture: Lecture, files: Mapping[str, str], effort: Effort) -> None:
        super().__init__(lecture, files)
        self.effort = effort

    def _observe(self, probe: Probe, inputs: Mapping[str, Any]) -> Observation:
        most = LEAST_LINES + PATIENCE * self.effort.of(probe, inputs)
        try:
            with _lines(self.modules.lecture, most):
                return super()._observe(probe, inputs)
        except _Endless:
            return Observation(TIMED_OUT)


class Pairs:
    """The pairs of a lecture's misconceptions; each is made when it is first asked for, and remembered."""

    def __init__(self, lecture: Lecture, alone: Callable[[Misconception], Sequence[Misconceived]]) -> None:
        self.lecture = lecture
        self.alone = alone
        self.effort = Effort(lecture)
        self.known: dict[tuple[tuple[str, int], tuple[str, int]], Both | None] = {}

    def candidates(self, exercise: str, cases: Sequence[Case]) -> list[Pair]:
        """The pairs that agree with the student on every case, of each the earlier in the course first.

        Of those that cannot be it no copy is made: see `_could`. None if too many are left.
        """
        if not cases:
            return []
        ways = [(way, _seen(way, cases)) for way in self._ways(exercise)]
        ways = [(way, seen) for way, seen in ways if any(shows for shows, _ in seen)]
        pairs = [pair for pair in combinations(ways, 2) if pair[0][0].mistake != pair[1][0].mistake]
        left = [(a, b) for (a, by_a), (b, by_b) in pairs if _could(by_a, by_b, cases)]
        made = [(a, b) for a, b in left if self._both(a, b)]
        if len(made) > MOST_PAIRS:
            return []
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

    def _both(self, a: Way, b: Way) -> Both | None:
        """Our solution with both in it; None if the two cannot stand in one file."""
        if (a.key, b.key) not in self.known:
            files = together(a.mistake.variants[a.number], b.mistake.variants[b.number], self.lecture)
            self.known[a.key, b.key] = None if files is None else Both(self.lecture, files, self.effort)
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


class _Endless(BaseException):
    """More lines were run than any measurement needs."""


@dataclass
class _Count:
    """Lines that have been run."""

    run: int = 0


@contextmanager
def _lines(lecture: str, most: float = math.inf) -> Iterator[_Count]:
    """Count the lines that are run in a lecture's files, and stop when there are too many."""
    count, before = _Count(), sys.gettrace()

    def line(frame: FrameType, event: str, argument: Any) -> Any:
        count.run += event == "line"
        if count.run > most:
            raise _Endless
        return line

    def call(frame: FrameType, event: str, argument: Any) -> Any:
        return line if frame.f_code.co_filename.startswith(f"{lecture}/") else None

    sys.settrace(call)
    try:
        yield count
    finally:
        sys.settrace(before)
