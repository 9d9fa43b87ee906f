"""Inputs are made up from choices. The first way is the simplest, so that smaller choices make smaller inputs.

The choices come from a seed, or, where the smallest failing inputs are looked for, from hypothesis.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from grader import plain

T = TypeVar("T")

SIMPLE = (1.0, 2.0, 3.0, -1.0, 0.5, -2.0, 1.5, 4.0)
POOL = 30  # so many inputs a submission is tried on
ATTEMPTS = 1000  # of which many make nothing, or something that is there already


class Choices(Protocol):
    """Whatever decides between a number of ways."""

    def below(self, count: int) -> int:
        """A whole number from 0 up to, but not including, `count`."""
        ...


Inputs = Callable[[Choices], Mapping[str, Any] | None]  # None: these choices make nothing that could be measured


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


class Bits:
    """Choices of yes and no, each of which `bit` gives: no is the simpler answer."""

    def __init__(self, bit: Callable[[], bool]) -> None:
        self.bit = bit

    def below(self, count: int) -> int:
        number = 0
        for _ in range((count - 1).bit_length()):
            number = 2 * number + self.bit()
        return number % count


def one_of(choices: Choices, ways: Sequence[T]) -> T:
    """One of these, the simplest of which comes first."""
    return ways[choices.below(len(ways))]


def number(choices: Choices) -> float:
    """A number with at most two decimals, never 0: one of the simple ones, or another."""
    if not choices.below(2):
        return one_of(choices, SIMPLE)
    return round(choices.below(256) / 32 - 4, 2) or 0.25


@lru_cache(maxsize=1000)
def pool(inputs: Inputs, seed: str) -> tuple[Mapping[str, Any], ...]:
    """Different inputs, the simplest of all among them, smaller ones first; the same for the same seed."""
    choices = Drawn(seed)
    made = [inputs(Simplest())]
    found: dict[bytes, Mapping[str, Any]] = {}
    for _ in range(ATTEMPTS):
        one = made.pop() if made else inputs(choices)
        if one is not None:
            found.setdefault(plain.encode(dict(one)), one)
        if len(found) == POOL:
            break
    return tuple(found[key] for key in sorted(found, key=lambda key: (len(key), key)))
