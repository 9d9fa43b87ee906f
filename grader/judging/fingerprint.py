"""What wrong code gave, as one hash: the same for all whose code gives the same, up to rounding."""

import hashlib
import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from grader.inside import plain
from grader.inside.plain import Array, Plain
from grader.judging.case import Case
from grader.judging.comparison import numbers
from grader.sandbox.observation import NOT_PLAIN, RAISED, RETURNED, Observation

DIGITS = {"float64": 6, "float32": 4}  # significant ones: of the others, rounding may change the last
FEWEST = 2  # of half precision


def outputs_of(cases: Iterable[Case]) -> str:
    """The hash of all that went wrong in these cases: which of them, and what came of each."""
    wrong = [
        [number, case.probe.name, *_outcome(case.yours, case.probe.tolerance.absolute)]
        for number, case in enumerate(cases)
        if not case.agrees
    ]
    return hashlib.sha256(plain.encode(wrong)).hexdigest()


def _outcome(yours: Observation, nothing: float) -> list[Plain]:
    if yours.kind == RETURNED:
        return [yours.kind, _rounded(yours.value, nothing)]
    text = yours.text if yours.kind in (RAISED, NOT_PLAIN) else ""  # of a lost process it tells how long it took
    return [yours.kind, yours.type, text]


def _rounded(value: Plain, nothing: float) -> Plain:
    """With few digits in every float; what is not above `nothing` is 0."""
    if isinstance(value, float):
        return _number(value, DIGITS["float64"], nothing)
    if isinstance(value, list | tuple):
        return [_rounded(item, nothing) for item in value]
    if isinstance(value, dict):
        return [[_rounded(key, 0.0), _rounded(item, nothing)] for key, item in value.items()]
    return _array(value, nothing) if isinstance(value, Array) else value


def _array(values: Array, nothing: float) -> Plain:
    if "float" not in values.dtype:
        return values
    digits = DIGITS.get(values.dtype, FEWEST)
    told: list[Any] = [_number(float(x), digits, nothing) for x in numbers(values).reshape(-1)]
    return replace(values, data=" ".join(map(repr, told)).encode())


def _number(value: float, digits: int, nothing: float) -> float:
    if not math.isfinite(value):
        return value
    return 0.0 if abs(value) <= nothing else float(f"{value:.{digits - 1}e}")
