"""The picture of lecture 5's gradient at the logits: a row for each example, dark where the target is."""

from typing import TYPE_CHECKING

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture5_backprop import pictures as probes
from grader.inside.probes.lecture5_backprop.pictures import BATCH, SYMBOLS
from grader.lectures.lecture5_backprop.pictures.gradients import of_net

if TYPE_CHECKING:
    from matplotlib.axes import Axes

THOUSAND = 1000  # gradients are told in thousandths


def dlogits(view: View) -> Picture:
    """The gradient at the logits in grey, yours and, where it differs, what is expected."""
    yours, expected = view.both(lambda side: THOUSAND * canvas.numbers(side["dlogits"]))
    targets = [int(target) for target in canvas.numbers(view.expected["Yb"])]
    same = canvas.agree(yours, expected, 1e-6)
    panels = [("your dlogits", yours), *([] if same else [("expected", expected)])]
    title = (
        "In every row the target is pulled up (dark) by what the other 26 symbols are pushed down"
        if same
        else f"Your dlogits differ from what is expected, by up to {_number(_gap(yours, expected))} thousandths"
    )
    figure = canvas.sheet(8.5 * len(panels), 9, title, _used(view))
    for axes, (name, table) in zip(figure.subplots(1, len(panels), squeeze=False)[0], panels, strict=True):
        _drawn(axes, table, expected)
        axes.set_title(name)
    return Picture(view.name, title, _in_words(yours, expected, targets), _facts(yours, expected, targets), figure)


def _used(view: View) -> str:
    return (
        f"Your cross_entropy_backward on the first batch of a net like the lecture's: {BATCH} examples, {len(SYMBOLS)} "
        f"symbols, {view.used}. Black is the lowest number: the logit should rise. White is the highest: it should "
        "fall. What is no number is tan."
    )


def _drawn(axes: "Axes", table: Numbers, expected: Numbers) -> None:
    from matplotlib import colormaps

    grey = colormaps["gray"].with_extremes(bad=canvas.NO_NUMBER)
    axes.imshow(table, cmap=grey, vmin=expected.min(), vmax=expected.max(), aspect="auto", interpolation="nearest")
    canvas.letters(axes, SYMBOLS, 9, "symbol", "example")
    axes.set_yticks([0, BATCH - 1], ["1", str(BATCH)])


def _number(value: float) -> str:
    """Two digits behind the point, and no minus in front of a zero."""
    return f"{round(value, 2) + 0.0:.2f}" if np.isfinite(value) else "no number"


def _gap(yours: Numbers, expected: Numbers) -> float:
    """The largest distance; no number, if one of yours is none."""
    return float(np.abs(yours - expected).max())


def _largest_sum(table: Numbers) -> float:
    return float(np.abs(table.sum(1)).max())


def _at_targets(table: Numbers, targets: list[int]) -> float:
    return canvas.mean(table[range(len(targets)), targets])


def _facts(yours: Numbers, expected: Numbers, targets: list[int]) -> tuple[tuple[str, str, str], ...]:
    sums = _number(_largest_sum(yours)), _number(_largest_sum(expected))
    pulled = _number(_at_targets(yours, targets)), _number(_at_targets(expected, targets))
    return ("largest sum of a row, in thousandths", *sums), ("mean at the targets, in thousandths", *pulled)


def _in_words(yours: Numbers, expected: Numbers, targets: list[int]) -> str:
    found = _facts(yours, expected, targets)
    told = "; ".join(f"{what}: yours {mine}, expected {theirs}" for what, mine, theirs in found)
    return f"Grey map of {BATCH} examples by {len(SYMBOLS)} symbols, black at the targets. The {told}."


MOTIFS = (Motif("dlogits", ("forward-pieces", "fused-cross-entropy"), probes.pictured_dlogits, of_net, dlogits),)
