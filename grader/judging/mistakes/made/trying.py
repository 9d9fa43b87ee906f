"""Which of the slips in an exercise explains what was observed, if only one does. It never guesses."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from grader.course import Lecture
from grader.inside import plain
from grader.inside.probe import Probe
from grader.judging.case import Case, agree
from grader.judging.comparison import numbers
from grader.judging.findings import AsIf
from grader.judging.mistakes.bounded import Effort
from grader.judging.mistakes.made.making import copies_of, slips_of, solutions
from grader.judging.mistakes.made.reaching import exercises_reached
from grader.judging.mistakes.made.slip import Slip
from grader.judging.mistakes.made.telling import told
from grader.judging.mistakes.made.workshop import Workshop
from grader.judging.sketches import Sketchbook, name_of
from grader.judging.subjects import Recall
from grader.sandbox.observation import NOT_PLAIN, RAISED, RETURNED, Asked, Observation

KEPT = 20_000  # answers that are kept at hand


class Slips:
    """The slips of a lecture; each is tried in the workshop when it is first asked for, and its answers are kept.

    `base` tells what they are made in from everything else, and `kinds` are the slips, the likeliest first.
    """

    kinds: tuple[Callable[[Lecture], Mapping[str, tuple[Slip, ...]]], ...] = (slips_of, copies_of)

    def __init__(
        self, lecture: Lecture, effort: Effort, workshop: Workshop, book: Sketchbook, answers: Recall | None = None
    ) -> None:
        self.lecture = lecture
        self.effort = effort
        self.workshop = workshop
        self.book = book
        self.answers = answers
        self.base = effort.sha256
        self.known: dict[str, Observation] = {}

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
        for slips in self.kinds:
            found = self._giving(slips(self.lecture).get(exercise, ()), ordered)
            if found:
                right = [case for case in elsewhere() if case.agrees]
                passed = self._run(ordered) | exercises_reached(self.lecture, sources, exercise)
                beyond = [case for id in sorted(passed - {exercise}) for case in wrong_in(id)]
                found = [slip for slip in found if self._gives(slip, [*right, *beyond])]
                found += self._as_well(found, [*ordered, *right, *beyond])
            if found:
                return told(found)
        return None

    def _as_well(self, found: Sequence[Slip], cases: Sequence[Case]) -> list[Slip]:
        """What gives the same where it stands, and not in a copy alone: then it may lie there."""
        inner = [slip.inner for slip in found if slip.inner and slip.inner.place.function != slip.place.function]
        return [slip for slip in inner if self._gives(slip, cases)]

    def _giving(self, slips: Sequence[Slip], cases: Sequence[Case]) -> list[Slip]:
        """Those that give just what the student's code gave; nearly all are ruled out by the first case."""
        case, asked = cases[0], Asked.of(cases[0].inputs)
        group = name_of(self.base, *(slip.name for slip in slips))
        sketches = self.book.of(group, case.probe, asked, lambda: (self._answer(slip, case) for slip in slips))
        verdicts = sketches.verdicts(case.in_short, case.probe.tolerance)
        left = [slip for slip, is_given in zip(slips, verdicts, strict=True) if is_given is not False]
        return [slip for slip in left if self._gives(slip, cases)]

    def _run(self, cases: Iterable[Case]) -> set[str]:
        """The exercises of which our solution runs something in those cases that went wrong."""
        wrong = [case for case in cases if not case.agrees]
        ran = {place for case in wrong for place in self.effort.of(case.probe, case.inputs).functions}
        return {id for file, line in ran for id in solutions(self.lecture)[file].exercises_in(line)}

    def _gives(self, slip: Slip, cases: Iterable[Case]) -> bool:
        """Whether our solution with the slip in it gives just what the student's code gave, in every case."""
        return all(agree(self._answer(slip, case), case.yours, case.probe) for case in cases)

    def _answer(self, slip: Slip, case: Case) -> Observation:
        asked = Asked.of(case.inputs)
        change = plain.encode([self.base, *slip.name, case.probe.name])
        key = hashlib.sha256(change + asked.sha256).hexdigest()
        if key not in self.known:
            observe = partial(self._observe, slip, case.probe, asked)
            self.known[key] = self.answers.recall(key, observe) if self.answers else observe()
            if len(self.known) > KEPT:
                del self.known[next(iter(self.known))]
        return self.known[key]

    def _observe(self, slip: Slip, probe: Probe, asked: Asked) -> Observation:
        edited = self._edited(slip)
        return self.workshop.observe(edited, probe, asked) if edited else Observation(NOT_PLAIN)

    def _edited(self, slip: Slip) -> Mapping[str, str] | None:
        """The files that are otherwise with this slip in them; None if it cannot be made."""
        return {slip.place.file: slip.applied(solutions(self.lecture)[slip.place.file].text)}


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
