"""Arrays made from numbers, read as numbers and shown, without torch."""

import struct
from collections.abc import Iterator
from math import prod
from typing import Any

from grader.inside.plain import Array, article

FORMATS = {"float64": "d", "float32": "f", "int64": "q", "bool": "?"}
MOST_SHOWN = 24


def array(nested: Any, dtype: str = "float64") -> Array:
    """Nested lists of numbers as an Array, for the inputs of a suite."""
    numbers = list(_flat(nested))
    return Array(dtype, _shape(nested), struct.pack(f"<{len(numbers)}{FORMATS[dtype]}", *numbers))


def _flat(nested: Any) -> Iterator[Any]:
    if isinstance(nested, list | tuple):
        for part in nested:
            yield from _flat(part)
    else:
        yield nested


def _shape(nested: Any) -> tuple[int, ...]:
    if not isinstance(nested, list | tuple):
        return ()
    return (len(nested), *(_shape(nested[0]) if nested else ()))


def numbers(values: Array) -> Any:
    """An array as numpy's."""
    import numpy

    if values.dtype == "bfloat16":  # the upper half of a float32
        wide = numpy.frombuffer(values.data, "<u2").astype("<u4") << 16
        return wide.view("<f4").reshape(values.shape)
    return numpy.frombuffer(values.data, numpy.dtype(values.dtype).newbyteorder("<")).reshape(values.shape)


def shown(values: Array) -> str:
    """A small array as a student would type it; a large one by its dtype and shape."""
    if not 0 < prod(values.shape) <= MOST_SHOWN:
        return f"{article(values.dtype)} tensor of shape {values.shape}"
    typed = _typed(values).tolist()
    usual = values.dtype in ("float32", "int64", "bool")  # what torch.tensor makes of such numbers by itself
    return f"torch.tensor({typed})" if usual else f"torch.tensor({typed}, dtype=torch.{values.dtype})"


def _typed(values: Array) -> Any:
    """The same numbers; those of float32 with no more digits than it takes to type them: 0.1, not 0.10000000149."""
    found = numbers(values)
    return found.astype(str).astype(float) if values.dtype == "float32" else found
