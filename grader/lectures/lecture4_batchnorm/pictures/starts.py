"""The pictures of lecture 4's two starts: the loss, and what tanh lets through."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture4_batchnorm import pictures as probes
from grader.inside.probes.lecture4_batchnorm.pictures import BATCH, SYMBOLS
from grader.lectures.lecture4_batchnorm.pictures.shared import FLAT, MEAN, N_EMBD, N_HIDDEN, SEED, STEPS, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

KNOWS_NOTHING = float(np.log(len(SYMBOLS)))


# ---- the loss of two starts


def start(view: View) -> Picture:
    """The first steps of training from two starts: everything from N(0, 1), and the student's calm one."""
    plain = canvas.numbers(view.expected["plain"]["losses"])
    yours, expected = view.both(lambda side: canvas.numbers(side["calm"]["losses"]))
    same = canvas.agree(yours, expected, 0.1)
    end, mine, theirs = (canvas.mean(losses[-MEAN:]) for losses in (plain, yours, expected))
    title = (
        f"The plain start begins at {plain[0]:.1f}, yours at {yours[0]:.2f}; {STEPS} steps do not catch up"
        if same
        else f"Your start begins at {yours[0]:.2f}, expected {expected[0]:.2f}"
    )
    figure = canvas.sheet(9.5, 5.8, title, _used_for_start(view))
    _starts(figure.subplots(), plain, yours, None if same else expected)
    text = (
        f"Curves of the loss over {STEPS} steps from two starts. All from N(0, 1): {plain[0]:.2f} at the first step, "
        f"{end:.2f} at the end. Your init_parameters: {yours[0]:.2f}, expected {expected[0]:.2f}; at the end "
        f"{mine:.2f}, expected {theirs:.2f}."
    )
    facts = (
        ("first loss, calm start", f"{yours[0]:.2f}", f"{expected[0]:.2f}"),
        (f"mean of the last {MEAN} steps", f"{mine:.2f}", f"{theirs:.2f}"),
    )
    return Picture(view.name, title, text, facts, figure)


def _used_for_start(view: View) -> str:
    return (
        f"{STEPS} steps of {BATCH} rows, learning rate 0.1, a net with {N_HIDDEN} hidden units, {view.used}. Thin: "
        f"each step. Thick: means of {MEAN} steps. Plain: all parameters from N(0, 1). Calm: from your init_parameters."
    )


def _starts(axes: "Axes", plain: Numbers, yours: Numbers, expected: Numbers | None) -> None:
    _falling(axes, plain, "plain start: the hockey stick", canvas.INK, (0, (6, 2)))
    _falling(axes, yours, "your calm start", canvas.YOURS, "-")
    if expected is not None:
        _falling(axes, expected, "expected calm start", canvas.EXPECTED, (0, (2, 2)))
    canvas.level(axes, KNOWS_NOTHING, f"knows nothing: log {len(SYMBOLS)} = {KNOWS_NOTHING:.2f}")
    axes.set_ylim(0, canvas.limits(yours, plain)[1])
    axes.set_xlabel("step")
    axes.set_ylabel("loss (nats per symbol)")
    axes.legend(frameon=False, loc="upper right")


def _falling(axes: "Axes", losses: Numbers, label: str, colour: str, dash: Any) -> None:
    axes.plot(losses, color=colour, linewidth=0.6, alpha=0.35)
    axes.plot(*canvas.blocks(losses, MEAN), color=colour, linewidth=2.2, linestyle=dash, label=label)


# ---- the saturation map


def saturation(view: View) -> Picture:
    """Which activations lie on a flat end of tanh, an example per row and a neuron per column, for both starts."""
    plain = canvas.numbers(view.expected["plain"]["h"])
    yours, expected = view.both(lambda side: canvas.numbers(side["calm"]["h"]))
    same = canvas.agree(yours, expected, 0.02)
    panels = [("plain start", plain), ("your calm start", yours), *([] if same else [("expected", expected)])]
    shares = [percent(_flat(h).mean()) for h in (plain, yours, expected)]
    dead = [int(_flat(h).all(0).sum()) for h in (plain, yours, expected)]
    title = (
        f"The plain start saturates {shares[0]} of the activations, yours {shares[1]}"
        if same
        else f"Your start saturates {shares[1]} of the activations, expected {shares[2]}"
    )
    figure = canvas.sheet(12, 2.5 * len(panels) + 1.6, title, _used_for_saturation(view))
    for axes, (name, h) in zip(figure.subplots(len(panels), 1), panels, strict=True):
        _saturated(axes, h, name)
    text = (
        f"Maps of {BATCH} examples by {N_HIDDEN} neurons. Saturated and dark: {shares[0]} with all numbers from "
        f"N(0, 1), {shares[1]} with your init_parameters, expected {shares[2]}. Dead neurons: {dead[0]} and {dead[1]}, "
        f"expected {dead[2]}."
    )
    facts = (("saturated share", shares[1], shares[2]), ("dead neurons", str(dead[1]), str(dead[2])))
    return Picture(view.name, title, text, facts, figure)


def _used_for_saturation(view: View) -> str:
    return (
        f"tanh of the hidden layer for the first batch: {BATCH} examples, {N_HIDDEN} neurons, {view.used}. Dark: "
        f"saturated, further than {FLAT} from 0, almost no gradient comes through. White: not saturated, the neuron "
        "can learn from this example. A triangle marks a neuron that is dead, dark from top to bottom."
    )


def _flat(h: Numbers) -> Any:
    """Where tanh is flat; nowhere, where there is no number."""
    return np.abs(h) > FLAT


def _saturated(axes: "Axes", h: Numbers, name: str) -> None:
    flat = _flat(h)
    axes.imshow(flat, cmap=canvas.white_to_dark(), vmin=0, vmax=1, aspect="auto", interpolation="nearest")
    dead = np.flatnonzero(flat.all(0))
    if dead.size:
        axes.plot(dead, np.full(len(dead), -1.4), "v", color=canvas.EXPECTED, markersize=6, clip_on=False, scaley=False)
    many = "1 neuron is dead" if len(dead) == 1 else f"{len(dead)} neurons are dead"
    axes.set_title(f"{name}: {percent(flat.mean())} saturated, {many}", pad=10)
    axes.set_xlabel("neuron")
    axes.set_ylabel("example")
    axes.set_yticks([0, BATCH - 1])
    axes.spines[:].set_visible(True)


def of_starts(words: list[str]) -> dict[str, Any]:
    return {"words": words[::8], "n_embd": N_EMBD, "n_hidden": N_HIDDEN, "seed": SEED, "steps": STEPS}


START = ("kaiming-std", "calm-init")
MOTIFS = (
    Motif("start", START, probes.pictured_starts, of_starts, start),
    Motif("saturation", START, probes.pictured_starts, of_starts, saturation),
)
