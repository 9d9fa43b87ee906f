"""What a worker will be asked next: so it can begin with it while we still look at its last answer.

A question is sent when the one before it is answered, and never sooner: no student's code runs beside a question that
is not its own, which might be a hidden one.
"""

from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

from grader.inside.probe import Probe
from grader.sandbox.observation import Asked


class Foreseen(NamedTuple):
    """A question that comes next. Whether it surely does, and after it surely the one behind it, whatever it gives."""

    probe: Probe
    inputs: Asked
    is_sure: bool = True
    is_followed: bool = True

    def is_this(self, probe: Probe, inputs: Asked) -> bool:
        """Whether it is the question that is asked now."""
        return probe is self.probe and inputs is self.inputs


class Sent(NamedTuple):
    """A question that a worker has been sent."""

    id: int
    probe: Probe
    inputs: Asked


class Course:
    """The questions that are foreseen, in their order."""

    def __init__(self, questions: Iterable[Foreseen] = ()) -> None:
        self.questions = deque(questions)

    def after(self, probe: Probe, inputs: Asked) -> Foreseen | None:
        """What surely comes after this question, which is answered; what was foreseen before it comes no more."""
        place = next((n for n, one in enumerate(self.questions) if one.is_this(probe, inputs)), None)
        if place is None:
            return None
        for _ in range(place):
            self.questions.popleft()
        now = self.questions.popleft()
        return self.questions[0] if self.questions and now.is_followed and self.questions[0].is_sure else None
