"""The picture of how far back the last output of a stack of convolutions sees."""

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture6_wavenet import pictures as probes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DILATIONS, LENGTH = [1, 2, 4], 16
ROOM = 0.36  # of a circle


def reach(view: View) -> Picture:
    """For each height of the stack the inputs that its last output depends on, and the tree that carries them there."""
    yours, expected = view.both(lambda side: canvas.numbers(side))
    same = canvas.agree(yours, expected, 0)
    seen, wanted = (_counted(side) for side in (yours, expected))
    title = (
        f"The last output sees {seen[0]}, {seen[1]} and {seen[2]} inputs: each level doubles the reach"
        if same
        else f"Your last output sees {', '.join(seen)} inputs, expected {', '.join(wanted)}"
    )
    figure = canvas.sheet(11, 5.6, title, _used())
    top, below = figure.subplots(2, 1, height_ratios=[3, 2])
    _tree(top)
    _rows(below, yours, expected)
    text = (
        f"A tree of {len(DILATIONS)} convolutions with dilations 1, 2 and 4 over {LENGTH} positions. The last output "
        f"depends on {', '.join(seen)} of them behind the first, second and third; expected {', '.join(wanted)}."
    )
    facts = tuple(
        (f"dilations {DILATIONS[: level + 1]}: positions", _places(yours[level]), _places(expected[level]))
        for level in range(len(DILATIONS))
    )
    return Picture(view.name, title, text, facts, figure)


def _used() -> str:
    return (
        f"Your seen_inputs, asked about a stack of your causal_convolution with tanh between, on {LENGTH} positions of "
        "random numbers. The tree is drawn from the dilations; the rows below are what was found. Orange frames: "
        "different from what is expected."
    )


def _counted(side: Numbers) -> list[str]:
    return [f"{np.nansum(row):g}" for row in side]


def _places(row: Numbers) -> str:
    """The positions that count, as a range if they follow one another."""
    found = [int(t) for t in np.nonzero(np.nan_to_num(row) > 0)[0]]
    if np.isfinite(row).all() and set(np.unique(row)) <= {0.0, 1.0} and found:
        in_a_row = all(b == a + 1 for a, b in pairwise(found))
        return f"{found[0]} to {found[-1]}" if in_a_row else ", ".join(map(str, found))
    return "none" if not found else "no answer of yes and no"


def _tree(axes: "Axes") -> None:
    """The nodes of every level, and the edges through which the last output sees."""
    needed = {LENGTH - 1}
    for level in range(len(DILATIONS), 0, -1):
        dilation = DILATIONS[level - 1]
        for t in needed:
            for source in (t - dilation, t):
                axes.plot([source, t], [level - 1, level], color=canvas.YOURS, linewidth=1.6, zorder=1)
        _level(axes, level, needed)
        needed |= {t - dilation for t in needed}
    _level(axes, 0, needed)
    for level, name in enumerate(["input", *(f"dilation {d}" for d in DILATIONS)]):
        axes.text(-0.8, level, name, ha="right", va="center", fontsize=11)
    axes.set(xlim=(-3.2, LENGTH), ylim=(-0.6, len(DILATIONS) + 0.5), aspect="equal")
    axes.set_axis_off()


def _level(axes: "Axes", level: int, needed: set[int]) -> None:
    from matplotlib.patches import Circle

    for t in range(LENGTH):
        colour = canvas.YOURS if t in needed else "#ffffff"
        axes.add_patch(Circle((t, level), ROOM * 0.7, facecolor=colour, edgecolor=canvas.SOFT, zorder=2))


def _rows(axes: "Axes", yours: Numbers, expected: Numbers) -> None:
    """What was found: a row for each height of the stack, a cell for each position."""
    axes.imshow(yours, cmap=canvas.white_to_dark(), vmin=0, vmax=1, aspect="equal")
    right, bottom = LENGTH - 0.5, len(DILATIONS) - 0.5
    axes.vlines(np.arange(LENGTH + 1) - 0.5, -0.5, bottom, color="#c3cad4", linewidth=0.8)
    axes.hlines(np.arange(len(DILATIONS) + 1) - 0.5, -0.5, right, color="#c3cad4", linewidth=0.8)
    canvas.outline(axes, ~np.isclose(yours, expected))
    for level in range(len(DILATIONS)):
        axes.text(-0.8, level, f"seen through {level + 1}", ha="right", va="center", fontsize=11)
    axes.set_yticks([])
    axes.set_xticks(range(LENGTH))
    axes.set_xlabel("position of the input")
    axes.tick_params(length=0)
    axes.set(xlim=(-3.2, LENGTH), ylim=(bottom + 0.05, -0.55))
    axes.spines[:].set_visible(False)


def of_reach(words: list[str]) -> dict[str, Any]:
    return {"dilations": DILATIONS, "length": LENGTH}


MOTIFS = (Motif("reach", ("causal-convolution", "receptive-field"), probes.pictured_reach, of_reach, reach),)
