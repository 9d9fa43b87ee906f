"""Our solution in a student kit: what it gave, which functions it ran, and its steps, as they were recorded."""

from collections.abc import Mapping
from typing import Any

from grader.inside.plain import Array
from grader.inside.probe import NotAsStated, Probe
from grader.judging.our_solution import Function
from grader.judging.recorded.answers import Answered, composed, keys_of
from grader.judging.subjects import Subject
from grader.sandbox.observation import RAISED, RETURNED, Observation

NOT_YET = "What was handed in is measured by your own code here, which cannot do that yet; at grading ours does it."


class RecordedSolution:
    """Our solution as far as the public checks ask."""

    def __init__(self, ours: Answered) -> None:
        self.ours = ours

    def observe(self, probe: Probe, inputs: Mapping[str, Any]) -> Observation:
        """What it gave when it was recorded."""
        return composed(probe, inputs, self.ours.answer)

    def with_data(self, probe: Probe, inputs: Mapping[str, Any], theirs: Subject) -> Observation:
        """What comes of data that was handed in: here the student's own code computes it, if it can."""
        found = theirs.observe(probe, inputs)
        if found.kind == RETURNED or found.type == NotAsStated.__name__:
            return found
        return Observation(RAISED, type=NotAsStated.__name__, text=NOT_YET)

    def ran(self, probe: Probe, inputs: Mapping[str, Any]) -> frozenset[Function]:
        """The functions that it ran to answer this question."""
        told = [self.ours.told.get(key, {}).get("ran", []) for key in keys_of(probe, inputs)]
        return frozenset((file, name) for functions in told for file, name in functions)

    def steps(self, probe: Probe, inputs: Mapping[str, Any]) -> dict[str, Array]:
        """Its steps on the way to this answer."""
        return dict(self.ours.told.get(keys_of(probe, inputs)[0], {}).get("steps", {}))
