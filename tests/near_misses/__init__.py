"""Near misses: wrong programs that resemble a known mistake and are not it, so nothing may be named.

One module per lecture, with the ids of the lecture's `mistakes`. A near miss is the mistake's own line with
another slip in it, as edits of the reference.
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module

from grader.judging.mistakes.known import Edit


@dataclass(frozen=True)
class NearMiss:
    """What the program does, and the edits of the reference that make it."""

    what: str
    edits: tuple[Edit, ...]


def near(what: str, file: str, old: str, new: str, times: int = 1) -> NearMiss:
    """One that is a single edit."""
    return NearMiss(what, (Edit(file, old, new, times),))


def together(*some: NearMiss) -> NearMiss:
    """Several in one program, where they are about different exercises."""
    return NearMiss("; ".join(one.what for one in some), tuple(edit for one in some for edit in one.edits))


@cache
def near_misses(lecture: str) -> dict[str, tuple[NearMiss, ...]]:
    """Those of a lecture, by the id of the mistake that they resemble."""
    found: dict[str, tuple[NearMiss, ...]] = import_module(f"near_misses.{lecture}").NEAR_MISSES
    return found
