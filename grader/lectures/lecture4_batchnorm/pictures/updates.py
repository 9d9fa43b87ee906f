"""The picture of lecture 4's update ratios."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture4_batchnorm import pictures as probes
from grader.inside.probes.lecture4_batchnorm.pictures import BATCH
from grader.lectures.lecture4_batchnorm.pictures.shared import DEEP_HIDDEN, LAYERS, MEAN, RATES, SEED, UPDATES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEALTHY = -3.0
DASHES: tuple[Any, ...] = ("-", (0, (6, 2)), (0, (2, 1.5)), (0, (6, 2, 1.5, 2)), "-", (0, (4, 1)), (0, (1, 1)))
INKS = ("#000000", "#12315e", "#2c5f9b", "#5b8fc4", "#7a4100", "#b0752a", "#6b6b6b")


def updates(view: View) -> Picture:
    """How far each step moves each weight matrix, as a power of ten, for a usual and a small learning rate."""
    yours, expected = view.both(lambda side: [canvas.numbers(run) for run in side])
    mine, theirs = (np.array([_late(run) for run in side]) for side in (yours, expected))
    same = canvas.agree(mine, theirs, 0.15)
    usual, small, wanted = map(canvas.mean, (mine[0], mine[1], theirs[0]))
    title = (
        f"At learning rate {RATES[0]} a step moves the weights by 10^{usual:.1f} of their size, at {RATES[1]} by only "
        f"10^{small:.1f}"
        if same
        else f"Your update ratios end at {usual:.2f}, expected {wanted:.2f}"
    )
    rows = [("yours", yours), *([] if same else [("expected", expected)])]
    figure = canvas.sheet(13, 5.2 * len(rows) + 0.8, title, _used_for_updates(view))
    grid = figure.subplots(len(rows), len(RATES), squeeze=False, sharey=True)
    for line, (name, side) in zip(grid, rows, strict=True):
        _rates(line, side, name)
    grid[0, 0].set_ylim(*canvas.limits(np.array(yours), np.array([HEALTHY, *np.array(expected).ravel()])))
    text = (
        f"Curves of the update ratios of {mine.shape[1]} weight matrices over {UPDATES} steps, with a line at -3. Mean "
        f"of the last {MEAN} steps: {usual:.2f} with learning rate {RATES[0]}, {small:.2f} with {RATES[1]}; expected "
        f"{wanted:.2f} and {canvas.mean(theirs[1]):.2f}."
    )
    named = [f"{_matrix(i, len(mine[0]))}, learning rate {RATES[0]}" for i in range(len(mine[0]))]
    facts = tuple((name, f"{a:.2f}", f"{b:.2f}") for name, a, b in zip(named, mine[0], theirs[0], strict=True))
    return Picture(view.name, title, text, facts, figure)


def _used_for_updates(view: View) -> str:
    return (
        f"What your update_ratios gives in {UPDATES} steps of your deep_net, {BATCH} rows each, {view.used}; means of "
        f"{MEAN // 2} steps. C is the embedding, then the layers in order."
    )


def _late(run: Numbers) -> Numbers:
    """The mean of each matrix over the last steps."""
    return np.array([canvas.mean(column) for column in run[-MEAN:].T])


def _matrix(index: int, count: int) -> str:
    return "C" if not index else "output" if index == count - 1 else f"layer {index}"


def _rates(line: Any, side: list[Numbers], name: str) -> None:
    """The curves of one side, a panel for each learning rate."""
    for axes, run, lr in zip(line, side, RATES, strict=True):
        _ratios(axes, run)
        axes.axhline(HEALTHY, color=canvas.EXPECTED, linewidth=1.8)
        words = "-3: a thousandth of the weights per step"
        canvas.note(axes, 0, HEALTHY, words, va="bottom", fontsize=9, color=canvas.EXPECTED)
        axes.set_title(f"{name}, learning rate {lr}")
        axes.set_xlabel("step")
    line[0].set_ylabel("log10(spread of the step / spread of the weights)")


def _ratios(axes: "Axes", run: Numbers) -> None:
    """A curve for each matrix, told apart by dash and by the name at its end."""
    steps, curves = np.empty(0), []
    for column, ink, dash in zip(run.T, INKS, DASHES, strict=False):
        steps, curve = canvas.blocks(column, MEAN // 2)
        axes.plot(steps, curve, linewidth=1.8, color=ink, linestyle=dash)
        curves.append(curve)
    ends = [float(np.nan_to_num(curve[-1])) for curve in curves]
    for index, (end, height) in enumerate(zip(ends, canvas.apart(ends, 0.17), strict=True)):
        axes.annotate(
            _matrix(index, len(ends)), (steps[-1], end), (len(run) * 1.05, height), fontsize=9, va="center",
            color=INKS[index], arrowprops={"arrowstyle": "-", "color": "#b8bec8", "linewidth": 0.7},
            annotation_clip=False,
        )  # fmt: skip
    axes.set_xlim(-2, len(run) * 1.22)


def of_updates(words: list[str]) -> dict[str, Any]:
    return {"words": words[::8], "n_hidden": DEEP_HIDDEN, "seed": SEED, "steps": UPDATES, "rates": RATES}


MOTIFS = (Motif("updates", (*LAYERS, "update-ratios"), probes.pictured_updates, of_updates, updates),)
