"""Slips in what stands side by side: items of a list, rounds of a loop; and the same slip in every place."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from grader.judging.mistakes.made.operands import Change
from grader.judging.mistakes.made.slip import Slip
from grader.judging.mistakes.made.solution import Scope

EVERYWHERE = "in several places"


def items(scope: Scope, node: ast.expr) -> Iterator[Change]:
    """Two values side by side exchanged, or one of them left out."""
    if not isinstance(node, ast.Tuple | ast.List) or not isinstance(node.ctx, ast.Load) or len(node.elts) == 1:
        return
    parts = list(map(scope.solution.source, node.elts))
    for place in range(1, len(parts)):
        exchanged = [*parts[: place - 1], parts[place], parts[place - 1], *parts[place + 1 :]]
        yield node, _written(node, exchanged), "two values that stand side by side were exchanged"
    for place in range(len(parts)):
        yield node, _written(node, parts[:place] + parts[place + 1 :]), "one of several values were left out"


def _written(node: ast.Tuple | ast.List, parts: list[str]) -> str:
    inner = ", ".join(parts)
    if any(isinstance(part, ast.Slice) for part in node.elts):  # an index, which has no brackets of its own
        return inner
    return f"[{inner}]" if isinstance(node, ast.List) else f"({inner},)"


def rounds(scope: Scope, node: ast.expr) -> Iterator[Change]:
    """A loop that leaves out what comes first or last."""
    parent = scope.parents.get(node)
    if isinstance(parent, ast.For | ast.comprehension) and node is parent.iter:
        text = scope.solution.source(node)
        yield node, f"list({text})[1:]", "the first round of a loop were left out"
        yield node, f"list({text})[:-1]", "the last round of a loop were left out"


def everywhere(slips: Iterable[tuple[Slip, str]], text: str) -> Iterator[Slip]:
    """The same slip in all places of a function where the same letters stand in the same kind of whole, if several."""
    alike: dict[tuple[str, str, str, str], dict[int, Slip]] = {}
    for slip, whole in slips:
        alike.setdefault((slip.old, slip.new, slip.clause, whole), {}).setdefault(slip.start, slip)
    for places in alike.values():
        ordered = [places[start] for start in sorted(places)]
        one = len({slip.place.exercise for slip in ordered}) == 1
        if len(ordered) > 1 and one and all(a.end <= b.start for a, b in pairwise(ordered)):
            yield _together(ordered, text)


def _together(slips: list[Slip], text: str) -> Slip:
    """All of them as one change, from the first letter that changes to the last."""
    first, last = slips[0], slips[-1]
    new = first.new
    for before, after in pairwise(slips):
        new += text[before.end : after.start] + after.new
    place = replace(first.place, result=EVERYWHERE)
    return Slip(place, first.start, last.end, text[first.start : last.end], new, first.clause)
