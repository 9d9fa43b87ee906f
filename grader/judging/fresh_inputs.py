"""Fresh inputs for a suite test, drawn from the class seed."""

import random
import struct
from math import prod

from grader.inside.arrays import FORMATS
from grader.inside.plain import Array


class Draw(random.Random):
    """Fresh inputs, the same for the same seed and test. Never 0, never 1, never the same number twice."""

    def __init__(self, seed: str) -> None:
        super().__init__(seed)
        self.drawn = {0.0, 1.0, 2.0, -1.0}

    def number(self, low: float, high: float, digits: int = 3) -> float:
        """A number between low and high with few digits, so that a student can type it in."""
        while (x := round(self.uniform(low, high), digits)) in self.drawn or -x in self.drawn:
            pass
        self.drawn.add(x)
        return x

    def numbers(self, count: int, low: float, high: float) -> list[float]:
        """Several of them."""
        return [self.number(low, high) for _ in range(count)]

    def array(
        self, *shape: int, low: float = -2.0, high: float = 2.0, digits: int = 3, dtype: str = "float64"
    ) -> Array:
        """An array of numbers with few digits, none of them 0; equal ones are possible in a large array."""
        numbers = [round(self.uniform(low, high), digits) or low for _ in range(prod(shape))]
        return Array(dtype, shape, struct.pack(f"<{len(numbers)}{FORMATS[dtype]}", *numbers))

    def integers(self, *shape: int, low: int, high: int) -> Array:
        """An int64 array of whole numbers from low up to, but not including, high."""
        numbers = [self.randrange(low, high) for _ in range(prod(shape))]
        return Array("int64", shape, struct.pack(f"<{len(numbers)}q", *numbers))

    def words(self, count: int, letters: str = "abcdefgh", shortest: int = 2, longest: int = 7) -> list[str]:
        """Made-up names from a few letters, each of which occurs; no two of the names are equal."""
        found = [letters]
        while len(found) < count:
            word = "".join(self.choices(letters, k=self.randint(shortest, longest)))
            if word not in found:
                found.append(word)
        self.shuffle(found)
        return found
