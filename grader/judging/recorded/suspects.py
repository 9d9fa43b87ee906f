"""Wrong copies of our solution in a student kit: their sentences, and what they gave when they were recorded."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from grader.course import Lecture
from grader.inside.plain import Plain
from grader.judging.case import Case
from grader.judging.mistakes.known import Misconception
from grader.judging.mistakes.made.explaining import Explaining
from grader.judging.mistakes.made.slip import Place
from grader.judging.mistakes.suspects import Key
from grader.judging.our_solution import Function
from grader.judging.recorded.answers import Answered, Recorded, Table
from grader.judging.recorded.archive import Archive
from grader.judging.recorded.solution import RecordedSolution
from grader.judging.subjects import Subject
from grader.sandbox.observation import Observation


class RecordedSuspects:
    """The known mistakes of a lecture, pairs of them, and made ones."""

    def __init__(self, lecture: Lecture, archive: Archive, ours: Answered) -> None:
        known, pairs = archive.part("known"), archive.part("pairs")
        self.known = tuple(_mistake(told) for told in known["mistakes"])
        ways = [(told[0], number, within) for told in known["mistakes"] for number, within in enumerate(told[4])]
        self.within = {(id, number): set(exercises) for id, number, exercises in ways}
        table = Table(ours, known["table"])
        self.single = {(id, number): Recorded(table, place) for place, (id, number, _) in enumerate(ways)}
        keys, table = list(self.single), Table(ours, pairs["table"])
        self.double = {(keys[a], keys[b]): Recorded(table, place) for place, (a, b) in enumerate(pairs["pairs"])}
        self.made = RecordedSlips(lecture, archive, ours)

    def ways(self, mistake: Misconception) -> list[Recorded]:
        """What each way to make this mistake gave."""
        return [self.single[mistake.id, number] for number in range(len(mistake.variants))]

    def lies_in(self, way: Key, exercise: str) -> bool:
        """Whether it is made in the solution of this exercise."""
        return exercise in self.within[way]

    def fit(self, one: Key, other: Key) -> bool:
        """Whether the two were recorded in one copy."""
        return self.both(one, other) is not None

    def both(self, one: Key, other: Key) -> Recorded | None:
        """What both together gave; None if that was not recorded."""
        return self.double.get((one, other)) or self.double.get((other, one))

    def beside(self, way: Key) -> None:
        """Made mistakes beside a known one are too many to be recorded."""

    def look(self, ways: Sequence[Subject], case: Case) -> None:
        """Nothing is won by it: whatever is asked is known."""


def _mistake(told: Plain) -> Misconception:
    id, sentence, question, varies, within = told
    return Misconception(id, sentence, question, tuple(() for _ in within), varies)


@dataclass(frozen=True)
class RecordedSlip:
    """What may be said of a change, and what our solution gave with it."""

    place: Place
    clause: str
    size: int
    gave: Recorded = field(compare=False)
    inner: "RecordedSlip | None" = None


class RecordedSlips(Explaining[RecordedSlip]):
    """The made mistakes of a lecture, exercise by exercise as they are asked for."""

    def __init__(self, lecture: Lecture, archive: Archive, ours: Answered) -> None:
        super().__init__(lecture)
        self.archive = archive
        self.ours = ours
        self.solution = RecordedSolution(ours)
        self.known: dict[str, list[RecordedSlip]] = {}

    def _kinds(self, exercise: str) -> Iterator[Sequence[RecordedSlip]]:
        for kind in ("slips", "copies"):
            yield self._recorded(kind, exercise)

    def _recorded(self, kind: str, exercise: str) -> list[RecordedSlip]:
        part = f"{kind}-{exercise}"
        if part not in self.known:
            told = self.archive.part(part) or {"told": [], "table": {}}
            table = Table(self.ours, told["table"])
            self.known[part] = [self._slip(table, number, one) for number, one in enumerate(told["told"])]
        return self.known[part]

    def _slip(self, table: Table, number: int, told: Plain) -> RecordedSlip:
        exercise, file, function, result, clause, size, inner = told
        inside = self._recorded("slips", inner[0])[inner[1]] if inner else None
        return RecordedSlip(Place(exercise, file, function, result), clause, size, Recorded(table, number), inside)

    def _answer(self, one: RecordedSlip, case: Case) -> Observation:
        return one.gave.observe(case.probe, case.inputs)

    def _ran(self, case: Case) -> Iterable[Function]:
        return self.solution.ran(case.probe, case.inputs)

    def _left(self, slips: Sequence[RecordedSlip], case: Case) -> Sequence[RecordedSlip]:
        return slips
