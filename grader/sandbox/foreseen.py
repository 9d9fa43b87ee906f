"""What a worker will surely be asked: questions that follow each other travel together, and so do their answers.

Each is measured as if it were alone. Hidden ones travel with hidden ones only: of a public question a student is shown
what his code prints and gives back, so no hidden one may come along with it.
"""

from collections.abc import Iterable
from typing import NamedTuple

from grader.inside.probe import Probe
from grader.sandbox.observation import Asked

MOST = 16
QUICK = 2.0  # seconds that a question may take that travels with others


class Foreseen(NamedTuple):
    """A question that will be asked whatever the others give. Whether it is hidden."""

    probe: Probe
    inputs: Asked
    is_hidden: bool = False

    def is_this(self, probe: Probe, inputs: Asked) -> bool:
        """Whether it is the question that is asked now."""
        return probe is self.probe and inputs is self.inputs

    def goes_with(self, other: "Foreseen") -> bool:
        """Whether the two may travel together."""
        return self.is_hidden == other.is_hidden and max(self.probe.seconds, other.probe.seconds) <= QUICK


class Course:
    """The questions that are foreseen, in their order."""

    def __init__(self, questions: Iterable[Foreseen] = ()) -> None:
        self.questions = list(questions)

    def together(self, probe: Probe, inputs: Asked) -> list[Foreseen]:
        """This question and what may travel with it; they are foreseen no more, nor is what was before it."""
        place = next((n for n, one in enumerate(self.questions) if one.is_this(probe, inputs)), None)
        if place is None:
            return [Foreseen(probe, inputs)]
        first, *behind = self.questions[place:]
        found = [first, *(one for one in behind if one.goes_with(first))][:MOST]
        self.questions = [one for one in behind if not any(one is taken for taken in found)]
        return found
