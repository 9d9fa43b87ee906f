"""The picture of a training of lecture 6, raw and smoothed."""

from typing import Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.inside.probes.lecture6_wavenet import pictures as probes
from grader.inside.probes.lecture6_wavenet.pictures import BLOCK_SIZE, SYMBOLS
from grader.lectures.lecture6_wavenet.pictures.shapes import NEEDS

N_EMBD, N_HIDDEN, BATCH, SEED, STEPS, RATE, BLOCK = 10, 32, 32, 42, 400, 0.1, 20
KNOWS_NOTHING = float(np.log(len(SYMBOLS)))


def loss(view: View) -> Picture:
    """The loss of every minibatch, which nobody can read, and the means of groups of steps, which can be read."""
    yours, expected = view.both(lambda side: canvas.numbers(side["losses"]))
    mean, wanted = view.both(lambda side: canvas.numbers(side["smooth"]))
    same = canvas.agree(mean, wanted, 0.02) and canvas.agree(yours[0], expected[0], 0.02)
    jumps = float(np.nanmean(np.abs(np.diff(np.nan_to_num(yours)))))
    title = (
        f"Single losses jump by {jumps:.2f} a step; their means fall from {mean[0]:.2f} to {mean[-1]:.2f}"
        if same
        else f"Your smoothed loss ends at {mean[-1]:.2f}, expected {wanted[-1]:.2f}"
    )
    figure = canvas.sheet(9.5, 5.8, title, _used(view))
    axes = figure.subplots()
    axes.scatter(range(STEPS), yours, s=7, color=canvas.RAW, linewidths=0)
    middles = np.arange(STEPS // BLOCK) * BLOCK + (BLOCK - 1) / 2
    canvas.both(axes, middles, mean, wanted, same)
    canvas.level(axes, KNOWS_NOTHING, f"knows nothing: log {len(SYMBOLS)} = {KNOWS_NOTHING:.2f}")
    axes.set_ylim(*canvas.limits(yours, expected))
    axes.set_xlabel("step")
    axes.set_ylabel("loss (nats per symbol)")
    text = (
        f"Curve of the loss over {STEPS} steps, raw and as means of {BLOCK} steps: {yours[0]:.2f} at the first step, "
        f"{mean[-1]:.2f} as the last mean, expected {wanted[-1]:.2f}."
    )
    facts = (
        ("loss of the first step", f"{yours[0]:.2f}", f"{expected[0]:.2f}"),
        ("first mean", f"{mean[0]:.2f}", f"{wanted[0]:.2f}"),
        ("last mean", f"{mean[-1]:.2f}", f"{wanted[-1]:.2f}"),
    )
    return Picture(view.name, title, text, facts, figure)


def _used(view: View) -> str:
    net = f"build_model({len(SYMBOLS)}, {BLOCK_SIZE}, {N_EMBD}, {N_HIDDEN}, ...)"
    return (
        f"Your train of your {net}: {STEPS} steps of {BATCH} rows, learning rate {RATE}, {view.used}. Dots: each "
        f"minibatch. Lines: smooth_losses with groups of {BLOCK}."
    )


def of_training(words: list[str]) -> dict[str, Any]:
    net = {"n_embd": N_EMBD, "n_hidden": N_HIDDEN, "seed": SEED}
    return {"words": words[::16], **net, "steps": STEPS, "batch": BATCH, "lr": RATE, "block": BLOCK}


MOTIFS = (
    Motif(
        "loss",
        (*NEEDS[:-1], "eval-mode", "train-wavenet", "smooth-losses"),
        probes.pictured_training,
        of_training,
        loss,
    ),
)
