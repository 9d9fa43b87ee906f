"""The picture of lecture 3's sweep over learning rates."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.inside.probes.lecture3_mlp import pictures as probes
from grader.lectures.lecture3_mlp.pictures.shared import BATCH, FITTING, LECTURES, MEAN, SEED, STEPS, alike

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def rates(view: View) -> Picture:
    """The loss at each learning rate, the mean of each block, and the rate that pick chooses."""
    picks = view.both(lambda side: float(canvas.numbers([side["picked"]])[0]))
    mean, should = view.both(lambda side: canvas.blocks(canvas.numbers(side["losses"]), MEAN)[1])
    same = alike(mean, should) and canvas.agree(picks[0], picks[1], 0, 0.2)
    title = (
        f"The loss is lowest for rates around {picks[0]:.2g}; towards 1 it rises again to {mean[-1]:.1f}"
        if same
        else f"Your sweep is not the one expected: you pick {picks[0]:.2g}, expected {picks[1]:.2g}"
    )
    figure = canvas.sheet(9.5, 5.8, title, _used_for_rates(view))
    _swept(figure.subplots(), view, picks)
    text = (
        f"Scatter plot of the loss at {STEPS:,} learning rates from 0.001 to 1, with the means of blocks of {MEAN}: "
        f"from {mean[0]:.1f}, at the lowest {np.min(mean):.2f}, at the end {mean[-1]:.1f}. "
        f"Your pick is {picks[0]:.2g}, expected {picks[1]:.2g}."
    )
    facts = (
        ("picked rate", f"{picks[0]:.3g}", f"{picks[1]:.3g}"),
        ("mean loss of the first block", f"{mean[0]:.2f}", f"{should[0]:.2f}"),
        ("mean loss of the last block", f"{mean[-1]:.2f}", f"{should[-1]:.2f}"),
    )
    return Picture(view.name, title, text, facts, figure)


def _used_for_rates(view: View) -> str:
    return (
        f"Your sweep over {STEPS:,} rates, the smallest first, one step of {BATCH} rows at each, with a net of the "
        f"sizes {LECTURES} and {view.used}. Dots: each step. Lines: means of {MEAN} steps."
    )


def _swept(axes: "Axes", view: View, picks: tuple[float, float]) -> None:
    yours, expected = view.both(lambda side: canvas.numbers(side["losses"]))
    mean, should = (canvas.blocks(losses, MEAN)[1] for losses in (yours, expected))
    axes.scatter(canvas.numbers(view.yours["rates"]), yours, s=7, color=canvas.RAW, linewidths=0)
    canvas.both(axes, canvas.numbers(view.expected["rates"])[MEAN // 2 :: MEAN], mean, should, alike(mean, should))
    axes.set(xscale="log", xlim=(0.0009, 1.1), ylim=(0, 1.1 * canvas.limits(mean, should)[1]))
    axes.set_xticks([0.001, 0.01, 0.1, 1.0], ["0.001", "0.01", "0.1", "1"])
    _marked(axes, picks[0], f"your pick: {picks[0]:.2g}", canvas.YOURS, 0.62)
    if not canvas.agree(picks[0], picks[1], 0, 0.2):
        _marked(axes, picks[1], f"expected: {picks[1]:.2g}", canvas.EXPECTED, 0.52)
    axes.set_xlabel("learning rate (equal steps are equal factors)")
    axes.set_ylabel("loss of the minibatch (nats)")


def _marked(axes: "Axes", x: float, text: str, colour: str, height: float) -> None:
    """A line across at a rate, with words beside it."""
    if np.isfinite(x) and x > 0:
        axes.axvline(x, color=colour, linewidth=1.2, linestyle="-.")
        side = "right" if x > 0.01 else "left"
        canvas.note(axes, x, height, f" {text} ", transform=axes.get_xaxis_transform(), ha=side, color=colour)


def of_sweep(words: list[str]) -> dict[str, Any]:
    swept = {"low": -3, "high": 0, "count": STEPS, "batch_size": BATCH}
    return {"words": words[::8], "sizes": LECTURES, "seed": SEED, **swept}


MOTIFS = (
    Motif("rates", (*FITTING, "candidate-rates", "pick-rate", "rate-sweep"), probes.pictured_sweep, of_sweep, rates),
)
