"""The picture of the graph of one tiny step of lecture 9: all its Values, by depth, and the gradient of each."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture9_microgpt import pictures as probes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TOKENS = [2, 0, 2]  # the name a, with BOS at both ends
DEEPEST = 200  # columns that are drawn at most


def graph(view: View) -> Picture:
    """Every Value is a dot, the parameters on the left and the loss on the right, darker for a larger gradient."""
    yours, expected = view.both(lambda side: canvas.numbers(side["nodes"]))
    links = canvas.numbers(view.yours["pairs"])
    sizes = [_sizes(side) for side in (view.yours, view.expected)]
    same = canvas.agree(_leaves(yours), _leaves(expected), 1e-6, 1e-6)
    title = (
        f"One tiny step on one letter: {sizes[0][0]} Values, {sizes[0][2]} operations deep, and one backward() for all"
        if same
        else "In this tiny step other gradients arrive at the parameters than are expected"
    )
    figure = canvas.sheet(12, 6.4, title, _used())
    _dots(figure.subplots(), yours, links)
    text = (
        f"A graph of {sizes[0][0]} Values with {sizes[0][1]} links, {sizes[0][2]} deep; expected are "
        f"{sizes[1][0]}. "
        "The parameters stand on the left, the loss on the right; the darker a dot, the larger its gradient."
    )
    facts = tuple((what, yours, ours) for what, yours, ours in zip(("Values", "links", "depth"), *sizes, strict=True))
    return Picture(view.name, title, text, facts, figure)


def _sizes(side: Any) -> list[str]:
    return [f"{canvas.numbers([side[name]])[0]:.0f}" for name in ("Values", "links", "depth")]


def _leaves(nodes: Numbers) -> Numbers:
    """The gradients of what was made from nothing, in the order of size: whatever order they were made in."""
    found = np.zeros(len(nodes))
    there = np.sort(np.nan_to_num(nodes[nodes[:, 0] == 0, 1]))
    found[: len(there)] = there
    return found


def _used() -> str:
    vocab_size, block_size, n_embd, n_layer = probes.TINY
    return (
        f"Your doc_loss of one letter, with vocab_size {vocab_size}, block_size {block_size}, n_embd {n_embd}, "
        f"{n_layer} layer, and the kit's engine. Each dot is a Value; lines lead to it from what it was made of, left "
        "to right. Colour: the size of its gradient. Other correct code makes a few Values more or less."
    )


def _places(nodes: Numbers) -> tuple[Numbers, Numbers]:
    """Where each dot stands: its depth, and its turn among those of the same depth, around the middle."""
    depth, height = nodes[:, 0], np.full(len(nodes), np.nan)
    for column in np.unique(depth[(depth >= 0) & (depth <= DEEPEST)]):
        members = np.nonzero(depth == column)[0]
        height[members] = np.arange(len(members)) - (len(members) - 1) / 2
    return depth, height


def _dots(axes: "Axes", nodes: Numbers, links: Numbers) -> None:
    from matplotlib.collections import LineCollection

    depth, height = _places(nodes)
    ends = links[np.isfinite(links).all(1) & (links >= 0).all(1) & (links < len(nodes)).all(1)].astype(int)
    lines = [[(depth[i], height[i]), (depth[j], height[j])] for i, j in ends if np.isfinite(height[[i, j]]).all()]
    axes.add_collection(LineCollection(lines, colors="#c3cad4", linewidths=0.5, zorder=1))
    sizes = np.abs(np.nan_to_num(nodes[:, 1]))
    dots = axes.scatter(
        depth, height, c=sizes, s=26, cmap=canvas.white_to_dark(), norm=canvas.root_scale(float(sizes.max())),
        edgecolors=canvas.SOFT, linewidths=0.6, zorder=2,
    )  # fmt: skip
    axes.figure.colorbar(dots, ax=axes, shrink=0.6, pad=0.01, label="size of the gradient")
    axes.set_yticks([])
    axes.set_xlabel("depth: operations from the parameters (left) to the loss (right)")
    axes.spines[["left", "top", "right"]].set_visible(False)
    axes.autoscale_view()


def of_graph(words: list[str]) -> dict[str, Any]:
    return {"tokens": TOKENS}


NEEDS = ("value-linear", "value-softmax", "rmsnorm", "one-head", "many-heads", "relu-mlp", "gpt-step", "doc-loss")
MOTIFS = (Motif("graph", NEEDS, probes.pictured_graph, of_graph, graph),)
