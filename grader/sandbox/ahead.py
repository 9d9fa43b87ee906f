"""Questions that go to a worker before it is their turn: it need not wait for us, nor we for it.

They go in the very order in which they would be asked one by one, and how many are on their way depends on no clock.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from grader.inside.probe import Probe
from grader.sandbox.observation import Asked, Observation

MOST = 16  # questions on their way
FEW = 6  # when no more are on their way, others follow
ROOM = 1 << 15  # bytes of them: half of what a pipe holds, so that sending them never waits
HEAD = 200  # bytes of a question besides its inputs, at most


class Foreseen(NamedTuple):
    """What will be asked next; what is not sure to be asked is not sent before its turn."""

    probe: Probe
    inputs: Asked
    is_sure: bool = True

    def is_this(self, probe: Probe, inputs: Asked) -> bool:
        """Whether it is the question that is asked now."""
        return probe is self.probe and inputs is self.inputs

    @property
    def size(self) -> int:
        """How many bytes go to the worker."""
        return len(self.inputs.encoded) + HEAD


class Sent(NamedTuple):
    """A question on its way; `marked` if the worker was asked to mark where what it prints for it ends."""

    id: int
    question: Foreseen
    marked: bool


@dataclass
class Ahead:
    """What is foreseen, what is on its way, and the answers that have come before their turn."""

    foreseen: deque[Foreseen] = field(default_factory=deque)
    sent: deque[Sent] = field(default_factory=deque)
    early: list[tuple[Foreseen, Observation]] = field(default_factory=list)

    def foresee(self, questions: Iterable[Foreseen]) -> None:
        """From now on these come next, in this order."""
        self.foreseen = deque(questions)

    def taken(self, probe: Probe, inputs: Asked) -> Observation | None:
        """The answer to this question if it has come before its turn; it is given out once."""
        for at, (question, answer) in enumerate(self.early):
            if question.is_this(probe, inputs):
                del self.early[at]
                return answer
        return None

    def is_under_way(self, probe: Probe, inputs: Asked) -> bool:
        """Whether the next answer will be that to this question."""
        return bool(self.sent) and self.sent[0].question.is_this(probe, inputs)

    def first(self, probe: Probe, inputs: Asked) -> list[Foreseen]:
        """This question and those that follow it, to be sent together; it alone if it was not foreseen."""
        passed = next((n for n, one in enumerate(self.foreseen) if one.is_this(probe, inputs)), None)
        if passed is None:
            return [Foreseen(probe, inputs)]
        for _ in range(passed + 1):  # what was foreseen before it will not be asked any more
            self.foreseen.popleft()
        now = Foreseen(probe, inputs)
        return [now, *self._following(1, now.size)]

    def more(self) -> list[Foreseen]:
        """Those that follow what is on its way, when that has become little."""
        if len(self.sent) > FEW:
            return []
        return list(self._following(len(self.sent), sum(one.question.size for one in self.sent)))

    def _following(self, count: int, size: int) -> Iterator[Foreseen]:
        """What comes next, as long as there is room beside so many questions of this size."""
        while self.foreseen and self.foreseen[0].is_sure and count < MOST and size + self.foreseen[0].size <= ROOM:
            yield (one := self.foreseen.popleft())
            count, size = count + 1, size + one.size
