"""What patterns are looked for in: pairs of arrays, yours and expected, and when two numbers in them are the same."""

from collections.abc import Callable, Sequence
from typing import Any

from grader.inside.probe import Tolerance

FEWEST = 3  # fewer different numbers show no pattern: through two points goes every line
MOST = 200_000  # numbers, beyond which nobody looks for patterns
ROUNDING = 1e-12


class Pairs:
    """Yours and expected, pair by pair, and when two numbers in them count as the same."""

    def __init__(self, pairs: Sequence[tuple[Any, Any]], tolerance: Tolerance) -> None:
        self.pairs = pairs
        self.tolerance = tolerance

    def __iter__(self) -> Any:
        return iter(self.pairs)

    def close(self, one: Any, other: Any) -> bool:
        """Whether two arrays are the same, up to what the tolerance allows."""
        return one.shape == other.shape and bool((abs(one - other) <= self.allowed(other)).all())

    def allowed(self, values: Any) -> Any:
        return self.tolerance.absolute + (self.tolerance.relative + ROUNDING) * abs(values)

    def various(self, values: Any) -> bool:
        """Whether there are enough numbers in it that are clearly different ones."""
        import numpy

        ordered = numpy.sort(values, axis=None)
        return int((numpy.diff(ordered) > 10 * self.allowed(ordered[1:])).sum()) + 1 >= FEWEST

    def all(self, holds: Callable[[Any, Any], bool]) -> bool:
        return all(holds(yours, expected) for yours, expected in self.pairs)

    def any(self, shows: Callable[[Any, Any], bool]) -> bool:
        return any(shows(yours, expected) for yours, expected in self.pairs)

    def flat(self) -> tuple[Any, Any]:
        """All numbers of all pairs, in two rows; of no length if a pair has two shapes."""
        import numpy

        if any(y.shape != e.shape for y, e in self.pairs):
            return numpy.zeros(0), numpy.zeros(0)
        yours, expected = zip(*((y.reshape(-1), e.reshape(-1)) for y, e in self.pairs), strict=True)
        return numpy.concatenate(yours), numpy.concatenate(expected)

    def things(self, what: str) -> str:
        """What its rows, or columns, are called: a row of numbers has numbers alone."""
        return "numbers" if self.all(lambda y, e: e.ndim == 1) else what
