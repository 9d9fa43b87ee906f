"""The same numbers in other places: axes exchanged, turned round, moved by one, in another order or another shape."""

from typing import Any

from grader.judging.comparison.patterns.pairs import FEWEST, MOST, Pairs


def transposed(data: Pairs) -> str:
    """Axes exchanged, where that changes anything."""
    for first, second in ((0, 1), (1, 2), (0, 2)):
        if not data.all(lambda y, e: e.ndim > second and data.close(y, e.swapaxes(first, second))):  # noqa: B023
            continue
        two = data.all(lambda y, e: e.ndim == 2)
        return "yours is expected transposed" if two else f"yours is expected with axes {first} and {second} exchanged"
    return ""


def in_reverse(data: Pairs) -> str:
    """Rows, columns or numbers, the last one first."""
    import numpy

    for axis, what in enumerate(("rows", "columns")):
        fits = data.all(lambda y, e: e.ndim > axis and data.close(y, numpy.flip(e, axis)))  # noqa: B023
        if fits and data.any(lambda y, e: _long(e, axis, FEWEST)):  # noqa: B023
            return f"yours is expected with its {data.things(what)} in reverse order"
    return ""


def shifted(data: Pairs) -> str:
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


def permuted(data: Pairs) -> str:
    """The same rows, columns or numbers, each just once, in another order."""
    for axis, what in enumerate(("rows", "columns")):
        fits = data.all(lambda y, e: e.ndim > axis and _same_slices(data, y, e, axis))  # noqa: B023
        if fits and data.any(lambda y, e: _different(e, axis)):  # noqa: B023
            return f"yours has the expected {data.things(what)} in another order"
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


def elsewhere(data: Pairs) -> str:
    """Another shape, or no order that can be told."""
    import numpy

    if not data.any(lambda y, e: data.various(e)):
        return ""
    if data.all(lambda y, e: y.shape != e.shape and data.close(y.reshape(-1), e.reshape(-1))):
        return "yours has the expected numbers in another shape"
    if data.all(lambda y, e: data.close(numpy.sort(y, axis=None), numpy.sort(e, axis=None))):
        return "yours has the expected numbers in other places"
    return ""


def _long(values: Any, axis: int, length: int) -> bool:
    return bool(values.ndim > axis and values.shape[axis] >= length)
