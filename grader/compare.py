"""Two plain results in, the first difference out: structure, then shape, then dtype, then values."""

import math
from dataclasses import dataclass
from typing import Any

from grader.plain import Array, Plain, article
from grader.probes import Tolerance

MAX_SHOWN = 160
MAX_NESTED = 2
WHOLE = ("uint8", "int8", "int16", "int32", "int64")


@dataclass(frozen=True)
class Difference:
    """Where two results part: the place, both sides as text, and the size of the gap where there is one."""

    where: str
    yours: str
    expected: str
    gap: float | None = None


def first_difference(yours: Plain, expected: Plain, tolerance: Tolerance) -> Difference | None:
    """None if the two agree. Lists and tuples are alike, so are int and float, and an array and its nested list."""
    return _structure(yours, expected, "") or _values(yours, expected, "", tolerance)


def unlike(yours: Plain, expected: Plain) -> Difference | None:
    """Where two results differ in keys, lengths, shape or dtype, whatever their numbers are. None if nowhere."""
    return _structure(yours, expected, "")


def _structure(yours: Plain, expected: Plain, where: str) -> Difference | None:
    if isinstance(yours, Array) and isinstance(expected, Array):
        return _same(where, "shape", yours.shape, expected.shape) or _same_dtype(where, yours, expected)
    yours, expected = _beside(yours, expected), _beside(expected, yours)
    if _kind(yours) != _kind(expected):
        return Difference(where or "result", f"{show(yours)} ({_kind(yours)})", f"{show(expected)} ({_kind(expected)})")
    if isinstance(expected, list | tuple):
        if len(yours) != len(expected):
            return Difference(where or "result", _counted(yours), _counted(expected))
        parts: Any = [(f"{where}[{i}]", y, e) for i, (y, e) in enumerate(zip(yours, expected, strict=True))]
    elif isinstance(expected, dict):
        if set(yours) != set(expected):
            return Difference(where or "result", f"keys {show(list(yours))}", f"keys {show(list(expected))}")
        parts = [(_below(where, key), yours[key], item) for key, item in expected.items()]
    else:
        return None
    return next(filter(None, (_structure(y, e, place) for place, y, e in parts)), None)


def _values(yours: Plain, expected: Plain, where: str, tolerance: Tolerance) -> Difference | None:
    if isinstance(yours, Array) and isinstance(expected, Array) and _array_distance(yours, expected, tolerance) <= 1:
        return None
    yours, expected = _nested(yours), _nested(expected)
    if isinstance(expected, dict):
        parts: Any = [(_below(where, key), yours[key], item) for key, item in expected.items()]
    elif isinstance(expected, list | tuple):
        parts = [(f"{where}[{i}]", y, e) for i, (y, e) in enumerate(zip(yours, expected, strict=True))]
    else:
        return _value(yours, expected, where or "result", tolerance)
    return next(filter(None, (_values(y, e, place, tolerance) for place, y, e in parts)), None)


def _value(yours: Plain, expected: Plain, where: str, tolerance: Tolerance) -> Difference | None:
    if _kind(expected) != "number":
        return None if yours == expected else Difference(where, show(yours), show(expected))
    if tolerance.allows(yours, expected):
        return None
    return Difference(where, show(yours), tolerance.said(show(expected)), _gap(yours, expected))


def _gap(yours: float, expected: float) -> float | None:
    try:
        return abs(float(yours) - float(expected))
    except OverflowError:
        return None


def _same(where: str, what: str, yours: object, expected: object) -> Difference | None:
    if yours == expected:
        return None
    return Difference(f"{where or 'result'} {what}", show(yours), show(expected))


def _same_dtype(where: str, yours: Array, expected: Array) -> Difference | None:
    """Whole numbers may have any width: which one it is decides nothing."""
    if yours.dtype in WHOLE and expected.dtype in WHOLE:
        return None
    return _same(where, "dtype", yours.dtype, expected.dtype)


def _kind(value: Plain) -> str:
    if isinstance(value, bool):
        return "truth value"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, list | tuple):
        return "list"
    return {"NoneType": "nothing", "str": "text", "dict": "dict"}.get(type(value).__name__, type(value).__name__)


