"""Row by row and column by column: a mean that was not taken off, the other axis, the same numbers in every row."""

from typing import Any

from grader.judging.comparison.patterns.pairs import FEWEST, Pairs


def own_means(data: Pairs) -> str:
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


def other_axis(data: Pairs) -> str:
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
