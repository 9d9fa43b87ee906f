"""What turns the expected numbers into yours, worked out on the data: a factor, a sign, a transpose, a shift, an order.

A pattern is told only if it holds to the last digit in all that is compared, if the numbers are various enough to show
it, and if no other pattern does the same. It describes the numbers, and says nothing of how they came about.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from grader.inside.plain import Plain
from grader.inside.probe import Tolerance
from grader.judging.comparison.numbers import floats
from grader.judging.comparison.shown import show

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


def pattern(pairs: Iterable[tuple[Plain, Plain]], tolerance: Tolerance) -> str:
    """The one sentence that holds for every pair of yours and expected; empty if there is none, or more than one."""
    import numpy

    found = [(floats(y), floats(e)) for yours, expected in pairs for y, e in _blocks(yours, expected)]
    if not found or any(side is None or not side.size for pair in found for side in pair):
        return ""
    if sum(e.size for _, e in found) > MOST or not all(numpy.isfinite(side).all() for pair in found for side in pair):
        return ""
    data = Pairs(found, tolerance)
    if not data.various(numpy.concatenate([e.reshape(-1) for _, e in found])):
        return ""
    with numpy.errstate(all="ignore"):  # numbers may be as large as they like
        exact = [sentence for one in EXACT if (sentence := one(data))]
        others = [] if exact else [sentence for one in ORDERS if (sentence := one(data))]
    return exact[0] if len(exact) == 1 else next(iter(others), "")


def _blocks(yours: Plain, expected: Plain) -> Iterable[tuple[Plain, Plain]]:
    """A list of arrays, or of lists of different lengths, item by item; anything else as it is."""
    lists = isinstance(yours, list | tuple) and isinstance(expected, list | tuple) and len(yours) == len(expected)
    if not lists or floats(expected) is not None:
        return [(yours, expected)]
    return [pair for y, e in zip(yours, expected, strict=True) for pair in _blocks(y, e)]


# ---- number by number


def _number_by_number(data: Pairs) -> str:
    """A constant, a factor or a sum, the same for all numbers."""
    yours, expected = data.flat()
    if not yours.size:
        return ""
    if data.close(yours, yours[:1].repeat(yours.size)):
        return f"every number of yours is {_said(yours[0])}"
    return _factor(data, yours, expected) or _sum(data, yours, expected)


def _factor(data: Pairs, yours: Any, expected: Any) -> str:
    largest = abs(expected).argmax()
    if not expected[largest] or not data.various(abs(expected[expected != 0])):
        return ""
    factor = float(yours[largest] / expected[largest])
    if not factor or not data.close(yours, factor * expected):
        return ""
    if abs(factor + 1) < 1e-9:
        return "yours has the opposite sign everywhere"
    whole = round(1 / factor)
    if abs(whole) > 2 and abs(1 / factor - whole) < 1e-6 * abs(whole) and len(_said(factor)) > 5:
        return f"yours is expected divided by {whole} everywhere"
    return f"yours is expected times {_said(factor)} everywhere"


def _sum(data: Pairs, yours: Any, expected: Any) -> str:
    if data.all(lambda y, e: y.size >= FEWEST and data.close(y - y.mean(), e)):
        return "yours minus its own mean is what is expected"
    plus = float((yours - expected)[0])
    if not plus or not data.close(yours, expected + plus):
        return ""
    return f"yours is expected {'plus' if plus > 0 else 'minus'} {_said(abs(plus))} everywhere"


def _said(number: float) -> str:
    """A number in four digits; "about" if it has more; in ten if four would make it a 1."""
    short = float(f"{number:.4g}")
    if abs(short) == 1 and short != number:
        return show(float(f"{number:.10g}"))
    text = show(int(short) if short.is_integer() else short)
    return text if abs(short - number) <= 1e-6 * abs(number) else f"about {text}"


# ---- the same numbers in other places


def _transposed(data: Pairs) -> str:
    """Axes exchanged, where that changes anything."""
    for first, second in ((0, 1), (1, 2), (0, 2)):
        if not data.all(lambda y, e: e.ndim > second and data.close(y, e.swapaxes(first, second))):  # noqa: B023
            continue
        two = data.all(lambda y, e: e.ndim == 2)
        return "yours is expected transposed" if two else f"yours is expected with axes {first} and {second} exchanged"
    return ""


def _reversed(data: Pairs) -> str:
    import numpy

    for axis, what in enumerate(("rows", "columns")):
        fits = data.all(lambda y, e: e.ndim > axis and data.close(y, numpy.flip(e, axis)))  # noqa: B023
        if fits and data.any(lambda y, e: _long(e, axis, FEWEST)):  # noqa: B023
            return f"yours is expected with its {_things(data, what)} in reverse order"
    return ""


def _shifted(data: Pairs) -> str:
    """Every number, row or column one place further on, whatever stands at the end that came free."""
    for axis, forth, back in ((0, "down", "up"), (1, "right", "left")):
        for way, mine, theirs in ((forth, slice(1, None), slice(-1)), (back, slice(-1), slice(1, None))):
            if _moved(data, axis, mine, theirs):
                if data.all(lambda y, e: e.ndim == 1):
                    return f"yours is expected moved one place towards the {'end' if way == forth else 'beginning'}"
                return f"yours is expected moved {way} by one {'column' if axis else 'row'}"
    return ""


def _moved(data: Pairs, axis: int, mine: slice, theirs: slice) -> bool:
    """Whether one part of yours is another part of expected, which has to be various, and the two not alike."""

    def holds(yours: Any, expected: Any) -> bool:
        if yours.shape != expected.shape or not _long(expected, axis, 2):
            return False
        y, e = yours.swapaxes(0, axis), expected.swapaxes(0, axis)
        return data.close(y[mine], e[theirs])

    def shows(yours: Any, expected: Any) -> bool:
        e = expected.swapaxes(0, axis)
        return len(e) > FEWEST and not data.close(e[mine], e[theirs]) and data.various(e[theirs])

    return data.all(holds) and data.any(shows)


# ---- row by row and column by column


def _own_means(data: Pairs) -> str:
    """Means that were not taken off: a kind of what is the same in every row, or column."""
    for axis, what in enumerate(("column", "row")):
        if data.all(lambda y, e: _centred(data, y, e, axis)):  # noqa: B023
            return f"yours minus the mean of each {what} is what is expected"
    return _same_in_every_row(data)


def _centred(data: Pairs, yours: Any, expected: Any, axis: int) -> bool:
    if yours.shape != expected.shape or expected.ndim != 2 or expected.shape[axis] < FEWEST:
        return False
    means = yours.mean(axis, keepdims=True)
    return data.close(yours - means, expected) and not data.close(
        means, means[:1, :1].repeat(means.size).reshape(means.shape)
    )


def _other_axis(data: Pairs) -> str:
    """What adds up along one axis in expected, and along the other in yours."""
    for axis, theirs, mine in ((1, "row", "column"), (0, "column", "row")):
        for total, what in ((1.0, "adds up to 1"), (0.0, "has the mean 0")):
            if data.all(lambda y, e: _adds_up(data, y, e, axis, total)):  # noqa: B023
                return f"each {theirs} of expected {what}; in yours each {mine} does"
    return ""


def _adds_up(data: Pairs, yours: Any, expected: Any, axis: int, total: float) -> bool:
    if yours.shape != expected.shape or yours.ndim != 2 or min(yours.shape) < 2:
        return False

    def along(values: Any, axis: int) -> bool:
        sums = values.sum(axis)
        return bool((abs(sums - total) <= values.shape[axis] * data.allowed(abs(values).max())).all())

    return (along(expected, axis), along(expected, 1 - axis), along(yours, 1 - axis), along(yours, axis)) == (
        True, False, True, False,
    )  # fmt: skip


def _same_in_every_row(data: Pairs) -> str:
    """A row of numbers that was added to every row, or is missing there; or the same with columns."""
    for axis, what in enumerate(("row", "column")):

        def holds(y: Any, e: Any, axis: int = axis) -> bool:
            if y.shape != e.shape or e.ndim != 2 or e.shape[axis] < FEWEST or e.shape[1 - axis] < 2:
                return False
            apart = y - e
            return data.close(y, e + apart.take([0], axis)) and not data.close(y, e + apart[:1, :1])

        if data.all(holds):
            return f"every {what} is off by the same numbers"
    return ""


EXACT = (_number_by_number, _transposed, _reversed, _shifted, _own_means, _other_axis)


# ---- another order, whichever


def _permuted(data: Pairs) -> str:
    """The same rows, columns or numbers, each just once, in another order."""
    for axis, what in enumerate(("rows", "columns")):
        fits = data.all(lambda y, e: e.ndim > axis and _same_slices(data, y, e, axis))  # noqa: B023
        if fits and data.any(lambda y, e: _different(e, axis)):  # noqa: B023
            return f"yours has the expected {_things(data, what)} in another order"
    return ""


def _same_slices(data: Pairs, yours: Any, expected: Any, axis: int) -> bool:
    if yours.shape != expected.shape or expected.size * expected.shape[axis] > MOST:
        return False
    y, e = (values.swapaxes(0, axis).reshape(values.shape[axis], -1) for values in (yours, expected))
    how_often_in = [(abs(rows[:, None] - e[None]) <= data.allowed(e[None])).all(-1).sum(0) for rows in (y, e)]
    return bool((how_often_in[0] == how_often_in[1]).all())


def _different(expected: Any, axis: int) -> bool:
    """Whether enough of its rows, or columns, are different ones."""
    import numpy

    return bool(numpy.unique(expected, axis=axis).shape[axis] >= FEWEST)


def _elsewhere(data: Pairs) -> str:
    """Another shape, or no order that can be told."""
    import numpy

    if not data.any(lambda y, e: data.various(e)):
        return ""
    if data.all(lambda y, e: y.shape != e.shape and data.close(y.reshape(-1), e.reshape(-1))):
        return "yours has the expected numbers in another shape"
    if data.all(lambda y, e: data.close(numpy.sort(y, axis=None), numpy.sort(e, axis=None))):
        return "yours has the expected numbers in other places"
    return ""


ORDERS = (_permuted, _elsewhere)


def _long(values: Any, axis: int, length: int) -> bool:
    return bool(values.ndim > axis and values.shape[axis] >= length)


def _things(data: Pairs, what: str) -> str:
    return "numbers" if data.all(lambda y, e: e.ndim == 1) else what
