"""The picture of batch norm's statistics: one mean per channel, and what the positions have by themselves."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture6_wavenet import pictures as probes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

N_EMBD, CHANNELS, BATCH, SEED = 10, 12, 256, 42


def statistics(view: View) -> Picture:
    """A cell for each position and channel, with what batch norm leaves there, and a row for all positions together."""
    yours, expected = view.both(lambda side: [_table(side, *names) for names in NAMES])
    same = all(canvas.agree(mine, theirs, 0.01) for mine, theirs in zip(yours, expected, strict=True))
    most, wanted = (_largest(side[0][:-1]) for side in (yours, expected))
    title = (
        f"All positions together have mean 0 in each channel; a position alone is up to {most:.2f} away from it"
        if same
        else f"Your positions are up to {most:.2f} away from mean 0, expected {wanted:.2f}"
    )
    rows = [("yours", yours), *([] if same else [("expected", expected)])]
    figure = canvas.sheet(13, 3.2 * len(rows) + 1.2, title, _used(view))
    grid = figure.subplots(len(rows), 2, squeeze=False)
    for line, (name, side) in zip(grid, rows, strict=True):
        for axes, values, what, middle in zip(line, side, ("mean", "spread"), (0.0, 1.0), strict=True):
            _cells(axes, values, middle)
            axes.set_title(f"{name}: {what} of each position and channel")
    text = (
        f"Two tables of {len(yours[0]) - 1} positions and {CHANNELS} channels behind batch norm. Largest mean of a "
        f"position: {most:.2f}; of all positions together: {_largest(yours[0][-1:]):.2f}; expected {wanted:.2f} and "
        f"{_largest(expected[0][-1:]):.2f}."
    )
    facts = tuple(
        (f"{what} of {where}, channel 0", f"{mine[row, 0] + 0.0:.2f}", f"{theirs[row, 0] + 0.0:.2f}")
        for what, mine, theirs in zip(("mean", "spread"), yours, expected, strict=True)
        for row, where in ((0, "the first position"), (-1, "all together"))
    )
    return Picture(view.name, title, text, facts, figure)


NAMES = (("means", "mean of all"), ("spreads", "spread of all"))


def _table(side: Any, each: str, together: str) -> Numbers:
    """The positions, and below them what holds for all; a mean that is zero up to rounding is 0."""
    found = np.vstack([canvas.numbers(side[each]), canvas.numbers(side[together])])
    return np.where(np.abs(found) < 1e-4, 0.0, found)


def _largest(values: Numbers) -> float:
    there = np.abs(values[np.isfinite(values)])
    return float(there.max()) if there.size else float("nan")


def _used(view: View) -> str:
    return (
        f"Your BatchNorm1d({CHANNELS}) in training, on {BATCH} contexts of 8 symbols in 4 pairs, random embeddings and "
        f"weights, {view.used}. With one mean and spread per channel for all positions, each position keeps its own "
        "deviation; a batch norm that measures each position by itself would leave 0 and 1 everywhere."
    )


def _cells(axes: "Axes", values: Numbers, middle: float) -> None:
    """The numbers on their colours: white is what all positions together should have."""
    colours, scale = canvas.below_and_above(), canvas.signed_scale(1.0)
    axes.imshow(values - middle, cmap=colours, norm=scale, aspect="auto")
    for (row, column), value in np.ndenumerate(values):
        if np.isfinite(value):
            ink = canvas.ink_on(colours(scale(value - middle)))
            axes.text(column, row, f"{round(value, 1) + 0.0:.1f}", ha="center", va="center", fontsize=8.5, color=ink)
    names = [f"position {t}" for t in range(len(values) - 1)]
    axes.set_yticks(range(len(values)), [*names, "all together"])
    axes.set_xticks(range(values.shape[1]))
    axes.set_xlabel("channel")
    axes.axhline(len(values) - 1.5, color=canvas.INK, linewidth=1.6)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def of_statistics(words: list[str]) -> dict[str, Any]:
    return {"words": words[::16], "n_embd": N_EMBD, "channels": CHANNELS, "seed": SEED, "batch": BATCH}


MOTIFS = (Motif("statistics", ("batchnorm-3d",), probes.pictured_statistics, of_statistics, statistics),)
