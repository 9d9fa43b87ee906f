"""The pictures of a short training of lecture 9: its loss, and where the letters of a name look when it is over."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture9_microgpt import pictures as probes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LETTERS, NAME = "aeilmnrs", "marlena"
SIZES, STEPS, RATE = [len(LETTERS) + 1, 8, 4, 1], 100, 0.1
COUNT, LONGEST, BLOCK = 50, 5, 10
KNOWS_NOTHING = float(np.log(len(LETTERS) + 1))
MARKS = "·" + NAME  # the first position reads BOS


def loss(view: View) -> Picture:
    """The loss of each document, and the means of groups of steps."""
    yours, expected = view.both(lambda side: canvas.numbers(side["losses"]))
    middles, mean = canvas.blocks(yours, BLOCK)
    wanted = canvas.blocks(expected, BLOCK)[1]
    same = canvas.agree(yours, expected, 0.02)
    title = (
        f"In {STEPS} steps the mean loss falls from {mean[0]:.2f} to {mean[-1]:.2f}, name by name"
        if same
        else f"Your mean loss ends at {mean[-1]:.2f}, expected {wanted[-1]:.2f}"
    )
    figure = canvas.sheet(9.5, 5.6, title, _used(view))
    axes = figure.subplots()
    axes.scatter(range(STEPS), yours, s=9, color=canvas.RAW, linewidths=0)
    canvas.both(axes, middles, mean, wanted, same)
    canvas.level(axes, KNOWS_NOTHING, f"knows nothing: log {len(LETTERS) + 1} = {KNOWS_NOTHING:.2f}")
    axes.set_ylim(*canvas.limits(yours, expected))
    axes.set_xlabel("step, one name each")
    axes.set_ylabel("loss (nats per token)")
    text = (
        f"Curve of the loss over {STEPS} steps: {yours[0]:.2f} at the first, {mean[-1]:.2f} as the mean of the last "
        f"{BLOCK}, expected {wanted[-1]:.2f}. Knowing nothing costs {KNOWS_NOTHING:.2f}."
    )
    facts = (
        ("loss of the first step", f"{yours[0]:.3f}", f"{expected[0]:.3f}"),
        (f"mean of the first {BLOCK}", f"{mean[0]:.3f}", f"{wanted[0]:.3f}"),
        (f"mean of the last {BLOCK}", f"{mean[-1]:.3f}", f"{wanted[-1]:.3f}"),
    )
    return Picture(view.name, title, text, facts, figure)


def _used(view: View) -> str:
    sizes = ", ".join(map(str, SIZES))
    return (
        f"Your train of make_model({sizes}, ...): {STEPS} steps, learning rate {RATE} falling to 0, on "
        f"{len(view.inputs['docs'])} short names out of the letters {LETTERS} ({view.listed}). Dots: each name."
    )


# ---- where the letters look


def attention(view: View) -> Picture:
    """A square for each head: a row for each position that looks, a column for each that is looked at."""
    yours, expected = view.both(lambda side: [canvas.numbers(head) for head in side["weights"]])
    same = all(canvas.agree(mine, theirs, 0.01) for mine, theirs in zip(yours, expected, strict=True))
    found, wanted = (_most(heads) for heads in (yours, expected))
    title = (
        "Each position shares its attention among itself and what came before; nothing lies above the diagonal"
        if same
        else "Your heads look elsewhere than expected: see the frames"
    )
    figure = canvas.sheet(6.2 * len(yours), 6.6, title, _looked(view))
    grid = np.atleast_1d(figure.subplots(1, len(yours)))
    for number, (axes, mine, theirs) in enumerate(zip(grid, yours, expected, strict=True)):
        _head(axes, mine, theirs, f"head {number + 1}")
    text = (
        f"Heat maps of {len(MARKS)} by {len(MARKS)} weights for the name {NAME}, one for each of {len(yours)} heads. "
        f"The end looks most at: {', '.join(found)}; expected {', '.join(wanted)}."
    )
    facts = tuple(
        (f"head {i + 1}: {NAME[-1]} at the end looks most at", found[i], wanted[i]) for i in range(len(yours))
    )
    return Picture(view.name, title, text, facts, figure)


def _most(heads: list[Numbers]) -> list[str]:
    """What the last position looks at most, head by head."""
    return [f"{MARKS[int(np.argmax(np.nan_to_num(head[-1], nan=-1.0)))]} ({head[-1].max():.2f})" for head in heads]


def _looked(view: View) -> str:
    return (
        f"Weights of your attend for the name {NAME} after the training that the loss shows. Each row adds up to "
        "1. The dot is BOS. Orange frames: different from what is expected."
    )


def _head(axes: "Axes", mine: Numbers, theirs: Numbers, name: str) -> None:
    axes.imshow(mine, cmap=canvas.white_to_dark(), norm=canvas.root_scale(1.0))
    canvas.letters(axes, MARKS, 12, "is looked at", "looks")
    for row, column in zip(*np.nonzero(np.tri(len(MARKS))), strict=True):
        weight = mine[row, column]
        ink = "#ffffff" if weight > 0.3 else canvas.INK
        axes.text(column, row, f"{weight:.2f}".removeprefix("0"), ha="center", va="center", fontsize=8, color=ink)
    canvas.outline(axes, ~(np.abs(mine - theirs) <= 0.01))
    axes.set_title(name)


def of_training(words: list[str]) -> dict[str, Any]:
    docs = probes.chosen(words, LETTERS, LONGEST, COUNT)
    return {"docs": docs, "letters": LETTERS, "sizes": SIZES, "steps": STEPS, "lr": RATE, "name": NAME}


NEEDS = (
    "doc-tokens", "value-linear", "value-softmax", "rmsnorm", "one-head", "many-heads", "relu-mlp", "gpt-parameters",
    "gpt-step", "doc-loss", "adam-step", "train-gpt",
)  # fmt: skip
MOTIFS = (
    Motif("loss", NEEDS, probes.pictured_training, of_training, loss),
    Motif("attention", NEEDS, probes.pictured_training, of_training, attention),
)
