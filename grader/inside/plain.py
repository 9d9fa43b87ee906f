"""The closed vocabulary of plain data: what may cross between a student's code and the grader.

None, bool, int, float (nan and infinities too), str, bytes, list, tuple, dict and Array. Everything else is
refused, naming where it sat. `decode` reads what a student's process wrote, so it trusts nothing.
"""

import base64
import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite, prod
from typing import Any

MAX_BYTES = 8_000_000
MAX_DEPTH = 40
MAX_DIGITS = 400
MAX_NODES = 400_000
MAX_ITEMS = 2_000_000
# numbers can be chosen to have one and the same hash: a dict or a set of a hundred thousand of them takes minutes
MAX_WIDE = 1000  # integers of 20 digits and more; among smaller ones there are no more than a few of the same hash
MAX_ALIKE = 100  # keys of one dict whose hash is that of another
WIDE = re.compile(rb"[0-9]{20}")
BEYOND = 1 << int(MAX_DIGITS * 3.33)  # an integer of more digits than are allowed, which is all that tells them apart
WIDTHS = {
    "bool": 1, "uint8": 1, "int8": 1, "int16": 2, "int32": 4, "int64": 8,
    "float16": 2, "bfloat16": 2, "float32": 4, "float64": 8,
}  # fmt: skip

Plain = Any  # the vocabulary above; Python's type language cannot say it without a thicket
Place = Any  # where something sits: a name, or (place, key) in what sits there, or (place,) for one of its keys


class NotPlain(ValueError):
    """Something outside the vocabulary; the message names where it sat, as in result["w"][2]."""


@dataclass(frozen=True)
class Array:
    """A numpy array or torch tensor as data: dtype by name, shape, little-endian bytes in row order."""

    dtype: str
    shape: tuple[int, ...]
    data: bytes


def encode(value: object, where: str = "result") -> bytes:
    """Plain data as UTF-8 JSON with tags for what JSON lacks. Raises NotPlain."""
    return _WRITER.encode(_tag(value, where, 0)).encode("utf-8", "surrogatepass")


def decode(raw: bytes, limit: int = MAX_BYTES) -> Plain:
    """The plain data that `encode` wrote. Raises NotPlain for anything else, whatever the bytes."""
    if len(raw) > limit:
        raise NotPlain(f"{len(raw):,} bytes, more than the {limit:,} allowed")
    if limit == MAX_BYTES and len(raw) > 20 * MAX_WIDE:  # what is shorter has no room for too many of anything
        _guard(raw)
    try:
        return _untag(_READER.decode(raw.decode("utf-8", "surrogatepass")), 0)
    except NotPlain:
        raise
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise NotPlain(f"not in the agreed form ({type(error).__name__})") from None


def _guard(raw: bytes) -> None:
    if raw.count(b",") + raw.count(b"[") > MAX_NODES:  # what is large belongs into arrays
        raise NotPlain(f"more than {MAX_NODES:,} items")
    if len(WIDE.findall(raw)) > MAX_WIDE:
        raise NotPlain(f"more than {MAX_WIDE:,} integers of 20 digits and more")


def _no_constant(name: str) -> None:
    raise NotPlain(f"the bare constant {name}")


_WRITER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False)  # nothing gets there too deep
_READER = json.JSONDecoder(parse_constant=_no_constant)


def _are_bare(items: list[Any], depth: int) -> bool:
    """Whether JSON has a form for each of these items of something at a depth, so that they need not be walked."""
    kinds = set(map(type, items))
    if depth == MAX_DEPTH:
        return not items
    if kinds == {float}:
        return all(map(isfinite, items))
    return kinds <= BARE or (kinds == {int} and max(max(items), -min(items)) < BEYOND)


