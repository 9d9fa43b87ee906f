"""Our solution with bugs that may keep it from ever ending: it is run for so many lines, and no more."""

import hashlib
import inspect
import math
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from grader.course import Lecture, places
from grader.inside import plain
from grader.inside.probe import Probe
from grader.judging.subjects import REMEMBERED, Elsewhere, Misconceived, Recall, Reference
from grader.sandbox.observation import RETURNED, TIMED_OUT, Asked, Observation

# of ours are run so many times the lines that right code takes
PATIENCE = 20
LEAST_LINES = 5_000


class Effort(Reference):
    """Our solution, as a measure of how many lines a measurement takes."""

    def __init__(self, lecture: Lecture, answers: Recall | None = None, elsewhere: Elsewhere | None = None) -> None:
        super().__init__(lecture, answers=answers, elsewhere=elsewhere)
        self.lecture = lecture
        self.counts: dict[tuple[str, bytes], Count] = {}

    def of(self, probe: Probe, inputs: Mapping[str, Any]) -> "Count":
        """The lines, and the functions, that are run to answer this question."""
        asked = Asked.of(inputs)
        key = probe.name, asked.sha256
        if key not in self.counts:
            self.counts[key] = self._kept(probe, asked)
            if len(self.counts) > REMEMBERED:
                del self.counts[next(iter(self.counts))]
        return self.counts[key]

    def _kept(self, probe: Probe, asked: Asked) -> "Count":
        """As an answer, it is kept where others are."""

        def counted() -> Observation:
            with _lines(self.modules.lecture) as count:
                self._observe(probe, plain.decode(asked.encoded))
            return Observation(RETURNED, [count.lines, sorted(count.functions), count.is_whole])

        question = hashlib.sha256(f"whole effort {self.sha256} {probe.name} ".encode() + asked.sha256).hexdigest()
        lines, functions, is_whole = (self.answers.recall(question, counted) if self.answers else counted()).value
        return Count(lines, {(file, line) for file, line in functions}, is_whole)


class Bounded(Misconceived):
    """Our solution with bugs; a measurement that takes far more lines than ours is ended."""

    def __init__(
        self, lecture: Lecture, edited: Mapping[str, str], effort: Effort, answers: Recall | None = None
    ) -> None:
        super().__init__(lecture, edited, answers, effort.files)
        self.effort = effort

    def _observe(self, probe: Probe, inputs: Mapping[str, Any]) -> Observation:
        most = LEAST_LINES + PATIENCE * self.effort.of(probe, inputs).lines
        try:
            with _lines(self.modules.lecture, most):
                return super()._observe(probe, inputs)
        except _Endless:
            return Observation(TIMED_OUT)


class _Endless(BaseException):
    """More lines were run than any measurement needs."""


@dataclass
class Count:
    """How many lines have been run, and which functions, each as its file and first line.

    It is not whole where a measurement has looked at lines itself: what ran meanwhile is not in it.
    """

    lines: int = 0
    functions: set[tuple[str, int]] = field(default_factory=set)
    is_whole: bool = True

    def named(self, lecture: Lecture) -> frozenset[tuple[str, str]]:
        """The functions by their files and names, as Class.method."""
        return frozenset((file, places.function_at(lecture, file, line)) for file, line in self.functions)


@contextmanager
def _lines(lecture: str, most: float = math.inf) -> Iterator[Count]:
    """Count the lines that are run in a lecture's files, and stop when there are too many."""
    count, before = Count(), sys.gettrace()

    def line(frame: FrameType, event: str, argument: Any) -> Any:
        count.lines += event == "line"
        if count.lines > most:
            raise _Endless
        return line

    def call(frame: FrameType, event: str, argument: Any) -> Any:
        folder, _, file = frame.f_code.co_filename.partition("/")
        if folder != lecture:
            return None
        if frame.f_code.co_flags & inspect.CO_OPTIMIZED:  # no module, and no class
            count.functions.add((file, frame.f_code.co_firstlineno))
        return line

    def other(tracer: Any) -> None:
        count.is_whole = False
        settrace(tracer)

    settrace = sys.settrace
    settrace(call)
    sys.settrace = other
    try:
        yield count
    finally:
        sys.settrace = settrace
        settrace(before)
