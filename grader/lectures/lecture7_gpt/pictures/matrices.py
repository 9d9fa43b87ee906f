"""The pictures of lecture 7 that show who listens to whom: attention, and the averages that it comes from."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture7_gpt import pictures as probes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TEXT, HEADS, SEED, LENGTH = "to be or not", 3, 1337, 8
WAYS = ("the loop", "the matrix", "the softmax")


def attention(view: View) -> Picture:
    """The weights of each head: a row for each position that asks, a column for each that is heard."""
    yours, expected = view.both(lambda side: [canvas.numbers(head) for head in side])
    same = all(canvas.agree(mine, theirs, 1e-4) for mine, theirs in zip(yours, expected, strict=True))
    future, wanted = (_future(side) for side in (yours, expected))
    title = (
        "Each position listens to itself and to what came before, each head in its own way"
        if same
        else f"Up to {future:.2f} of the attention goes to what comes later, expected {wanted:.2f}"
    )
    used = (
        f"{HEADS} of your Heads with random weights on {TEXT!r}. A row is the position that asks, a column "
        "the one that is heard; the darker, the more. Orange frames: different from what is expected."
    )
    facts = tuple(
        (f"head {i}: share of the last position for itself", f"{mine[-1, -1]:.3f}", f"{theirs[-1, -1]:.3f}")
        for i, (mine, theirs) in enumerate(zip(yours, expected, strict=True), 1)
    )
    names = [f"head {i}" for i in range(1, HEADS + 1)]
    text = f"{HEADS} tables of {len(TEXT)} rows and columns. Share that goes to later positions: {future:.2f} at most"
    text += "." if same else f", expected {wanted:.2f}. {_other(yours, expected)} entries differ."
    return _picture(view, title, used, text, facts, names, yours, expected, list(TEXT.replace(" ", "_")))


def averages(view: View) -> Picture:
    """The matrices that the three ways of averaging are."""
    yours, expected = view.both(lambda side: [canvas.numbers(way) for way in side])
    same = all(canvas.agree(mine, theirs, 1e-4) for mine, theirs in zip(yours, expected, strict=True))
    title = (
        "Three ways, one matrix: row t shares itself out evenly among the first t + 1"
        if same
        else _wrong(yours, expected)
    )
    used = (
        f"Your three means of an identity matrix of {LENGTH} positions, which shows the matrix that each of them is. "
        "Orange frames: different from what is expected."
    )
    facts = tuple(
        (f"{name}: sum of the second row", f"{mine[1].sum():.3f}", f"{theirs[1].sum():.3f}")
        for name, mine, theirs in zip(WAYS, yours, expected, strict=True)
    )
    text = f"Three tables of {LENGTH} rows and columns"
    text += (
        ", all the same: each row adds up to 1."
        if same
        else f": {_other(yours, expected)} entries are not as expected."
    )
    places = [str(t) for t in range(LENGTH)]
    return _picture(view, title, used, text, facts, list(WAYS), yours, expected, places)


def _wrong(yours: list[Numbers], expected: list[Numbers]) -> str:
    wrong = [n for n, a, b in zip(WAYS, yours, expected, strict=True) if not canvas.agree(a, b, 1e-4)]
    return f"Another matrix than expected: {', '.join(wrong)}"


def _other(yours: list[Numbers], expected: list[Numbers]) -> int:
    """How many entries are not as expected."""
    pairs = zip(yours, expected, strict=True)
    return sum(int((~np.isclose(mine, theirs, atol=1e-4)).sum()) for mine, theirs in pairs)


def _future(heads: list[Numbers]) -> float:
    """The largest share of a position that goes to later ones."""
    shares = [np.triu(np.nan_to_num(head), 1).sum(1).max() for head in heads]
    return float(max(shares))


def _picture(
    view: View, title: str, used: str, text: str, facts: Any, names: list[str], yours: list[Numbers],
    expected: list[Numbers], places: list[str],
) -> Picture:  # fmt: skip
    figure = canvas.sheet(4.2 * len(names), 5.6, title, used)
    grid = figure.subplots(1, len(names), squeeze=False)
    for axes, name, mine, theirs in zip(grid[0], names, yours, expected, strict=True):
        _cells(axes, mine, theirs, places)
        axes.set_title(name)
    return Picture(view.name, title, text, facts, figure)


def _cells(axes: "Axes", mine: Numbers, theirs: Numbers, places: list[str]) -> None:
    axes.imshow(mine, cmap=canvas.white_to_dark(), vmin=0, vmax=1, aspect="equal")
    canvas.outline(axes, ~np.isclose(mine, theirs, atol=1e-4))
    axes.set_xticks(range(len(places)), places)
    axes.set_yticks(range(len(places)), places)
    axes.set_xlabel("is heard")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def of_attention(words: list[str]) -> dict[str, Any]:
    return {"text": TEXT, "heads": HEADS, "seed": SEED}


def of_averages(words: list[str]) -> dict[str, Any]:
    return {"length": LENGTH}


MOTIFS = (
    Motif("averages", ("mean-loop", "mean-matmul", "mean-softmax"), probes.pictured_averages, of_averages, averages),
    Motif("attention", ("head",), probes.pictured_attention, of_attention, attention),
)
