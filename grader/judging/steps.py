"""The steps of a suite test: what must agree, on inputs that are made up, and written as plain data, once for all."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from grader.inside.probe import Probe, each
from grader.judging.properties import WIDER, Inputs, candidates, pool
from grader.sandbox.observation import Asked

Question = tuple[Probe, Mapping[str, Any]]


class Agree:
    """One measurement that must agree."""

    def __init__(self, probe: Probe, inputs: Mapping[str, Any]) -> None:
        self.probe = probe
        self.inputs = Asked.of(inputs)
        self.questions: tuple[Question, ...] = ((probe, self.inputs),)


@dataclass(frozen=True, eq=False)
class ForAll:
    """Measurements of inputs of a kind, all of which must agree; they are made up from the seed."""

    probe: Probe
    inputs: Inputs
    count: int
    seed: str

    @cached_property
    def together(self) -> Question:
        """Many of these inputs as one question."""
        return each(self.probe), Asked(each=list(pool(self.inputs, self.seed, self.count)))

    @cached_property
    def candidates(self) -> tuple[Asked, ...]:
        """Where the smallest failing inputs are sought."""
        return tuple(map(Asked.of, candidates(self.inputs, self.seed, self.count)))

    @cached_property
    def wider(self) -> tuple[Asked, ...]:
        """Where any failing inputs are sought."""
        return tuple(map(Asked.of, pool(self.inputs, self.seed, max(self.count, WIDER))))

    @property
    def questions(self) -> tuple[Question, ...]:
        return (self.together,)


@dataclass(frozen=True)
class AtMost:
    """A number that our own code computes from data that was handed in, and that must not be above the limit."""

    probe: Probe
    limit: float

    @property
    def questions(self) -> tuple[Question, ...]:
        """None: nothing of a student's code is measured."""
        return ()


Step = Agree | ForAll | AtMost
