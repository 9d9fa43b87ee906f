"""Pairs as text and as data: shares, and the lines in which two agree; what it means is for a person to say."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from grader.office.similar import LEAST_LINES, Pair

SCHEMA = "zero-to-hero/similar/1"
MOST_PAIRS = 20
MOST_LINES = 4
MEANS = (
    "A share says how much of two students' own lines agree, beside what the course gave them and what many have.\n"
    "It does not say why: people learn together, and from the same pages. Look at both before you say anything."
)


def similar_text(pairs: list[Pair], read: int, left_out: list[str]) -> str:
    """The pairs, most alike first."""
    lines = [f"{read} submissions were compared, each by the lines that are its own (at least {LEAST_LINES})."]
    lines += [f"Left out, for they cannot be opened: {', '.join(left_out[:5])}"] if left_out else []
    if not pairs:
        return "\n".join([*lines, "No two of them have much in common."])
    for pair in pairs[:MOST_PAIRS]:
        lines += ["", *_paragraph(pair)]
    if len(pairs) > MOST_PAIRS:
        lines += ["", f"{len(pairs) - MOST_PAIRS} more pairs, all with smaller shares: --json"]
    return "\n".join([*lines, "", MEANS])


def _paragraph(pair: Pair) -> Iterator[str]:
    yield f"{pair.share:.0%}   {pair.first} and {pair.second}   {pair.lines} lines"
    yield from (f"    {line}" for line in pair.alike[:MOST_LINES])


def similar_data(pairs: list[Pair], read: int, left_out: list[str]) -> dict[str, Any]:
    """All pairs with all their lines."""
    return {"schema": SCHEMA, "submissions": read, "left_out": left_out, "pairs": [asdict(pair) for pair in pairs]}