def _beside(value: Plain, other: Plain) -> Plain:
    """An array as nested lists or a number, where that can be compared with what stands beside it."""
    if not isinstance(value, Array) or isinstance(other, Array):
        return value
    lengths = (len(other),) if isinstance(other, list | tuple) else ()
    alike = isinstance(other, list | tuple | int | float) and value.shape[:1] == lengths
    return _nested(value) if alike else value


def _nested(value: Plain) -> Plain:
    """An array as nested lists, so that a list and an array of the same numbers agree."""
    return numbers(value).tolist() if isinstance(value, Array) else value


def numbers(value: Array) -> Any:
    """An array as numpy's."""
    import numpy

    if value.dtype == "bfloat16":  # the upper half of a float32
        wide = numpy.frombuffer(value.data, "<u2").astype("<u4") << 16
        return wide.view("<f4").reshape(value.shape)
    return numpy.frombuffer(value.data, numpy.dtype(value.dtype).newbyteorder("<")).reshape(value.shape)


def _array_distance(yours: Array, expected: Array, tolerance: Tolerance) -> float:
    """The largest gap between two arrays of one shape, in units of what the tolerance allows."""
    import numpy

    one, other = (numbers(value).reshape(-1) for value in (yours, expected))
    differ = (one != other) & ~((one != one) & (other != other))  # nan beside nan is no difference
    if not differ.any():
        return 0.0
    one, other = (numbers[differ].astype("float64") for numbers in (one, other))
    with numpy.errstate(all="ignore"):
        gap, allowed = abs(one - other), tolerance.absolute + tolerance.relative * abs(other)
        apart = numpy.where(numpy.isfinite(gap) & numpy.isfinite(other) & (allowed > 0), gap / allowed, math.inf)
    return float(apart.max())


def _below(where: str, key: Plain) -> str:
    if not where and isinstance(key, str):
        return key
    return f"{where}[{key!r}]"


def _counted(items: Plain) -> str:
    return f"{len(items)} item{'' if len(items) == 1 else 's'}: {show(items)}"


def show(value: Plain) -> str:
    """A value as short text: floats to 10 digits, long things cut with a count."""
    text = _text(value)
    if len(text) <= MAX_SHOWN:
        return text
    return f"{text[:MAX_SHOWN]} ... ({len(text) - MAX_SHOWN} more characters)"


def _text(value: Plain, depth: int = 0) -> str:
    if isinstance(value, float):
        return repr(value) if len(repr(value)) <= 12 else repr(float(f"{value:.10g}"))
    if isinstance(value, list | tuple) and depth >= MAX_NESTED:
        return "[...]"
    if isinstance(value, list | tuple):
        more = [f"... ({len(value) - 50} more)"] if len(value) > 50 else []
        inner = ", ".join([*(_text(item, depth + 1) for item in value[:50]), *more])
        return f"[{inner}]"
    if isinstance(value, dict):
        pairs = [f"{_text(k, depth + 1)}: {_text(v, depth + 1)}" for k, v in list(value.items())[:20]]
        return "{" + ", ".join([*pairs, *([f"... ({len(value) - 20} more)"] if len(value) > 20 else [])]) + "}"
    if isinstance(value, Array):
        return f"{article(value.dtype)} array of shape {value.shape}"
    return repr(value)


def distance(yours: Plain, expected: Plain, tolerance: Tolerance) -> float:
    """The largest gap between two results, in units of what the tolerance allows; infinite if they are not alike."""
    if _structure(yours, expected, ""):
        return math.inf
    if isinstance(yours, Array) and isinstance(expected, Array):
        return _array_distance(yours, expected, tolerance)
    yours, expected = _nested(yours), _nested(expected)
    if isinstance(expected, dict):
        return max((distance(yours[key], item, tolerance) for key, item in expected.items()), default=0.0)
    if isinstance(expected, list | tuple):
        pairs = zip(yours, expected, strict=True)
        return max((distance(y, e, tolerance) for y, e in pairs), default=0.0)
    if _kind(expected) == "number":
        return tolerance.distance(yours, expected)
    return 0.0 if yours == expected else math.inf
