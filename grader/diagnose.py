"""The one misconception that explains what was observed, or none. It never guesses."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from grader.compare import first_difference
from grader.course import Lecture
from grader.misconceptions import Misconception, known_mistakes
from grader.probes import Probe
from grader.subjects import RAISED, RETURNED, Misconceived, Observation, Recall, Subject


@dataclass(frozen=True)
class Case:
    """One probe on one set of inputs: what the student's code gave, and what was expected."""

    probe: Probe
    inputs: Mapping[str, Any]
    yours: Observation
    expected: Observation

    @cached_property
    def agrees(self) -> bool:
        return agree(self.yours, self.expected, self.probe)


def agree(one: Observation, other: Observation, probe: Probe) -> bool:
    """Whether two observations are the same measurement: equal results, or the same exception with the same text."""
    if one.kind != other.kind or one.kind not in (RETURNED, RAISED):
        return False
    if one.kind == RAISED:
        return (one.type, one.text) == (other.type, other.text)
    return first_difference(one.value, other.value, probe.tolerance) is None


class Diagnosis:
    """Knows a lecture's misconceptions; observes them only when asked, and remembers what it saw."""

    def __init__(self, lecture: Lecture, answers: Recall | None = None) -> None:
        self.lecture = lecture
        self.answers = answers
        self.subjects: dict[str, list[Misconceived]] = {}

    def candidates(self, cases: Iterable[Case]) -> list[Misconception]:
        """The misconceptions that agree with the student on every case and differ from what is expected on one."""
        cases = list(cases)
        wrong = [case for case in cases if not case.agrees]
        if not wrong:
            return []
        # the wrong cases first: nearly every misconception is ruled out by one of them
        ordered = [*wrong, *(case for case in cases if case.agrees)]
        return [m for m in known_mistakes(self.lecture.id) if self.explains(m, ordered)]

    def name(self, cases: Iterable[Case], elsewhere: Callable[[], Iterable[Case]]) -> Misconception | None:
        """The only misconception that explains all the cases, if there is exactly one.

        Where several do, those are ruled out that would have broken what is right in other exercises (`elsewhere`).
        """
        found = self.candidates(cases)
        if len(found) > 1:
            right = [case for case in elsewhere() if case.agrees]
            found = [m for m in found if self.explains(m, right)]
        return found[0] if len(found) == 1 else None

    def explains(self, misconception: Misconception, cases: Iterable[Case]) -> bool:
        """Whether one way to make the mistake gives just what the student's code gave, in every case.

        Where the order of a set decides between the ways, the way may change from case to case.
        """
        ways = self._subjects(misconception)
        if misconception.varies:
            return all(any(_gives(way, case) for way in ways) for case in cases)
        cases = list(cases)
        return any(all(_gives(way, case) for case in cases) for way in ways)

    def _subjects(self, misconception: Misconception) -> list[Misconceived]:
        if misconception.id not in self.subjects:
            self.subjects[misconception.id] = list(misconception.subjects(self.lecture, self.answers))
        return self.subjects[misconception.id]


def _gives(subject: Subject, case: Case) -> bool:
    return agree(subject.observe(case.probe, case.inputs), case.yours, case.probe)
