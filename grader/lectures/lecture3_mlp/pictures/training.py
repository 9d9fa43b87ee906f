"""The picture of a training run of lecture 3."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture3_mlp import pictures as probes
from grader.inside.probes.lecture3_mlp.shared import SYMBOLS
from grader.lectures.lecture3_mlp.pictures.shared import BATCH, LECTURES, MEAN, RATE, SEED, STEPS, TRAINING, alike

if TYPE_CHECKING:
    from matplotlib.axes import Axes

KNOWS_NOTHING = float(np.log(len(SYMBOLS)))


def loss(view: View) -> Picture:
    """The loss of every minibatch, its mean over blocks, and the loss on names that were not trained on."""
    yours, expected = view.both(lambda side: canvas.numbers(side["losses"]))
    dev, should = view.both(lambda side: canvas.numbers(side["dev"]))
    mean, wanted = (canvas.blocks(losses, MEAN)[1] for losses in (yours, expected))
    title = (
        f"From {yours[0]:.1f} to {mean[-1]:.2f} in {STEPS:,} steps, {_early(yours[0], mean):.0%} of it in the first "
        f"{STEPS // 10}"
        if alike(mean, wanted)
        else f"Your loss ends at {mean[-1]:.2f}, expected {wanted[-1]:.2f}"
    )
    figure = canvas.sheet(9.5, 5.8, title, _used_for_loss(view))
    axes = figure.subplots()
    axes.plot(
        np.linspace(0, STEPS, len(dev)), dev, "s", color=canvas.INK, mfc="none", ms=5, label="names not trained on"
    )
    _falling(axes, yours, expected)
    text = (
        f"Curve of the loss over {STEPS:,} steps of training: {yours[0]:.2f} at the first, {mean[-1]:.2f} as the mean "
        f"of the last {MEAN}, expected {wanted[-1]:.2f}. On names that were not trained on: {dev[-1]:.2f}, "
        f"expected {should[-1]:.2f}."
    )
    facts = (
        ("loss of the first step", f"{yours[0]:.2f}", f"{expected[0]:.2f}"),
        (f"mean of the last {MEAN} steps", f"{mean[-1]:.2f}", f"{wanted[-1]:.2f}"),
        ("loss on names not trained on", f"{dev[-1]:.2f}", f"{should[-1]:.2f}"),
    )
    return Picture(view.name, title, text, facts, figure)


def _used_for_loss(view: View) -> str:
    return (
        f"Your train: {STEPS:,} steps of {BATCH} rows, learning rate {RATE}, a net of the sizes {LECTURES} with all "
        f"numbers from N(0, 1), {view.used}. Dots: each minibatch. Lines: means of {MEAN}. Squares: "
        f"{len(view.inputs['unseen']):,} other names. The scale of the loss is logarithmic."
    )


def _early(first: float, mean: Numbers) -> float:
    """Which share of the fall is over after a tenth of the steps."""
    return float((first - mean[len(mean) // 10]) / (first - mean[-1]))


def _falling(axes: "Axes", yours: Numbers, expected: Numbers) -> None:
    axes.scatter(range(STEPS), yours, s=6, color=canvas.RAW, linewidths=0)
    steps, mean = canvas.blocks(yours, MEAN)
    wanted = canvas.blocks(expected, MEAN)[1]
    canvas.both(axes, steps, mean, wanted, alike(mean, wanted))
    axes.set_yscale("log")
    axes.set_ylim(1.8, 30)
    axes.set_yticks([2, 3, 5, 10, 20], ["2", "3", "5", "10", "20"])
    axes.minorticks_off()
    canvas.level(axes, KNOWS_NOTHING, f"knows nothing: log {len(SYMBOLS)} = {KNOWS_NOTHING:.2f}")
    axes.set_xlabel("step")
    axes.set_ylabel("loss (nats per symbol)")


def of_training(words: list[str]) -> dict[str, Any]:
    net = {"sizes": LECTURES, "seed": SEED, "steps": STEPS, "batch_size": BATCH, "lr": RATE}
    return {"words": words[::8], "unseen": words[4::32], **net}


MOTIFS = (Motif("loss", TRAINING, probes.pictured_training, of_training, loss),)
