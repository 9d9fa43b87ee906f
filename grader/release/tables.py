"""What many wrong copies gave, written as a table: of each question the different answers, and which each gave."""

from collections.abc import Mapping, Sequence

from grader.course.safe_text import clean
from grader.errors import Fault
from grader.inside import plain
from grader.inside.plain import Plain
from grader.inside.probe import REGISTRY
from grader.judging.case import agree
from grader.judging.recorded.answers import AS_OURS, as_told, observation, packed
from grader.judging.sketches import shortened
from grader.judging.subjects import Subject
from grader.release.questions import Group
from grader.sandbox.observation import RAISED, RETURNED, Observation

MOST_ANSWERS = 32_000
LARGE = 700  # bytes of an answer as data; of a larger one a sketch is kept

Given = Sequence[Observation]  # to the questions of a group


class Sheet:
    """A table while it is filled, copy by copy."""

    def __init__(self, ours: Mapping[Group, Given], large: int = LARGE, finely: bool = False) -> None:
        self.ours = ours
        self.large = large
        self.finely = finely
        self.count = 0
        self.answers: dict[str, dict[object, int]] = {}
        self.kept: dict[str, list[Observation]] = {}
        self.numbers: dict[str, dict[int, int]] = {}

    def add(self, given: Mapping[Group, Given]) -> None:
        """What one more copy gave to some groups; to all others it gave what ours does."""
        for group, observations in given.items():
            for key, one, ours in zip(group.keys, observations, self.ours[group], strict=True):
                if _content(one) != _content(ours) and not _is_as_good(one, ours, group):
                    self._keep(key, one)
        self.count += 1

    def _keep(self, key: str, one: Observation) -> None:
        known, kept = self.answers.setdefault(key, {}), self.kept.setdefault(key, [])
        number = known.setdefault(_content(one), len(kept) + 1)
        if number > len(kept):
            kept.append(shortened(one, self.finely) if _is_large(one, self.large) else one)
        if number > MOST_ANSWERS:
            raise Fault(f"more than {MOST_ANSWERS} different answers to one question")
        self.numbers.setdefault(key, {})[self.count] = number

    def told(self) -> Plain:
        """The table as data."""
        return {
            key: [
                [as_told(one) for one in kept],
                packed([self.numbers[key].get(copy, AS_OURS) for copy in range(self.count)]),
            ]
            for key, kept in self.kept.items()
        }


def observe_group(subject: Subject, group: Group) -> list[Observation]:
    """What a subject gives to each question of a group; all are asked at once where that works."""
    if len(group.inputs) > 1:
        answer = subject.observe(REGISTRY[f"{group.probe.name}.one_by_one"], group.together)
        if answer.kind == RETURNED:
            return [_outcome(one) for one in answer.value]
        if answer.kind != RAISED:
            return [answer] * len(group.inputs)
    return [subject.observe(group.probe, one) for one in group.inputs]


def _outcome(told: Sequence[Plain]) -> Observation:
    if told[0]:
        return Observation(RETURNED, told[1])
    return Observation(RAISED, type=clean(told[1], 100), text=clean(told[2]))


def shorter(part: Plain, large: int) -> Plain:
    """A part of a recording, with sketches in the place of answers that are larger than this."""
    if not isinstance(part, dict) or "table" not in part:
        return part
    table = {
        key: [[_in_short(answer, large) for answer in answers], numbers]
        for key, (answers, numbers) in part["table"].items()
    }
    return {**part, "table": table}


def _in_short(answer: Plain, large: int) -> Plain:
    one = observation(answer)
    return as_told(shortened(one)) if _is_large(one, large) else answer


def _is_large(one: Observation, large: int = LARGE) -> bool:
    return one.kind == RETURNED and len(plain.encode(one.value)) > large


def _is_as_good(one: Observation, ours: Observation, group: Group) -> bool:
    """Whether a large answer is the same measurement as ours, up to rounding."""
    return _is_large(one) and agree(one, ours, group.probe)


def _content(one: Observation) -> object:
    """What tells observations apart."""
    return one.kind, one.type, one.text, one.digest
