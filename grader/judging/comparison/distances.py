"""Arrays and lists of numbers as numpy's, and how far apart their entries are."""

import math
from typing import Any

from grader.inside.arrays import numbers
from grader.inside.plain import Array, Plain
from grader.inside.probe import Tolerance
from grader.judging.comparison.shown import kind


def nested(value: Plain) -> Plain:
    """An array as nested lists, so that a list and an array of the same numbers agree."""
    return numbers(value).tolist() if isinstance(value, Array) else value


def floats(value: Plain) -> Any:
    """An array, a number, or a list of numbers or of such lists of one length as numpy's float64; else None."""
    import numpy

    if isinstance(value, Array):
        return None if value.dtype == "bool" else numbers(value).astype("float64")
    if not _are_numbers(value):
        return None
    try:
        return numpy.array(value, "float64")
    except (OverflowError, ValueError):  # an integer beyond every float, or lists of several lengths
        return None


def _are_numbers(value: Plain) -> bool:
    return all(map(_are_numbers, value)) if isinstance(value, list | tuple) else kind(value) == "number"


def distances(yours: Array, expected: Array, tolerance: Tolerance) -> Any:
    """How far apart the entries of two arrays of one shape are, in units of what the tolerance allows; flat."""
    import numpy

    one, other = (numbers(value).reshape(-1) for value in (yours, expected))
    apart = numpy.zeros(one.size)
    differ = (one != other) & ~((one != one) & (other != other))  # nan beside nan is no difference
    if differ.any():
        one, other = one[differ].astype("float64"), other[differ].astype("float64")
        with numpy.errstate(all="ignore"):
            gap, allowed = abs(one - other), tolerance.absolute + tolerance.relative * abs(other)
            finite = numpy.isfinite(gap) & numpy.isfinite(other) & (allowed > 0)
            apart[differ] = numpy.where(finite, gap / allowed, math.inf)
    return apart
