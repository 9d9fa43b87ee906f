"""One probe on one set of inputs, on both sides, and whether the two came to the same."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from grader.inside.plain import Plain
from grader.inside.probe import Probe
from grader.judging.comparison import first_difference, pattern
from grader.judging.sketches import ENDLESS, IN_SHORT, Sketch, Sketches, is_alike, part_differs, sketch, sketches_of
from grader.judging.subjects import Subject
from grader.sandbox.observation import RAISED, RETURNED, Asked, Observation

LARGEST = 100_000  # of a case that is kept as text; no case that a student could type in comes near


class Uncertain(Exception):
    """What is known in short alone may be the same measurement, or not: nothing is said of it then."""


@dataclass(frozen=True)
class Case:
    """What the student's code gave, and what was expected."""

    probe: Probe
    inputs: Mapping[str, Any]
    yours: Observation
    expected: Observation
    exercise: str = ""  # whose test it is of
    given: dict[Subject, bool] = field(default_factory=dict, compare=False, repr=False)  # what was asked below
    showing: dict[Subject, bool] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def agrees(self) -> bool:
        return agree(self.yours, self.expected, self.probe)

    def is_given_by(self, subject: Subject) -> bool:
        """Whether this subject gives just what the student's code gave. Each is compared once."""
        if subject not in self.given:
            self.given[subject] = agree(subject.observe(self.probe, self.inputs), self.yours, self.probe)
        return self.given[subject]

    def shows(self, subject: Subject) -> bool:
        """Whether this subject gives something else than what is expected."""
        if subject not in self.showing:
            answer = subject.observe(self.probe, self.inputs)
            self.showing[subject] = not agree(answer, self.expected, self.probe)
        return self.showing[subject]

    @cached_property
    def in_short(self) -> Sketch:
        return sketch(self.yours)

    @cached_property
    def expected_in_short(self) -> Sketch:
        return sketch(self.expected)

    def learn(self, subjects: Sequence[Subject], sketches: Sketches) -> None:
        """Take what is certain of these subjects from sketches of what they give."""
        tolerance = self.probe.tolerance
        for subject, is_given in zip(subjects, sketches.verdicts(self.in_short, tolerance), strict=True):
            if is_given is not None:
                self.given.setdefault(subject, is_given)
        for subject, is_right in zip(subjects, sketches.verdicts(self.expected_in_short, tolerance), strict=True):
            if is_right is not None:
                self.showing.setdefault(subject, not is_right)


def kept(case: Case) -> dict[str, str] | None:
    """What is kept of a case, as text; None if it is too large."""
    inputs = base64.b64encode(Asked.of(case.inputs).encoded).decode()
    return {"probe": case.probe.name, "inputs": inputs} if len(inputs) <= LARGEST else None


def size(case: Case) -> int:
    """How much there is to look at: what a case computes, and on what. Single numbers beside it do not count."""
    return sum(len(Asked(value=x).encoded) for x in case.inputs.values() if not isinstance(x, int | float))


def agree(one: Observation, other: Observation, probe: Probe) -> bool:
    """Whether two observations are the same measurement: equal results, or the same exception with the same text.

    Of a recursion without an end the text does not count. Raises Uncertain if one that is known in short cannot tell.
    """
    if IN_SHORT in (one.kind, other.kind):
        return _agree_in_short(one, other, probe) if one.kind == IN_SHORT else _agree_in_short(other, one, probe)
    if one.kind != other.kind or one.kind not in (RETURNED, RAISED):
        return False
    if one.kind == RAISED:
        if one.type == other.type == ENDLESS:
            return True
        return (one.type, one.text) == (other.type, other.text)
    if one.value is other.value or one.digest == other.digest:  # as nearly always, and much faster
        return True
    return first_difference(one.value, other.value, probe.tolerance) is None


def _agree_in_short(short: Observation, other: Observation, probe: Probe) -> bool:
    """The same of one that was kept in short, for which a hash or sums have to decide."""
    (verdict,) = sketches_of(short).verdicts(sketch(other), probe.tolerance)
    if verdict is not None:
        return verdict
    if part_differs(short, other, probe.tolerance):
        return False
    if not is_alike(short, other, probe.tolerance):
        raise Uncertain
    return True


def wrong_ones_first(cases: Iterable[Case]) -> list[Case]:
    """Nearly every misconception is ruled out by one of the cases that went wrong. Empty if none did."""
    ordered = sorted(cases, key=lambda case: case.agrees)
    return ordered if ordered and not ordered[0].agrees else []


def pattern_of(case: Case, cases: Iterable[Case]) -> str:
    """What turns expected into yours in the first wrong step of `case`, and in the same step of all that measure it."""
    if case.yours.kind != RETURNED:
        return ""
    step = _first_wrong_step(case)
    same = [other for other in cases if other.probe == case.probe]
    if not all(other.yours.kind == RETURNED for other in same):
        return ""
    sides = [(_part(other.yours.value, step), _part(other.expected.value, step)) for other in same]
    return pattern(sides, case.probe.tolerance)


def _first_wrong_step(case: Case) -> str | None:
    """The key of the first item that differs; None if the results are no dicts of the same keys."""
    yours, expected = case.yours.value, case.expected.value
    if not isinstance(yours, dict) or not isinstance(expected, dict) or set(yours) != set(expected):
        return None
    wrong = (key for key in expected if first_difference(yours[key], expected[key], case.probe.tolerance))
    return next(wrong, None)


def _part(value: Plain, step: str | None) -> Plain:
    return value.get(step) if step is not None and isinstance(value, dict) else value
