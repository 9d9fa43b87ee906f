"""The slips of a lecture, tried in the workshop."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from grader.course import Lecture
from grader.inside import plain
from grader.inside.probe import Probe
from grader.judging.case import Case
from grader.judging.mistakes.bounded import Effort
from grader.judging.mistakes.made.explaining import Explaining
from grader.judging.mistakes.made.making import copies_of, slips_of, solutions
from grader.judging.mistakes.made.slip import Slip
from grader.judging.our_solution import Function
from grader.judging.sketches import Sketchbook, name_of
from grader.judging.subjects import Recall
from grader.judging.workshop import Workshop
from grader.sandbox.observation import NOT_PLAIN, Asked, Observation

KEPT = 20_000  # answers that are kept at hand


class Slips(Explaining[Slip]):
    """The slips of a lecture; each is tried in the workshop when it is first asked for, and its answers are kept.

    `base` tells what they are made in from everything else, and `kinds` are the slips, the likeliest first.
    """

    kinds: tuple[Callable[[Lecture], Mapping[str, tuple[Slip, ...]]], ...] = (slips_of, copies_of)

    def __init__(
        self, lecture: Lecture, effort: Effort, workshop: Workshop, book: Sketchbook, answers: Recall | None = None
    ) -> None:
        super().__init__(lecture)
        self.effort = effort
        self.workshop = workshop
        self.book = book
        self.answers = answers
        self.base = effort.sha256
        self.known: dict[str, Observation] = {}

    def _kinds(self, exercise: str) -> Iterator[Sequence[Slip]]:
        return (slips(self.lecture).get(exercise, ()) for slips in self.kinds)

    def _ran(self, case: Case) -> frozenset[Function]:
        return self.effort.of(case.probe, case.inputs).named(self.lecture)

    def _left(self, slips: Sequence[Slip], case: Case) -> list[Slip]:
        """Those whose sketches do not rule them out."""
        asked = Asked.of(case.inputs)
        group = name_of(self.base, *(slip.name for slip in slips))
        sketches = self.book.of(group, case.probe, asked, lambda: (self._answer(slip, case) for slip in slips))
        verdicts = sketches.verdicts(case.in_short, case.probe.tolerance)
        return [slip for slip, is_given in zip(slips, verdicts, strict=True) if is_given is not False]

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
