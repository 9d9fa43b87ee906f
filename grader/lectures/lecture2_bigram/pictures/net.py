"""The pictures of lecture 2's net: its loss, and its weights beside the logarithms of the counts."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture2_bigram import pictures as probes
from grader.inside.probes.lecture2_bigram.pictures import SYMBOLS
from grader.lectures.lecture2_bigram.pictures.shared import EVERY, SIZE, counted, shares_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

KNOWS_NOTHING = float(np.log(SIZE))
STEPS, RATE = 100, 50.0


# ---- the loss of the net


def loss(view: View) -> Picture:
    """The loss of every step, with what knowing nothing costs and what counting gives."""
    yours, expected = view.both(lambda side: canvas.numbers(side["losses"]))
    same, floor = canvas.agree(yours, expected, 1e-3), _loss_of_counting(counted(view.inputs["words"]))
    title = (
        f"In {STEPS} steps the net comes to {yours[-1]:.3f}; counting gives {floor:.3f} at once"
        if same
        else f"Your loss ends at {yours[-1]:.3f}, expected {expected[-1]:.3f}"
    )
    figure = canvas.sheet(9, 5.4, title, _trained_on(view))
    _falling(figure.subplots(), yours, expected, floor)
    text = (
        f"Curve of the loss over {STEPS} steps: from {yours[0]:.3f} down to {yours[-1]:.3f} nats; expected "
        f"{expected[-1]:.3f}. The table of counts reaches {floor:.3f}, knowing nothing costs {KNOWS_NOTHING:.3f}."
    )
    facts = (
        ("loss at the start", f"{yours[0]:.3f}", f"{expected[0]:.3f}"),
        ("loss at the end", f"{yours[-1]:.3f}", f"{expected[-1]:.3f}"),
    )
    return Picture(view.name, title, text, facts, figure)


def _loss_of_counting(table: Numbers) -> float:
    """What the table of counts itself costs on the names that it was counted on."""
    there = table > 0
    return float(-(table[there] * np.log(shares_of(table)[there])).sum() / table.sum())


def _falling(axes: "Axes", yours: Numbers, expected: Numbers, floor: float) -> None:
    canvas.both(axes, range(STEPS), yours, expected, canvas.agree(yours, expected, 1e-3))
    canvas.level(axes, KNOWS_NOTHING, f"knows nothing: log {SIZE} = {KNOWS_NOTHING:.3f}")
    canvas.level(axes, floor, f"the table of counts: {floor:.3f}", above=False)
    axes.set_ylim(*canvas.limits(yours, expected, np.array([floor, KNOWS_NOTHING]), margin=0.1))
    axes.set_xlabel("step")
    axes.set_ylabel("loss (nats per character)")


def _trained_on(view: View) -> str:
    return f"{STEPS} steps of your train, learning rate {RATE:g}, from zero weights, on the pairs of {view.used}."


# ---- the weights beside the logarithms of the counts


def weights(view: View) -> Picture:
    """W beside the logarithms of the counts, each row moved to mean 0, and the one plotted against the other."""
    yours, expected = view.both(lambda side: _centred(canvas.numbers(side["W"])))
    there = (table := counted(view.inputs["words"])) > 0
    logs = _centred(np.log(table + 1))
    r, should = (canvas.correlation(W[there], logs[there]) for W in (yours, expected))
    same = canvas.agree(yours, expected, 0.02)
    title = (
        f"The net has found the logarithms of the counts: correlation {r:.2f}"
        if same
        else f"Your weights are not those expected: correlation {r:.2f} with the log counts, expected {should:.2f}"
    )
    panels = [("your W", yours), ("log(counts + 1)", logs), *([] if same else [("expected W", expected)])]
    used = f"{_trained_on(view)} Rows are moved to mean 0, which changes no probability. Dash in a cell: below 0."
    figure = canvas.sheet(6.1 * len(panels) + 5.2, 6.6, title, used)
    grid = figure.subplots(1, len(panels) + 1, width_ratios=[*[6.1] * len(panels), 5.0])
    _signed_tables(grid[:-1], panels, float(np.abs(logs).max()))
    figure.colorbar(grid[0].images[0], ax=list(grid[:-1]), shrink=0.7, pad=0.02, label="distance from the row's mean")
    _against(grid[-1], logs[there], yours[there], r)
    text = (
        f"Two heat maps of {SIZE} by {SIZE} numbers, your trained W and the logarithms of the counts, and W plotted "
        f"against them for the {int(there.sum())} pairs that occur: correlation {r:.3f}, expected {should:.3f}."
    )
    facts = (("correlation with the log counts", f"{r:.3f}", f"{should:.3f}"),)
    return Picture(view.name, title, text, facts, figure)


def _centred(table: Numbers) -> Numbers:
    """Every row moved so that its mean is 0."""
    return np.array([row - canvas.mean(row) for row in table])


def _signed_tables(grid: Any, panels: list[tuple[str, Numbers]], largest: float) -> None:
    for axes, (name, table) in zip(grid, panels, strict=True):
        axes.imshow(table, cmap=canvas.below_and_above(), norm=canvas.signed_scale(largest))
        rows, columns = np.nonzero(table < -0.05)
        inks = ["#ffffff" if low < -0.7 * largest else canvas.INK for low in table[rows, columns]]
        axes.scatter(columns, rows, marker="_", s=14, linewidths=0.8, c=inks)
        canvas.letters(axes, SYMBOLS, 9, "what follows", "first character")
        axes.set_title(name)


def _against(axes: "Axes", logs: Numbers, W: Numbers, r: float) -> None:
    axes.scatter(logs, W, s=10, color=canvas.YOURS, alpha=0.5, linewidths=0)
    ends = canvas.limits(logs)
    axes.plot(ends, ends, color=canvas.EXPECTED, linestyle="--", linewidth=1.2)
    canvas.note(axes, 0.05, 0.95, f"correlation {r:.2f}\ndashed: equal", transform=axes.transAxes, va="top")
    axes.set(xlim=ends, ylim=ends, aspect="equal", title="pairs that occur")
    axes.set_xlabel("log(counts + 1), from the row's mean")
    axes.set_ylabel("your W, from the row's mean")


def of_net(words: list[str]) -> dict[str, Any]:
    return {"words": words[::EVERY], "steps": STEPS, "lr": RATE}


NET = ("one-hot", "net-probabilities", "net-loss", "train-net")
MOTIFS = (
    Motif("loss", NET, probes.pictured_net, of_net, loss),
    Motif("weights", NET, probes.pictured_net, of_net, weights),
)
