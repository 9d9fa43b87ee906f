"""JSON from strangers: UTF-8, no key twice, no depth and no number that Python would not take."""

import json
from typing import Any

MOST_DIGITS = 400


def strict_json(data: bytes, with_nan: bool) -> Any:
    """What the bytes say. NaN and infinity, which are no JSON, only on request. Raises ValueError with the reason."""
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_unique,
            parse_int=_integer,
            parse_constant=float if with_nan else _refused,
        )
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno} is not JSON") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _integer(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"a number has more than {MOST_DIGITS} digits")
    return int(digits)


def _refused(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")
