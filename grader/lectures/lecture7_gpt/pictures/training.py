"""The picture of a short training of lecture 7: a loss curve, and what the model writes at which loss."""

from typing import Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture7_gpt import pictures as probes
from grader.inside.probes.lecture7_gpt.pictures import CHARACTERS

SIZES, STEPS, BATCH, RATE, SEED, COUNT, BLOCK = [16, 2, 1, 8], 240, 16, 0.3, 1337, 72, 20
WRITTEN_AT = [0, 40, 240]  # steps
READ = 20_000  # characters of the text in use
KNOWS_NOTHING = float(np.log(len(CHARACTERS)))
NEEDS = ("head", "multi-head", "feed-forward", "layer-norm", "block", "gpt-forward", "gpt-generate")


def text(view: View) -> Picture:
    """The loss of every step and the means of groups of them, and below it texts, each beside its loss."""
    yours, expected = view.both(lambda side: canvas.numbers(side["losses"]))
    mean, wanted = _means(yours), _means(expected)
    same = canvas.agree(mean, wanted, 0.02)
    title = (
        f"From {yours[0]:.2f} to {mean[-1]:.2f} in {STEPS} steps, and what is written on the way"
        if same
        else f"Your loss ends at {mean[-1]:.2f}, expected {wanted[-1]:.2f}"
    )
    figure = canvas.sheet(9.5, 6.6, title, _used(view))
    axes, below = figure.subplots(2, 1, height_ratios=[4, 1])
    axes.scatter(range(STEPS), yours, s=7, color=canvas.RAW, linewidths=0)
    canvas.both(axes, np.arange(STEPS // BLOCK) * BLOCK + (BLOCK - 1) / 2, mean, wanted, same)
    canvas.level(axes, KNOWS_NOTHING, f"knows nothing: log {len(CHARACTERS)} = {KNOWS_NOTHING:.2f}")
    axes.set_ylim(*canvas.limits(yours, expected))
    axes.set_xlabel("step")
    axes.set_ylabel("loss (nats per character)")
    written = _beside(yours, mean, view.yours["texts"])
    below.text(0, 1, written, va="top", family="monospace", fontsize=10, parse_math=False)
    below.set_axis_off()
    told = f"Curve of the loss over {STEPS} steps: {yours[0]:.2f} first, {mean[-1]:.2f} as the last mean"
    told += "; then three texts." if same else f", expected {wanted[-1]:.2f}; then three texts."
    facts = (
        ("loss of the first step", f"{yours[0]:.2f}", f"{expected[0]:.2f}"),
        ("last mean", f"{mean[-1]:.2f}", f"{wanted[-1]:.2f}"),
    )
    return Picture(view.name, title, told, facts, figure)


def _used(view: View) -> str:
    return (
        f"Your GPTLanguageModel({len(CHARACTERS)}, {', '.join(map(str, SIZES))}) from one and the same start: {STEPS} "
        f"steps of {BATCH} pieces of the text in use ({view.listed}). Dots: each batch. Lines: means of {BLOCK}. "
        f"Below: {COUNT} characters beside the loss at which they were written."
    )


def _means(losses: Numbers) -> Numbers:
    return canvas.numbers(losses.reshape(-1, BLOCK).mean(1))


def _beside(losses: Numbers, mean: Numbers, texts: list[str]) -> str:
    """Each text on a line, behind the loss that the model had then."""
    then = [mean[step // BLOCK - 1] if step else losses[0] for step in WRITTEN_AT]
    shown = ["".join(ch if ch in CHARACTERS[1:] else " " for ch in str(written)[1:]) for written in texts]
    return "\n".join(f"{loss:5.2f}  {line}" for loss, line in zip(then, shown, strict=True))


def of_training(words: list[str]) -> dict[str, Any]:
    found = "\n".join(words)[:READ]
    kept = "".join(ch for ch in found if ch in CHARACTERS)
    training = {"steps": STEPS, "batch": BATCH, "lr": RATE, "seed": SEED, "count": COUNT, "written_at": WRITTEN_AT}
    return {"text": kept, "sizes": SIZES, **training}


MOTIFS = (Motif("text", NEEDS, probes.pictured_training, of_training, text),)
