"""What an object has under some names, for stand-ins that are to give away nothing of how a student writes it."""

from collections.abc import Iterable
from typing import Any


def present(thing: Any, *names: str) -> list[Any]:
    """Whatever of these it has, in this order."""
    found = (getattr(thing, name, None) for name in names)
    return [one for one in found if one is not None]


def gathered(things: Iterable[Any], method: str) -> list[Any]:
    """What that method of each gives, all in one list."""
    found: list[Any] = []
    for thing in things:
        found += getattr(thing, method)()
    return found
