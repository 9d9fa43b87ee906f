"""Inputs are made up from choices. The first way is the simplest, so that smaller choices make smaller inputs.

The choices come from a seed, or, where the smallest failing inputs are sought, one after the other (see `simple`).
"""

import random
from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from grader.inside import plain

T = TypeVar("T")

SIMPLE = (1.0, 2.0, 3.0, 4.0, 0.5, 1.5, 2.5, 3.5)
POOL = 20  # so many inputs a submission is tried on
WIDER = 30  # and so many if it goes wrong on one of these, to find a small one
ATTEMPTS = 1000  # of which many make nothing, or something that is there already


class Choices(Protocol):
    """Whatever decides between a number of ways."""

    def below(self, count: int) -> int:
        """A whole number from 0 up to, but not including, `count`."""
        ...


class Inputs(Hashable, Protocol):
    """A kind of inputs of a probe."""

    def __call__(self, choices: Choices) -> Mapping[str, Any] | None:
        """Inputs made up from choices; None if these make nothing that could be measured."""
        ...

    def size(self, inputs: Mapping[str, Any]) -> int:
        """How much of it there is to look at: operations, entries."""
        ...

    def up_to(self, inputs: Mapping[str, Any]) -> "Inputs":
        """The same kind, but nothing larger than these."""
        ...


class Drawn:
    """Choices by chance, the same for the same seed."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)

    def below(self, count: int) -> int:
        return self.random.randrange(count)


class Simplest:
    """Always the first way."""

    def below(self, count: int) -> int:
        return 0


def one_of(choices: Choices, ways: Sequence[T]) -> T:
    """One of these, the simplest of which comes first."""
    return ways[choices.below(len(ways))]


def number(choices: Choices) -> float:
    """A number with at most two decimals, away from 0: one of the simple ones, or another.

    It takes as many choices either way, so that what comes next stays the same when it becomes a simple one.
    """
    is_other, place, sign, fine = choices.below(2), choices.below(8), one_of(choices, (1, -1)), choices.below(8)
    return sign * (round(0.25 + 0.48 * place + 0.06 * fine, 2) if is_other else SIMPLE[place])


@lru_cache(maxsize=1000)
def pool(inputs: Inputs, seed: str, count: int = POOL) -> tuple[Mapping[str, Any], ...]:
    """Different inputs, the simplest of all among them, smaller ones first; the same for the same seed.

    With a larger count they are these and some more.
    """
    choices = Drawn(seed)
    made = [inputs(Simplest())]
    found: dict[bytes, Mapping[str, Any]] = {}
    for _ in range(ATTEMPTS):
        one = made.pop() if made else inputs(choices)
        if one is not None:
            found.setdefault(plain.encode(dict(one)), one)
        if len(found) == count:
            break
    return tuple(sorted(found.values(), key=inputs.size))
