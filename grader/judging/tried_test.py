"""One suite test tried on one submission: its cases, and what they came to before anything excuses or explains them."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from grader.course import load
from grader.errors import Fault
from grader.inside.probe import NotAsStated, Probe
from grader.judging.by_itself import ways_alone
from grader.judging.case import Case
from grader.judging.findings import ERRORED, FAILED, FAULT, PASSED, TODO
from grader.judging.properties import pool
from grader.judging.properties.smallest import LOST, first_wrong
from grader.judging.steps import Agree, AtMost, ForAll, Step
from grader.judging.subjects import Expected, Subject
from grader.judging.suite import PUBLIC, Test, steps_of
from grader.judging.unwritten import Unwritten
from grader.sandbox.familiar import FAMILIAR
from grader.sandbox.foreseen import Foreseen
from grader.sandbox.observation import DIED, RAISED, RETURNED, TIMED_OUT, Asked, Observation
from grader.sandbox.observation import TODO as NOT_WRITTEN
from grader.sandbox.sandboxed import Sandboxed
from grader.submission.weights import NotTensors, read_tensors

FEW = 3  # inputs that are tried of code that is too slow for many
UNREADABLE = ("SyntaxError", "IndentationError", "TabError")


class _Stop(Exception):
    """The worker was lost in the middle of a test: its other cases are not tried."""


@dataclass
class Trial:
    """One test on one submission. `alone`: whether it passes by itself, to be asked if what it needs has not passed."""

    test: Test
    cases: list[Case]
    seconds: float
    unwritten: Unwritten
    fault: str = ""
    alone: Callable[[], bool] = lambda: False

    @cached_property
    def written(self) -> list[Case]:
        """The cases in which no part of the exercise was missing that is not there yet."""
        return [case for case in self.cases if self._met(case) != self.test.exercise]

    @cached_property
    def first_wrong(self) -> Case | None:
        """The first case that went wrong; where that is because something is not there yet, rather another one."""
        wrong = [case for case in self.cases if not case.agrees]
        judged = [case for case in wrong[:1] if self._met(case) != self.test.exercise]
        return next(iter(judged or [case for case in wrong if not self._met(case)] or wrong), None)

    @property
    def status(self) -> str:
        """What happened, as if there were no prerequisites."""
        if self.fault:
            return FAULT
        case = self.first_wrong
        if case is None:
            return PASSED
        if case.yours.kind == RETURNED:
            return FAILED
        return TODO if case.yours.kind == NOT_WRITTEN or self._met(case) == self.test.exercise else ERRORED

    @property
    def is_unlike_the_statement(self) -> bool:
        """Whether it stopped because something is called, or kept, otherwise than stated, so that nothing was seen."""
        case = self.first_wrong
        return case is not None and case.yours.type == NotAsStated.__name__

    @property
    def broken_file(self) -> str:
        """The file that did not get through its import, if that is what went wrong."""
        case = self.first_wrong
        frames = case.yours.frames if case else ()
        if case is None or not frames or not (case.yours.at_import or case.yours.type in UNREADABLE):
            return ""
        last = frames[0 if case.yours.kind in (TIMED_OUT, DIED) else -1]
        return last.file.rpartition("/")[2] if last.function in ("", "<module>") else ""

    @cached_property
    def is_right_alone(self) -> bool:
        """Whether it passes with stand-ins for what other exercises compute; false if there are none."""
        try:
            return not self.fault and self.alone()
        except Exception as error:  # as in `attempt`: the kit's own failure
            self.fault = f"{type(error).__name__}: {error}"
            return False

    @property
    def waits_for(self) -> str:
        """The other exercise whose stub was met, or whose file is not there, if that is why this test could not run."""
        case = self.first_wrong
        met = "" if self.fault or case is None else self._met(case)
        return met if met != self.test.exercise else ""

    def _met(self, case: Case) -> str:
        """The exercise that is not there yet, if that is what stopped this case."""
        return "" if case.yours.kind == RETURNED else self.unwritten.met(case.yours, self.test.exercise)


def attempt(
    test: Test,
    subject: Subject,
    reference: Expected,
    seed: int,
    files: Mapping[str, bytes] | None = None,
    is_waiting: Callable[[], bool] = lambda: False,
) -> Trial:
    """Run a test: every case is observed on both sides and kept. What breaks here is our fault, and kept as that.

    `files` is what was handed in, for the tests that judge data and not code. `is_waiting` says whether the test waits
    for another exercise if it goes wrong: then nobody is told the smallest case, and it is not looked for.
    """
    return _Attempt(test, subject, reference, seed, files or {}, is_waiting).run()


def foresee(subject: Subject, tests: Iterable[Test], seed: int) -> None:
    """Tell a student's worker what these tests will surely ask, one after the other: so it need not wait for us."""
    if isinstance(subject, Sandboxed):
        subject.foresee(question for test in tests for question in _foreseen(test, seed))


