"""The simplest inputs of a kind, in order: among them the smallest is sought on which a submission goes wrong.

They are the same for everybody and for every submission, so that what is expected of them can be known beforehand.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from heapq import heappop, heappush
from typing import Any

from grader.inside import plain
from grader.judging.properties.choices import POOL, WIDER, Inputs, pool

MOST = 100  # simple inputs of a kind
SMALLER = 0.55  # of each size so many times as many as of the size before
FEWEST = 5  # of a size
ATTEMPTS = 2_000

Script = tuple[tuple[int, int], ...]  # which choices are made otherwise, and how, in their order


class Scripted:
    """The first way always, but for the choices that a script makes otherwise; knows between how many ways it chose."""

    def __init__(self, script: Script) -> None:
        self.script = dict(script)
        self.counts: list[int] = []

    def below(self, count: int) -> int:
        self.counts.append(count)
        return self.script.get(len(self.counts) - 1, 0) % count


def candidates(inputs: Inputs, seed: str, count: int = POOL) -> tuple[Mapping[str, Any], ...]:
    """Where the smallest wrong inputs are sought: the simplest of a kind, then those that are made up from a seed."""
    found = {plain.encode(dict(one)): one for one in (*simplest(inputs), *pool(inputs, seed, max(count, WIDER)))}
    return tuple(sorted(found.values(), key=inputs.size))


@lru_cache(maxsize=1000)
def simplest(inputs: Inputs) -> tuple[Mapping[str, Any], ...]:
    """Many of the smallest size and fewer of each larger one; of each size those that need the simplest choices."""
    sizes: dict[int, list[Mapping[str, Any]]] = {}
    for one in _in_order(inputs):
        sizes.setdefault(inputs.size(one), []).append(one)
    share = 1.0 if len(sizes) == 1 else 1 - SMALLER
    most = [max(FEWEST, int(MOST * share * SMALLER**place)) for place in range(len(sizes))]
    return tuple(one for size, n in zip(sorted(sizes), most, strict=True) for one in sizes[size][:n])


def _in_order(inputs: Inputs) -> list[Mapping[str, Any]]:
    """Different inputs: those that few choices make come first, and of these the simplest choices."""
    found: dict[bytes, tuple[Any, Mapping[str, Any]]] = {}
    for cost, script, count, one in _made(inputs):
        order, key = (count, cost, script), plain.encode(dict(one))
        if key not in found or order < found[key][0]:
            found[key] = order, one
    return [one for _, one in sorted(found.values(), key=lambda item: item[0])]


def _made(inputs: Inputs) -> Iterator[tuple[int, Script, int, Mapping[str, Any]]]:
    """What scripts make, the simplest script first, each with what it costs and how many choices were made."""
    ahead: list[tuple[int, Script]] = [(0, ())]
    for _ in range(ATTEMPTS):
        if not ahead:
            return
        cost, script = heappop(ahead)
        choices = Scripted(script)
        if (one := inputs(choices)) is not None:
            yield cost, script, len(choices.counts), one
        for place, way in _otherwise(script, choices.counts):
            heappush(ahead, (cost + way.bit_length(), (*script, (place, way))))


def _otherwise(script: Script, counts: list[int]) -> Iterator[tuple[int, int]]:
    """Each choice that can be made otherwise behind all that the script makes."""
    first = script[-1][0] + 1 if script else 0
    return ((place, way) for place in range(first, len(counts)) for way in range(1, counts[place]))
