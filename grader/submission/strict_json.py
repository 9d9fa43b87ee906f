"""JSON from strangers: UTF-8, no key twice, no depth that Python cannot take."""

import json
from typing import Any


def strict_json(data: bytes, with_nan: bool) -> Any:
    """What the bytes say. NaN and infinity, which are no JSON, only on request. Raises ValueError."""
    try:
        return json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_unique, parse_constant=float if with_nan else _refused
        )
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _refused(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")