def _foreseen(test: Test, seed: int) -> Iterator[Foreseen]:
    """What a test will ask in any case. Many inputs together are asked only if all before has agreed."""
    with suppress(Exception):  # the kit's own failure is met again, and told, when the test is tried
        for number, step in enumerate(steps_of(test, seed)):
            if number == 0 or not isinstance(step, ForAll):
                for probe, inputs in step.questions:
                    yield Foreseen(probe, Asked.of(inputs), test.visibility != PUBLIC)


@dataclass
class _Attempt:
    """A test while it runs: what it calls to say what must agree, and the cases that have come of it so far."""

    test: Test
    subject: Subject
    reference: Expected
    seed: int
    files: Mapping[str, bytes]
    is_waiting: Callable[[], bool]
    cases: list[Case] = field(default_factory=list)

    def run(self) -> Trial:
        started = time.perf_counter()
        fault = ""
        try:
            for step in steps_of(self.test, self.seed):
                self._take(step)
        except _Stop:
            pass
        except Exception as error:
            fault = f"{type(error).__name__}: {error}"
        unwritten = Unwritten(load().exercise(self.test.exercise).lecture, self.files)
        return Trial(self.test, self.cases, time.perf_counter() - started, unwritten, fault, self._is_right_alone)

    def _take(self, step: Step) -> None:
        match step:
            case Agree():
                self._agree(step)
            case ForAll():
                self._for_all(step)
            case AtMost():
                self._at_most(step)

    def _agree(self, step: Agree) -> None:
        """One measurement."""
        self.cases.append(self._observed(step.probe, step.inputs))
        if self.cases[-1].yours.kind in LOST:
            raise _Stop

    def _for_all(self, step: ForAll) -> None:
        """Inputs of a kind: they are measured together.

        If that does not agree, others are one by one, the smallest first, and the first wrong one is the case that
        counts. Of slow code only a few are asked for. Nothing is looked for where the test has gone wrong already.
        """
        if not all(case.agrees for case in self.cases):
            return
        together = self._observed(*step.together)
        if together.agrees:
            self.cases.append(together)
            return
        is_slow = together.yours.kind == TIMED_OUT
        few = pool(step.inputs, step.seed)[:FEW] if is_slow else step.wider if self.is_waiting() else step.candidates
        wrong = first_wrong(few, lambda one: self._observed(step.probe, one))
        if wrong is None:
            return
        self.cases.append(wrong)
        if wrong.yours.kind in LOST:
            raise _Stop

    def _at_most(self, step: AtMost) -> None:
        """A number that our own code computes from a student's data."""
        inputs: dict[str, Any] = {"tensors": {}}
        try:
            inputs["tensors"] = read_tensors(self.files[load().exercise(self.test.exercise).file])
            found = self.reference.with_data(step.probe, inputs, self.subject)
        except NotTensors as error:
            found = Observation(RAISED, type="NotAsStated", text=str(error))
        limits = dict.fromkeys(found.value, step.limit) if found.kind == RETURNED else step.limit
        self.cases.append(Case(step.probe, inputs, found, Observation(RETURNED, limits)))

    def _is_right_alone(self) -> bool:
        """Whether everything that the test asks agrees in one of the ways to leave out what other exercises compute."""
        return any(
            all(self._observed(probe, inputs).agrees for probe, inputs in way)
            for way in ways_alone(self.test, self.seed)
        )

    def _observed(self, probe: Probe, inputs: Mapping[str, Any]) -> Case:
        asked = Asked.of(inputs)
        expected = self.reference.observe(probe, asked)
        if expected.kind != RETURNED:
            raise Fault(f"the reference {expected.kind} in {self.test.name}: {expected.text}")
        if probe.conclude is None:  # else it is not what was measured, but what follows from that
            FAMILIAR.learn(expected)
        return Case(probe, asked, self.subject.observe(probe, asked), expected, self.test.exercise)
