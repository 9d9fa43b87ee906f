"""Small arrays whose shapes belong together, as in W of shape (V, C) and xs of shape (n,) with numbers below V.

Sizes go by letters: the same letter is the same size. Entries have few digits, so that a student can type them in.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import prod
from typing import Any, Protocol

from grader.inside.arrays import FORMATS
from grader.inside.plain import Array
from grader.judging.properties.choices import Choices, number, one_of

MOST = 5  # so many sizes a letter may stand for


class Sizes:
    """What the letters stand for; each is chosen when it is first met."""

    def __init__(self, choices: Choices, least: Mapping[str, int], most: int) -> None:
        self.choices = choices
        self.least = least
        self.most = most
        self.known: dict[str, int] = {}

    def of(self, letter: str) -> int:
        if letter not in self.known:
            self.known[letter] = self.least.get(letter, 1) + self.choices.below(self.most)
        return self.known[letter]

    def shape(self, letters: str) -> tuple[int, ...]:
        return tuple(int(word) if word.isdigit() else self.of(word) for word in letters.split())


class Part(Protocol):
    """One of the inputs of a probe."""

    def made(self, choices: Choices, sizes: Sizes) -> Any: ...


@dataclass(frozen=True)
class Numbers:
    """An array of numbers."""

    letters: str
    dtype: str

    def made(self, choices: Choices, sizes: Sizes) -> Array:
        shape = sizes.shape(self.letters)
        return _array(self.dtype, shape, [number(choices) for _ in range(prod(shape))])


@dataclass(frozen=True)
class Indices:
    """An array of whole numbers from 0 up to, but not including, a size."""

    letters: str
    below: str

    def made(self, choices: Choices, sizes: Sizes) -> Array:
        shape, (limit,) = sizes.shape(self.letters), sizes.shape(self.below)
        return _array("int64", shape, [choices.below(limit) for _ in range(prod(shape))])


@dataclass(frozen=True)
class Size:
    """The size that a letter stands for, or a list of such."""

    letters: str
    is_list: bool

    def made(self, choices: Choices, sizes: Sizes) -> Any:
        found = list(sizes.shape(self.letters))
        return found if self.is_list else found[0]


@dataclass(frozen=True)
class AnyOf:
    """One of these, the simplest of which comes first."""

    ways: tuple[Any, ...]

    def made(self, choices: Choices, sizes: Sizes) -> Any:
        return one_of(choices, self.ways)


@dataclass(frozen=True)
class Arrays:
    """All inputs of a probe, by their names."""

    parts: tuple[tuple[str, Part], ...]
    least: tuple[tuple[str, int], ...]
    most: int = MOST

    def __call__(self, choices: Choices) -> Mapping[str, Any]:
        sizes = Sizes(choices, dict(self.least), self.most)
        return {name: part.made(choices, sizes) for name, part in self.parts}

    def size(self, inputs: Mapping[str, Any]) -> int:
        return sum(_size(value) for value in inputs.values())

    def up_to(self, inputs: Mapping[str, Any]) -> "Arrays":
        longest = max((n for value in inputs.values() for n in _lengths(value)), default=self.most)
        return replace(self, most=min(longest, self.most))


def arrays(least: Mapping[str, int] | None = None, **parts: Part) -> Arrays:
    """Inputs made of these parts; a letter stands for a size of 1 to 5, or from `least` upwards."""
    return Arrays(tuple(parts.items()), tuple((least or {}).items()))


def numbers(letters: str, dtype: str = "float64") -> Numbers:
    """An array of this shape: numbers("n 3") has three columns."""
    return Numbers(letters, dtype)


def indices(letters: str, below: str) -> Indices:
    """An array of this shape that holds whole numbers below a size."""
    return Indices(letters, below)


def size(letter: str) -> Size:
    """The size itself."""
    return Size(letter, is_list=False)


def shape(letters: str) -> Size:
    """Several sizes, as a list."""
    return Size(letters, is_list=True)


def any_of(*ways: Any) -> AnyOf:
    """One of these values."""
    return AnyOf(ways)


def _size(value: Any) -> int:
    """Entries of an array; of a list of sizes what they add up to."""
    return prod(value.shape) if isinstance(value, Array) else sum(_lengths(value))


def _lengths(value: Any) -> tuple[int, ...]:
    return value.shape if isinstance(value, Array) else tuple(value) if isinstance(value, list) else ()


def _array(dtype: str, shape: tuple[int, ...], values: list[Any]) -> Array:
    return Array(dtype, shape, struct.pack(f"<{len(values)}{FORMATS[dtype]}", *values))
