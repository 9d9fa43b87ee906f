"""The first difference of two plain results: step after step, and in each structure, shape, dtype and then values."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from grader.inside.arrays import numbers
from grader.inside.plain import Array, Plain
from grader.inside.probe import Tolerance
from grader.judging.comparison.distances import distances, nested
from grader.judging.comparison.shown import counted, kind, show

WHOLE = ("uint8", "int8", "int16", "int32", "int64")
CONTAINERS = frozenset({dict, list, tuple, Array})
FEW = 3  # so many entries are told one by one; of more it is said how many of them differ


@dataclass(frozen=True)
class Spread:
    """How far a difference reaches in a step of many numbers. Of a list the first is shown, of an array the worst."""

    step: str
    shape: tuple[int, ...]
    wrong: int
    entries: int
    is_list: bool = False


@dataclass(frozen=True)
class Difference:
    """Where two results part: the place, both sides as text, the size of the gap, and how much else is wrong there."""

    where: str
    yours: str
    expected: str
    gap: float | None = None
    relative: float | None = None
    spread: Spread | None = None


def first_difference(yours: Plain, expected: Plain, tolerance: Tolerance) -> Difference | None:
    """None if the two agree. Lists and tuples are alike, so are int and float, and an array and its nested list.

    The items of a dict are the steps of a computation: whatever is wrong in an earlier one is what is told.
    """
    if not _same_keys(yours, expected):
        return _structure(yours, expected, "") or _values(yours, expected, "", tolerance)
    steps = ((_below("", key), yours[key], item) for key, item in expected.items())
    return _first(_structure(y, e, place) or _values(y, e, place, tolerance) for place, y, e in steps)


def unlike(yours: Plain, expected: Plain) -> Difference | None:
    """Where two results differ in keys, lengths, shape or dtype, whatever their numbers are. None if nowhere."""
    return _structure(yours, expected, "")


def distance(yours: Plain, expected: Plain, tolerance: Tolerance) -> float:
    """The largest gap between two results, in units of what the tolerance allows; infinite if they are not alike."""
    if _structure(yours, expected, ""):
        return math.inf
    if isinstance(yours, Array) and isinstance(expected, Array):
        return float(distances(yours, expected, tolerance).max(initial=0.0))
    yours, expected = nested(yours), nested(expected)
    if isinstance(expected, dict | list | tuple):
        return max((distance(y, e, tolerance) for _, y, e in _parts(yours, expected, "")), default=0.0)
    if kind(expected) == "number":
        return tolerance.distance(yours, expected)
    return 0.0 if yours == expected else math.inf


def _structure(yours: Plain, expected: Plain, where: str) -> Difference | None:
    if isinstance(yours, Array) and isinstance(expected, Array):
        return _same(where, "shape", yours.shape, expected.shape) or _same_dtype(where, yours, expected)
    yours, expected = _beside(yours, expected), _beside(expected, yours)
    if kind(yours) != kind(expected):
        return Difference(where or "result", f"{show(yours)} ({kind(yours)})", f"{show(expected)} ({kind(expected)})")
    if isinstance(expected, list | tuple) and len(yours) != len(expected):
        return Difference(where or "result", counted(yours), counted(expected))
    if isinstance(expected, dict) and not _same_keys(yours, expected):
        return Difference(where or "result", f"keys {show(list(yours))}", f"keys {show(list(expected))}")
    if not isinstance(expected, dict | list | tuple) or _are_flat_and_alike(yours, expected):
        return None
    return _first(_structure(y, e, place) for place, y, e in _parts(yours, expected, where))


def _are_flat_and_alike(yours: Plain, expected: Plain) -> bool:
    """Whether two lists of one length hold the same types, and nothing that has a structure: a quick look."""
    if isinstance(expected, dict):
        return False
    types = list(map(type, expected))
    return types == list(map(type, yours)) and not CONTAINERS.intersection(types)


def _values(yours: Plain, expected: Plain, where: str, tolerance: Tolerance) -> Difference | None:
    if isinstance(yours, Array) and isinstance(expected, Array):
        return _in_arrays(yours, expected, where, tolerance)
    is_numbers = isinstance(expected, Array) or _is_numbers(expected)
    yours, expected = nested(yours), nested(expected)
    if not isinstance(expected, dict | list | tuple):
        return _value(yours, expected, where or "result", tolerance)
    parts = list(_parts(yours, expected, where))
    found = _first(_values(y, e, place, tolerance) for place, y, e in parts)
    if found is None or not is_numbers or len(expected) <= FEW or found.spread:
        return found
    wrong = sum(_values(y, e, place, tolerance) is not None for place, y, e in parts)
    return _reaching(found, Spread(where or "result", (len(expected),), wrong, len(expected), is_list=True))


def _in_arrays(yours: Array, expected: Array, where: str, tolerance: Tolerance) -> Difference | None:
    """The entry that is furthest off, and how many are."""
    apart = distances(yours, expected, tolerance)
    wrong = apart > 1
    if not wrong.any():
        return None
    worst = _furthest(yours, expected, wrong)
    place = where + "".join(f"[{i}]" for i in worst)
    found = _value(numbers(yours)[worst].item(), numbers(expected)[worst].item(), place or "result", tolerance)
    found = found or Difference(place, show(numbers(yours)[worst].item()), show(numbers(expected)[worst].item()))
    if wrong.size <= FEW:
        return found
    return _reaching(found, Spread(where or "result", expected.shape, int(wrong.sum()), wrong.size))


def _furthest(yours: Array, expected: Array, wrong: Any) -> tuple[int, ...]:
    """The index of the wrong entry with the largest gap; one that is no number is further off than any."""
    import numpy

    one, other = (numbers(value).reshape(-1).astype("float64") for value in (yours, expected))
    with numpy.errstate(all="ignore"):
        gap = abs(one - other)
    gap = numpy.where(numpy.isnan(gap), math.inf, gap)
    worst = int(numpy.where(wrong, gap, -1.0).argmax())
    return tuple(int(i) for i in numpy.unravel_index(worst, expected.shape))


def _reaching(found: Difference, spread: Spread) -> Difference:
    return Difference(found.where, found.yours, found.expected, found.gap, found.relative, spread)


def _value(yours: Plain, expected: Plain, where: str, tolerance: Tolerance) -> Difference | None:
    if kind(expected) != "number":
        return None if yours == expected else Difference(where, show(yours), show(expected))
    if tolerance.allows(yours, expected):
        return None
    gap = _gap(yours, expected)
    return Difference(where, show(yours), tolerance.said(show(expected)), gap, _relative(gap, expected))


def _gap(yours: float, expected: float) -> float | None:
    """How far apart two numbers are; None if that is more than any float can hold."""
    try:
        gap = abs(yours - expected)
        float(gap)
        return gap
    except OverflowError:
        return None


def _relative(gap: float | None, expected: float) -> float | None:
    """The gap as a share of what is expected, where that is a number."""
    if gap is None or expected == 0 or not math.isfinite(gap) or not math.isfinite(expected):
        return None
    return gap / abs(expected)


def _same(where: str, what: str, yours: object, expected: object) -> Difference | None:
    if yours == expected:
        return None
    return Difference(f"{where or 'result'} {what}", show(yours), show(expected))


def _same_dtype(where: str, yours: Array, expected: Array) -> Difference | None:
    """Whole numbers may have any width: which one it is decides nothing."""
    if yours.dtype in WHOLE and expected.dtype in WHOLE:
        return None
    return _same(where, "dtype", yours.dtype, expected.dtype)


def _same_keys(yours: Plain, expected: Plain) -> bool:
    return isinstance(yours, dict) and isinstance(expected, dict) and set(yours) == set(expected)


def _is_numbers(value: Plain) -> bool:
    return isinstance(value, list | tuple) and all(kind(item) == "number" for item in value)


def _beside(value: Plain, other: Plain) -> Plain:
    """An array as nested lists or a number, where that can be compared with what stands beside it."""
    if not isinstance(value, Array) or isinstance(other, Array):
        return value
    lengths = (len(other),) if isinstance(other, list | tuple) else ()
    alike = isinstance(other, list | tuple | int | float) and value.shape[:1] == lengths
    return nested(value) if alike else value


def _parts(yours: Plain, expected: Plain, where: str) -> Iterable[tuple[str, Plain, Plain]]:
    """The items of two lists or dicts of the same form, each with its place, but for those that are written alike."""
    if isinstance(expected, dict):
        return [(_below(where, key), yours[key], e) for key, e in expected.items() if repr(yours[key]) != repr(e)]
    items = enumerate(zip(yours, expected, strict=True))
    return [(f"{where}[{i}]", y, e) for i, (y, e) in items if repr(y) != repr(e)]


def _below(where: str, key: Plain) -> str:
    if not where and isinstance(key, str):
        return key
    return f"{where}[{key!r}]"


def _first(found: Iterable[Difference | None]) -> Difference | None:
    return next(filter(None, found), None)
