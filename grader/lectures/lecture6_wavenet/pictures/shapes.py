"""The picture of lecture 6's shapes, layer by layer."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture6_wavenet import pictures as probes
from grader.inside.probes.lecture6_wavenet.pictures import BLOCK_SIZE, SYMBOLS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

N_EMBD, N_HIDDEN, BATCH, SEED = 24, 128, 32, 42  # the lecture's
WIDTH = 7.0  # of a layer's positions together, in the picture
GAP = 0.12
NEEDS = (
    "embedding-layer", "linear-3d", "batchnorm-3d", "flatten-consecutive", "sequential", "prepare-model",
    "build-wavenet", "layer-shapes",
)  # fmt: skip


def shapes(view: View) -> Picture:
    """A row for each layer: its positions as boxes, as wide as they have channels."""
    yours, expected = view.both(lambda side: [canvas.numbers(shape) for shape in side["shapes"]])
    names = [str(name) for name in view.expected["layers"]]
    same = all(canvas.agree(mine, theirs, 0) for mine, theirs in zip(yours, expected, strict=True))
    title = (
        f"{BLOCK_SIZE} positions become {_positions(expected)}: each level joins neighbours in pairs"
        if same
        else _first_wrong(names, yours, expected)
    )
    figure = canvas.sheet(10, 0.45 * len(names) + 1.6, title, _used(view))
    axes = figure.subplots()
    for row, (name, mine, theirs) in enumerate(zip(names, yours, expected, strict=True)):
        _layer(axes, row, mine, theirs)
        axes.text(-0.3, row, name, ha="right", va="center", fontsize=11)
    axes.set(xlim=(-2.6, WIDTH + 4.2), ylim=(len(names) - 0.4, -0.6))
    axes.set_axis_off()
    listed = ", ".join(f"{name} {_said(mine)}" for name, mine in zip(names, yours, strict=True))
    text = f"Shapes behind {len(names)} layers: {listed}." + ("" if same else f" {title}.")
    facts = tuple(
        (f"{i}. {name}", _said(mine), _said(theirs))
        for i, (name, mine, theirs) in enumerate(zip(names, yours, expected, strict=True), 1)
    )
    return Picture(view.name, title, text, facts, figure)


def _used(view: View) -> str:
    return (
        f"Your seen_shapes of your build_model({len(SYMBOLS)}, {BLOCK_SIZE}, {N_EMBD}, {N_HIDDEN}, ...) on {BATCH} "
        f"rows, {view.used}. A box is a position, the wider the more channels it has."
    )


def _positions(shapes: list[Numbers]) -> str:
    """8, 4, 2, 1: how many there are behind each level, in words."""
    found = [int(shape[1]) if len(shape) == 3 else 1 for shape in shapes]
    levels = [n for i, n in enumerate(found) if i and n < found[i - 1]]
    return ", ".join(map(str, levels[:-1])) + f" and {levels[-1]}"


def _said(shape: Numbers) -> str:
    return f"({', '.join(f'{n:g}' for n in shape)})"


def _first_wrong(names: list[str], yours: list[Numbers], expected: list[Numbers]) -> str:
    for i, (name, mine, theirs) in enumerate(zip(names, yours, expected, strict=True), 1):
        if not canvas.agree(mine, theirs, 0):
            return f"Behind layer {i}, {name}, your shape is {_said(mine)}, expected {_said(theirs)}"
    return "Your shapes are as expected"


def _layer(axes: "Axes", row: int, mine: Numbers, theirs: Numbers) -> None:
    """The expected boxes, and the shape of yours beside them."""
    from matplotlib.patches import Rectangle

    same = canvas.agree(mine, theirs, 0)
    count, channels = (int(theirs[1]) if len(theirs) == 3 else 1), float(theirs[-1])
    width = 0.55 * float(np.sqrt(channels)) / np.sqrt(N_EMBD)
    room = min(width, (WIDTH - GAP * (count - 1)) / count)
    for t in range(count):
        left = t * (room + GAP)
        axes.add_patch(Rectangle((left, row - 0.32), room, 0.64, facecolor=canvas.RAW, edgecolor=canvas.YOURS))
    colour = canvas.INK if same else canvas.EXPECTED
    words = _said(mine) if same else f"{_said(mine)}, expected {_said(theirs)}"
    axes.text(WIDTH + 0.2, row, words, va="center", fontsize=11, color=colour)


def of_shapes(words: list[str]) -> dict[str, Any]:
    return {"words": words[::400], "n_embd": N_EMBD, "n_hidden": N_HIDDEN, "batch": BATCH, "seed": SEED}


MOTIFS = (Motif("shapes", NEEDS, probes.pictured_shapes, of_shapes, shapes),)
