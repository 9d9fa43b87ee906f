"""The picture of names that are drawn from lecture 2's table."""

from typing import TYPE_CHECKING, Any

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture2_bigram import pictures as probes
from grader.inside.probes.lecture2_bigram.pictures import SYMBOLS
from grader.lectures.lecture2_bigram.pictures.shared import EVERY, counted, shares_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COUNT, SEED, LONGEST = 8, 2147483647, 24


def names(view: View) -> Picture:
    """A few names drawn from a table, every character on the share that it had after the one before it."""
    yours, expected = view.both(lambda side: side["names"])
    right = sum(mine == theirs for mine, theirs in zip(yours, expected, strict=True))
    title = (
        "Each character fits the one before it, and yet hardly one of these is a name"
        if right == COUNT
        else f"{COUNT - right} of your {COUNT} names are not the ones that this generator gives"
    )
    width = max(min(len(name), LONGEST) for name in [*yours, *expected]) + 1
    figure = canvas.sheet(0.62 * width + 1, 0.31 * COUNT + 1.5, title, _used_for_names(view))
    sides = (("your sample_names", yours), ("expected", expected))
    for axes, (name, found) in zip(figure.subplots(1, 2), sides, strict=True):
        _spelled(axes, found, shares_of(counted(view.inputs["words"]) + 1))
        axes.set_xlim(-0.6, width - 0.4)
        axes.set_title(name)
    text = f"Names that your function draws: {', '.join(map(_plain, yours))}. As expected: {right} of {COUNT}."
    facts = ((_plain(a), _plain(b)) for a, b in zip(yours, expected, strict=True))
    return Picture(view.name, title, text, tuple((f"name {i}", *both) for i, both in enumerate(facts, 1)), figure)


def _used_for_names(view: View) -> str:
    return (
        f"Drawn from the counts of {view.used}, each count one higher, with the seed {SEED}. The darker, the more "
        "likely after the character before it; '?' is no character of the table."
    )


def _plain(name: str) -> str:
    """A name with what is no character of the table as '?'."""
    return "".join(c if c in SYMBOLS else "?" for c in name) or "(empty)"


def _spelled(axes: "Axes", found: list[str], shares: Numbers) -> None:
    colours, scale = canvas.white_to_dark(), canvas.root_scale(0.5)
    for row, name in enumerate(found):
        before = 0
        for column, symbol in enumerate(f"{name[:LONGEST]}."):
            after = SYMBOLS.find(symbol)
            share = shares[before, after] if min(before, after) >= 0 else 0.0
            canvas.cell(axes, column, row, symbol if after >= 0 else "?", colours(scale(share)))
            before = after
    axes.set_ylim(COUNT - 0.4, -0.6)
    axes.set_aspect("equal")
    axes.axis("off")


def of_names(words: list[str]) -> dict[str, Any]:
    return {"words": words[::EVERY], "count": COUNT, "seed": SEED}


MOTIFS = (Motif("names", ("sample-names",), probes.pictured_names, of_names, names),)
