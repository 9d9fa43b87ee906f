"""The picture of lecture 3's embedding, before and after training."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture3_mlp import pictures as probes
from grader.inside.probes.lecture3_mlp.shared import SYMBOLS
from grader.lectures.lecture3_mlp.pictures.shared import BLOCK_SIZE, SEED, TRAINING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SMALL, LONG, LARGER, FASTER = [len(SYMBOLS), BLOCK_SIZE, 2, 50], 2000, 64, 0.4
VOWELS = "aeiou"


def embedding(view: View) -> Picture:
    """Every symbol at its two numbers, before and after training; vowels are filled circles."""
    before = canvas.numbers(view.expected["before"])
    yours, expected = view.both(lambda side: canvas.numbers(side["after"]))
    same = canvas.agree(yours, expected, 0.3)
    first, ours, should = map(_vowels, (before, yours, expected))
    title = (
        f"Training has moved the vowels together: {ours:.0%} of the usual distance apart, {first:.0%} before"
        if same
        else f"Your vowels lie at {ours:.0%} of the usual distance from each other, expected {should:.0%}"
    )
    panels = [("before training", before), ("after your training", yours), *([] if same else [("expected", expected)])]
    figure = canvas.sheet(6 * len(panels), 6.8, title, _used_for_embedding(view))
    for axes, (name, table) in zip(figure.subplots(1, len(panels)), panels, strict=True):
        _scattered(axes, table, expected if table is yours else table)
        axes.set_title(name)
    text = (
        f"Scatter plots of the {len(SYMBOLS)} symbols at their two numbers, before and after training. The distance of "
        f"two vowels, divided by that of any two letters: {first:.2f} before, {ours:.2f} after, expected {should:.2f}."
    )
    facts = (("distance of vowels, beside that of any letters", f"{ours:.2f}", f"{should:.2f}"),)
    return Picture(view.name, title, text, facts, figure)


def _used_for_embedding(view: View) -> str:
    return (
        f"The table C of a net of the sizes {SMALL} after {LONG:,} steps of your train, {LARGER} rows each, learning "
        f"rate {FASTER}, from a calm start, {view.used}. Filled: vowels. Square: '.'."
    )


def _vowels(table: Numbers) -> float:
    """The mean distance of two vowels divided by the mean distance of two letters."""
    letters = _distances(table[1:])
    return _distances(table[[SYMBOLS.index(vowel) for vowel in VOWELS]]) / letters if letters > 0 else float("nan")


def _distances(points: Numbers) -> float:
    gaps = np.sqrt(((points[:, None] - points[None]) ** 2).sum(-1))
    return canvas.mean(gaps[~np.eye(len(points), dtype=bool)])


def _scattered(axes: "Axes", table: Numbers, room: Numbers) -> None:
    for symbol, (x, y) in zip(SYMBOLS, table, strict=True):
        if np.isfinite(x) and np.isfinite(y):
            _letter(axes, symbol, x, y)
    axes.set_xlim(*canvas.limits(table[:, 0], room[:, 0], margin=0.1))
    axes.set_ylim(*canvas.limits(table[:, 1], room[:, 1], margin=0.1))
    axes.set_xlabel("first number of the embedding")
    axes.set_ylabel("second number")


def _letter(axes: "Axes", symbol: str, x: float, y: float) -> None:
    """A symbol where it lies; vowels and the '.' stand out."""
    vowel = symbol in VOWELS
    if vowel or symbol == ".":
        face = canvas.YOURS if vowel else "#ffffff"
        axes.plot(x, y, "o" if vowel else "s", markersize=19, mfc=face, mec=canvas.INK, mew=1)
    ink = "#ffffff" if vowel else canvas.INK
    axes.text(x, y, symbol, ha="center", va="center", fontsize=14, color=ink, clip_on=True)


def of_embedding(words: list[str]) -> dict[str, Any]:
    net = {"sizes": SMALL, "seed": SEED, "steps": LONG, "batch_size": LARGER, "lr": FASTER}
    return {"words": words[::8], **net}


MOTIFS = (Motif("embedding", TRAINING, probes.pictured_embedding, of_embedding, embedding),)
