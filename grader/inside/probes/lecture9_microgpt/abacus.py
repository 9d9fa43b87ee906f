"""The kit's own engine, for whoever has none of lecture 1: numbers on a tape, each with the slopes it was made with.

Nothing here is put off: the slope towards each input is worked out when a number is made, and is a plain float. Going
back is one walk over the numbers in the opposite order of their making, without recursion.
"""

import math
from itertools import count
from typing import Any

Link = tuple["Value", float]  # an input of a number, and the slope towards it
CLOCK = count()


class Value:
    """A number, its gradient, when it was made, and its links to what it was made from."""

    __slots__ = ("data", "grad", "links", "made")

    def __init__(self, data: float, links: tuple[Link, ...] = ()) -> None:
        self.data = data
        self.grad = 0.0
        self.links = links
        self.made = next(CLOCK)

    def __repr__(self) -> str:
        return f"Value({self.data})"

    def __add__(self, other: Any) -> "Value":
        if isinstance(other, Value):
            return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))
        return Value(self.data + other, ((self, 1.0),))

    def __sub__(self, other: Any) -> "Value":
        if isinstance(other, Value):
            return Value(self.data - other.data, ((self, 1.0), (other, -1.0)))
        return Value(self.data - other, ((self, 1.0),))

    def __mul__(self, other: Any) -> "Value":
        if isinstance(other, Value):
            return Value(self.data * other.data, ((self, other.data), (other, self.data)))
        return Value(self.data * other, ((self, other),))

    def __truediv__(self, other: Any) -> "Value":
        if isinstance(other, Value):
            share = self.data / other.data
            return Value(share, ((self, 1 / other.data), (other, -share / other.data)))
        return Value(self.data / other, ((self, 1 / other),))

    def __pow__(self, power: float) -> "Value":
        return Value(self.data**power, ((self, power * self.data ** (power - 1)),))

    def __neg__(self) -> "Value":
        return Value(-self.data, ((self, -1.0),))

    def __radd__(self, other: float) -> "Value":
        return self + other

    def __rsub__(self, other: float) -> "Value":
        return Value(other - self.data, ((self, -1.0),))

    def __rmul__(self, other: float) -> "Value":
        return self * other

    def __rtruediv__(self, other: float) -> "Value":
        share = other / self.data
        return Value(share, ((self, -share / self.data),))

    def exp(self) -> "Value":
        grown = math.exp(self.data)
        return Value(grown, ((self, grown),))

    def log(self) -> "Value":
        return Value(math.log(self.data), ((self, 1 / self.data),))

    def relu(self) -> "Value":
        return Value(max(self.data, 0.0), ((self, float(self.data > 0)),))

    def backward(self) -> None:
        """Add to the gradient of everything that this number was made from, by all ways that lead there."""
        self.grad = 1.0
        for value in self.tape():
            for below, slope in value.links:
                below.grad += slope * value.grad

    def tape(self) -> list["Value"]:
        """All that this number was made from and itself, the youngest first."""
        found, ahead = {self.made: self}, [self]
        while ahead:
            for below, _ in ahead.pop().links:
                if below.made not in found:
                    found[below.made] = below
                    ahead.append(below)
        return [found[made] for made in sorted(found, reverse=True)]
