"""The map of lecture 5's 26 gradients: yours beside what is expected, and the first that parts."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture5_backprop import pictures as probes
from grader.inside.probes.lecture5_backprop.pictures import BATCH

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SEED, N_HIDDEN = 2147483647, 64  # as in the lecture
ACROSS, TILE, BETWEEN, ABOVE = 6, 30, 3, 14  # tiles side by side, their pixels, and the room between and above them
STEP = (TILE + ABOVE, 2 * TILE + 4 * BETWEEN)  # from one pair of tiles to the next
NEXT = 1e-7  # further apart than rounding ever is

Sides = dict[str, tuple[Numbers, Numbers]]


def gradients(view: View) -> Picture:
    """All gradients as tiles in the order of the lecture, each scaled by the largest number that is expected in it."""
    sides: Sides = {
        name: (canvas.numbers(view.yours[name]), canvas.numbers(view.expected[name])) for name in view.expected
    }
    parted = [name for name, (yours, expected) in sides.items() if not _same(yours, expected)]
    first = parted[0] if parted else ""
    title = (
        f"{first} is the first of {len(sides)} gradients that parts from what is expected; {_more(len(parted) - 1)}"
        if parted
        else f"All {len(sides)} gradients, from the loss back to the letters, are as expected"
    )
    rows = -(-len(sides) // ACROSS)
    figure = canvas.sheet(13, 1.34 * rows + 1.2, title, _used(view))
    _map(figure.subplots(), sides, parted)
    return Picture(view.name, title, _in_words(sides, parted), _facts(sides, parted), figure)


def _used(view: View) -> str:
    return (
        f"Your functions of pieces.py one after the other, each with what your own gave before: {BATCH} examples, "
        f"{N_HIDDEN} hidden units, {view.used}. Left of a pair: yours; right: expected. Blue is above 0, brown below, "
        "white is 0; each pair has its own scale, and all tiles have one size. A dashed frame: not as expected."
    )


def _more(count: int) -> str:
    """How many others do."""
    return "no other does" if count == 0 else "1 more does" if count == 1 else f"{count} more do"


def _same(yours: Numbers, expected: Numbers) -> bool:
    """Whether the two differ by rounding alone, measured by the largest number that is expected."""
    return canvas.agree(yours, expected, NEXT * max(float(np.abs(expected).max()), NEXT))


def _map(axes: "Axes", sides: Sides, parted: list[str]) -> None:
    """All tiles in one image, and the names above them."""
    places = {name: divmod(i, ACROSS) for i, name in enumerate(sides)}
    height, width = (max(place[i] for place in places.values()) + 1 for i in (0, 1))
    image = np.zeros((height * STEP[0], width * STEP[1]))
    for name, (row, column) in places.items():
        top, left = row * STEP[0] + ABOVE, column * STEP[1]
        for k, side in enumerate(sides[name]):
            start = left + k * (TILE + BETWEEN)
            image[top : top + TILE, start : start + TILE] = _tile(side, sides[name][1])
        _named(axes, name, left, top, parted)
    axes.imshow(image, cmap=canvas.below_and_above(), norm=canvas.signed_scale(1.0), interpolation="nearest")
    axes.set(xlim=(-BETWEEN, image.shape[1]), ylim=(image.shape[0] + BETWEEN, 0))
    axes.set_axis_off()


def _tile(side: Numbers, expected: Numbers) -> Numbers:
    """A gradient as a square: its rows and columns are stretched, and its numbers lie between -1 and 1."""
    table = side.reshape(len(side), -1) if side.ndim > 1 else side.reshape(1, -1)
    rows, columns = (np.arange(TILE) * size // TILE for size in table.shape)
    return table[rows][:, columns] / max(float(np.abs(expected).max()), NEXT)


def _named(axes: "Axes", name: str, left: float, top: float, parted: list[str]) -> None:
    """The name above a pair of tiles, and a frame around it."""
    from matplotlib.patches import Rectangle

    is_other, is_first = name in parted, name == (parted or [""])[0]
    words = f"{name}  parts first" if is_first else name
    colour = canvas.EXPECTED if is_other else canvas.INK
    axes.text(left, top - 3, words, fontsize=11, color=colour, fontweight="bold" if is_first else "normal")
    style: dict[str, Any] = {
        "edgecolor": canvas.EXPECTED,
        "linewidth": 3.0 if is_first else 1.6,
        "linestyle": (0, (4, 2)),
    }
    plain: dict[str, Any] = {"edgecolor": "#c3cad4", "linewidth": 0.8}
    for start, marked in ((left, is_other), (left + TILE + BETWEEN, False)):
        frame = Rectangle((start - 0.5, top - 0.5), TILE, TILE, fill=False, **(style if marked else plain))
        axes.add_patch(frame)


def _largest(side: Numbers) -> str:
    """The largest distance from 0."""
    found = float(np.abs(side).max())
    return f"{found:.3g}" if np.isfinite(found) else "no number"


def _facts(sides: Sides, parted: list[str]) -> tuple[tuple[str, str, str], ...]:
    largest = {name: [_largest(side) for side in sides[name]] for name in ("dlogprobs", "dlogits", "dC")}
    return (
        ("gradients as expected", str(len(sides) - len(parted)), str(len(sides))),
        *((f"largest number in {name}", yours, expected) for name, (yours, expected) in largest.items()),
    )


def _in_words(sides: Sides, parted: list[str]) -> str:
    text = f"Map of {len(sides)} gradients of a batch of {BATCH}, in the order of the lecture, yours beside expected."
    if not parted:
        return f"{text} All are as expected."
    mine, theirs = map(_largest, sides[parted[0]])
    return (
        f"{text} {len(parted)} are not as expected; the first is {parted[0]}, whose largest number is {mine}, "
        f"expected {theirs}."
    )


def of_net(words: list[str]) -> dict[str, Any]:
    return {"words": words[::8], "n_hidden": N_HIDDEN, "seed": SEED}


PIECES = (
    "forward-pieces", "grad-logprobs", "grad-probs", "grad-counts-sum", "grad-counts", "grad-norm-logits",
    "grad-logits", "grad-output-layer", "grad-tanh", "grad-gain-bias", "grad-variance", "grad-centring",
    "grad-hidden-layer", "grad-embedding",
)  # fmt: skip
MOTIFS = (Motif("gradients", PIECES, probes.pictured_gradients, of_net, gradients),)