def _tag(value: object, where: Place, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise NotPlain(f"{_named(where)} is nested more than {MAX_DEPTH} deep")
    kind = type(value)
    if kind in BARE:
        return value
    if kind in TAGGERS:
        return TAGGERS[kind](value, where, depth)
    converted = _from_library(value, where)
    if converted is not None:
        return _tag(converted, where, depth)
    raise NotPlain(f"{_named(where)} is {article(kind.__name__)}, not plain data")


def _named(where: Place) -> str:
    """A place in words, which are needed only where something is refused."""
    if isinstance(where, str):
        return where
    outer = _named(where[0])
    return f"a key of {outer}" if len(where) == 1 else f"{outer}[{where[1]!r:.60}]"


def _tag_int(value: Any, where: Place, depth: int) -> int:
    if abs(value) >= BEYOND:
        raise NotPlain(f"{_named(where)} is an integer of more than {MAX_DIGITS} digits")
    return int(value)


def _tag_float(value: Any, where: Place, depth: int) -> Any:
    if value - value == 0:  # false for nan and the infinities alone
        return value
    return {"f": repr(value)}


def _tag_items(value: Any, where: Place, depth: int) -> Any:
    if _are_bare(value, depth):
        return value
    return [_tag(item, (where, i), depth + 1) for i, item in enumerate(value)]


def _tag_dict(value: Any, where: Place, depth: int) -> Any:
    depth += 1
    return {"d": [(_tag(key, (where,), depth), _tag(item, (where, key), depth)) for key, item in value.items()]}


def _tag_array(value: Any, where: Place, depth: int) -> Any:
    data = base64.b64encode(value.data).decode("ascii")
    return {"a": [value.dtype, list(value.shape), data]}


BARE = {type(None), bool, str}
TAGGERS: dict[type, Callable[[Any, Place, int], Any]] = {
    int: _tag_int,
    float: _tag_float,
    bytes: lambda value, where, depth: {"b": base64.b64encode(value).decode("ascii")},
    list: _tag_items,
    tuple: lambda value, where, depth: {"t": _tag_items(value, where, depth)},
    dict: _tag_dict,
    Array: _tag_array,
}


def _from_library(value: object, where: Place) -> Plain:
    """A torch tensor or numpy array as an Array, a numpy number as a number; None for anything else."""
    torch, numpy = sys.modules.get("torch"), sys.modules.get("numpy")
    if torch is not None and isinstance(value, torch.Tensor):
        if value.layout != torch.strided or value.device.type == "meta":
            place = _named(where)
            raise NotPlain(f"{place} is a tensor whose numbers are not all there ({value.layout}, {value.device})")
        dtype = str(value.dtype).removeprefix("torch.")
        flat = value.detach().cpu().contiguous().reshape(-1)
        return _array(dtype, value.shape, lambda: flat.view(torch.uint8).numpy().tobytes(), where)
    if numpy is not None and isinstance(value, numpy.generic):
        return value.item() if type(value.item()) in BARE.union(TAGGERS) else None
    if numpy is not None and isinstance(value, numpy.ndarray):
        ours = value.astype(value.dtype.newbyteorder("<"))
        return _array(value.dtype.name, value.shape, ours.tobytes, where)
    return None


def _array(dtype: str, shape: Any, data: Callable[[], bytes], where: Place) -> Array:
    if dtype not in WIDTHS:
        raise NotPlain(f"{_named(where)} has dtype {dtype}, which is not one of {', '.join(WIDTHS)}")
    return Array(dtype, tuple(int(n) for n in shape), data())


def _untag(node: Any, depth: int) -> Plain:
    if depth > MAX_DEPTH:
        raise NotPlain(f"nested more than {MAX_DEPTH} deep")
    kind = type(node)
    if kind is list:
        return _untag_items(node, depth)
    if kind is not dict:
        return _tag_int(node, "a number", depth) if kind is int else node
    if len(node) != 1:
        raise NotPlain("a tag that is not alone")
    ((tag, content),) = node.items()
    return UNTAGGERS[tag](content, depth)


def _untag_items(nodes: list[Any], depth: int) -> list[Plain]:
    return nodes if _are_bare(nodes, depth) else [_untag(node, depth + 1) for node in nodes]


def _untag_float(content: Any, depth: int) -> float:
    if content not in ("nan", "inf", "-inf"):
        raise NotPlain("a float that is none of nan, inf and -inf")
    return float(content)


def _untag_tuple(content: Any, depth: int) -> tuple[Plain, ...]:
    return tuple(_untag_items(_a(list, content), depth))


def _untag_dict(content: Any, depth: int) -> dict[Plain, Plain]:
    pairs, found = _a(list, content), {}
    if len(pairs) > MAX_ALIKE:
        hashes = {hash(_untag(key, depth + 1)) for key, _ in pairs}
        if len(pairs) - len(hashes) > MAX_ALIKE:
            raise NotPlain("too many keys with one and the same hash")
    for pair in pairs:
        key, node = _a(list, pair)
        found[_untag(key, depth + 1)] = _untag(node, depth + 1)
    if len(found) != len(pairs):
        raise NotPlain("a key that comes twice")
    return found


def _untag_array(content: Any, depth: int) -> Array:
    dtype, shape, text = _a(list, content)
    if _a(str, dtype) not in WIDTHS or len(_a(list, shape)) > 16:
        raise NotPlain("an array of unknown dtype or of too many dimensions")
    if not all(type(n) is int and n >= 0 for n in shape) or prod(max(n, 1) for n in shape) > MAX_ITEMS:
        raise NotPlain("an array with an impossible shape")
    data = base64.b64decode(_a(str, text), validate=True)
    if len(data) != prod(shape) * WIDTHS[dtype]:
        raise NotPlain("an array whose bytes do not fill its shape")
    return Array(dtype, tuple(shape), data)


UNTAGGERS: dict[str, Callable[[Any, int], Plain]] = {
    "f": _untag_float,
    "b": lambda content, depth: base64.b64decode(_a(str, content), validate=True),
    "t": _untag_tuple,
    "d": _untag_dict,
    "a": _untag_array,
}


def _a(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise NotPlain(f"{article(type(value).__name__)} where {article(kind.__name__)} belongs")
    return value


def article(noun: str) -> str:
    """The noun with its indefinite article: a list, an int; an ndarray, whose n and d are spoken as letters."""
    return f"{'an' if noun.lower().startswith(('a', 'e', 'i', 'o', 'nd')) else 'a'} {noun}"
