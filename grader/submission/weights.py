"""Weights that are handed in: a safetensors file read as data, within limits. Nothing in it is ever executed."""

from math import prod

from grader.course.safe_text import clean
from grader.inside.plain import Array
from grader.submission import MAX_DATA

DTYPES = {"F32": "float32", "F64": "float64"}
MOST_TENSORS = 200
MOST_NUMBERS = 500_000


class NotTensors(ValueError):
    """The bytes are not a safetensors file within the limits; the message is a sentence for the student."""


def read_tensors(data: bytes) -> dict[str, Array]:
    """The tensors by name, in the order of the names. Raises NotTensors."""
    from safetensors import SafetensorError, deserialize

    if len(data) > MAX_DATA:
        raise NotTensors(f"the file has more than {MAX_DATA:,} bytes")
    try:
        found: dict[str, dict[str, object]] = dict(deserialize(data))  # type: ignore[no-untyped-call]
    except (SafetensorError, ValueError, OverflowError) as error:
        raise NotTensors(
            f"the file is no safetensors file ({clean(str(error), 80)}); "
            'write it with safetensors.torch.save_file(tensors, "weights.safetensors")'
        ) from None
    if len(found) > MOST_TENSORS:
        raise NotTensors(f"the file holds {len(found)} tensors, more than {MOST_TENSORS}")
    tensors = {clean(name, 40): _array(clean(name, 40), parts) for name, parts in sorted(found.items())}
    numbers = sum(prod(array.shape) for array in tensors.values())
    if numbers > MOST_NUMBERS:
        raise NotTensors(f"the file holds {numbers:,} numbers, more than {MOST_NUMBERS:,}")
    return tensors


def _array(name: str, parts: dict[str, object]) -> Array:
    dtype, shape, data = (parts[key] for key in ("dtype", "shape", "data"))
    if dtype not in DTYPES:
        raise NotTensors(f"{name} has dtype {clean(str(dtype), 20)}; weights are float32 or float64")
    assert isinstance(shape, list)
    assert isinstance(data, bytes | bytearray)
    return Array(DTYPES[str(dtype)], tuple(shape), bytes(data))
