"""The pictures of lecture 4's deep net: activations and gradients, layer by layer."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture4_batchnorm import pictures as probes
from grader.inside.probes.lecture4_batchnorm.pictures import BATCH
from grader.lectures.lecture4_batchnorm.pictures.shared import (
    ALMOST_FLAT,
    DEEP_HIDDEN,
    DEPTH,
    LAYERS,
    LOOK_AFTER,
    RATES,
    SEED,
    percent,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

THOUSAND = 1000  # gradients are shown in thousandths
STAGES = {
    "without": "without batch norm, at the start",
    "with": "with batch norm, at the start",
    "trained": f"with batch norm, after {LOOK_AFTER} steps",
}


def activations(view: View) -> Picture:
    """Histograms of what each tanh layer puts out: without batch norm, with it, and after some training."""
    mine, theirs = view.both(lambda side: _spreads(side, "out", 1))
    same = canvas.agree(mine, theirs, 0.02, 0.15)
    used = f"{_used_for_layers(view, same)} Grey: saturated, further than {ALMOST_FLAT} from 0."
    shrinks = f"from {_number(mine[0, 0])} to {_number(mine[0, -1])}"
    title = (
        f"Without batch norm the spread goes {shrinks}; with it every layer has about {_number(canvas.mean(mine[1]))}"
        if same
        else _wrong("activations", mine, theirs)
    )
    figure = canvas.sheet(13, 8.6, title, used)
    _grid(figure, view, "out", 1, same)
    return Picture(view.name, title, _spreads_in_words("activations", mine, theirs), _facts(mine, theirs), figure)


def gradients(view: View) -> Picture:
    """Histograms of the gradients that arrive at each tanh layer, for the same three nets."""
    mine, theirs = view.both(lambda side: _spreads(side, "grad", THOUSAND))
    same = canvas.agree(mine, theirs, 0, 0.15)
    used = f"{_used_for_layers(view, same)} Each column has its own scale."
    back = [f"{stage[0] / stage[-1]:.0%}" for stage in theirs]
    title = (
        f"Back from layer 5 to 1, gradients keep {back[0]} of their spread without batch norm, {back[1]} with it"
        if same
        else _wrong("gradients", mine, theirs)
    )
    figure = canvas.sheet(13, 8.6, title, used)
    _grid(figure, view, "grad", THOUSAND, same)
    words = _spreads_in_words("gradients, in thousandths,", mine, theirs)
    return Picture(view.name, title, words, _facts(mine, theirs), figure)


def _used_for_layers(view: View, same: bool) -> str:
    dashed = "" if same else " Dashed outline: expected."
    return (
        f"Your deep_net: {DEPTH} tanh layers of {DEEP_HIDDEN} units, one batch of {BATCH} rows, {view.used}. 'Without' "
        f"leaves its BatchNorm1d layers out. Height: share of the values.{dashed}"
    )


def _values(side: Any, stage: str, what: str, unit: float) -> list[Numbers]:
    """What was seen at each layer of a net, as one row of numbers a layer."""
    return [unit * canvas.numbers(layer).ravel() for layer in side[stage][what]]


def _spread(values: Numbers) -> float:
    """The standard deviation of what can be drawn."""
    there = values[np.isfinite(values)]
    return float(there.std(ddof=1)) if there.size > 1 else float("nan")


def _spreads(side: Any, what: str, unit: float) -> Numbers:
    """The spread in each layer, a row for each stage."""
    return np.array([[_spread(layer) for layer in _values(side, stage, what, unit)] for stage in STAGES])


def _number(value: float) -> str:
    """Two digits behind the point, and no minus in front of a zero."""
    return f"{round(value, 2) + 0.0:.2f}"


def _wrong(things: str, mine: Numbers, theirs: Numbers) -> str:
    """The first layer in which yours spread differently."""
    close = np.isclose(mine, theirs, rtol=0.15, atol=0.005)
    stage, layer = np.unravel_index(int(np.argmin(close)), mine.shape)
    return (
        f"Your {things} in layer {layer + 1} spread by {_number(mine[stage, layer])}, expected "
        f"{_number(theirs[stage, layer])} ({[*STAGES.values()][stage]})"
    )


def _spreads_in_words(things: str, mine: Numbers, theirs: Numbers) -> str:
    ends = [[f"{_number(stage[0])} and {_number(stage[-1])}" for stage in side] for side in (mine, theirs)]
    return (
        f"Histograms of the {things} of {DEPTH} tanh layers. Spread in the first and last layer: {ends[0][0]} without "
        f"batch norm, {ends[0][1]} with it, {ends[0][2]} after {LOOK_AFTER} steps; expected {'; '.join(ends[1])}."
    )


def _facts(mine: Numbers, theirs: Numbers) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (f"spread in layer {layer % DEPTH + 1}, {name}", _number(mine[row, layer]), _number(theirs[row, layer]))
        for row, name in enumerate(STAGES.values())
        for layer in (0, -1)
    )


def _grid(figure: "Figure", view: View, what: str, unit: float, same: bool) -> None:
    """A column for each net, a row for each layer."""
    grid = figure.subplots(DEPTH, len(STAGES), sharex="col", squeeze=False)
    for column, (stage, name) in zip(grid.T, STAGES.items(), strict=True):
        yours, expected = (_values(side, stage, what, unit) for side in (view.yours, view.expected))
        edges = np.linspace(-1, 1, 41) if what == "out" else _edges(expected)
        for axes, mine, theirs in zip(column, yours, expected, strict=True):
            _histogram(axes, mine, None if same else theirs, edges)
            _said(axes, mine, what)
        column[0].set_title(name)
        column[-1].set_xlabel("output of tanh" if what == "out" else "gradient of the loss, in thousandths")
    for layer, axes in enumerate(grid[:, 0], 1):
        axes.set_ylabel(f"layer {layer}")


def _edges(layers: list[Numbers]) -> Numbers:
    """Bins that hold almost all of what is expected in every layer."""
    reach = 3.2 * max(_spread(layer) for layer in layers)
    return np.linspace(-reach, reach, 41)


def _histogram(axes: "Axes", yours: Numbers, expected: Numbers | None, edges: Numbers) -> None:
    heights = _shares(yours, edges)
    axes.stairs(heights, edges, fill=True, color=canvas.RAW)
    axes.stairs(heights, edges, color=canvas.YOURS, linewidth=1.2)
    if expected is not None:
        wanted = _shares(expected, edges)
        axes.stairs(wanted, edges, color=canvas.EXPECTED, linewidth=1.4, linestyle=(0, (3, 2)))
        heights = np.maximum(heights, wanted)
    axes.set(xlim=(edges[0], edges[-1]), ylim=(0, 1.35 * float(heights.max()) or 1), yticks=[])


def _said(axes: "Axes", values: Numbers, what: str) -> None:
    """The numbers of one layer, in its picture; for outputs of tanh, its flat ends as well."""
    said = f"spread {_number(_spread(values))}   mean {_number(canvas.mean(values))}"
    if what == "out":
        said += f"   saturated {percent((np.abs(values) > ALMOST_FLAT).mean())}"
        for side in (-1, 1):
            axes.axvspan(side * ALMOST_FLAT, side, color="#b8bec8", alpha=0.6, zorder=0, linewidth=0)
        axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["-1", "-0.5", "0", "0.5", "1"])
    canvas.note(axes, 0.03, 0.95, said, transform=axes.transAxes, va="top", fontsize=9)


def _shares(values: Numbers, edges: Numbers) -> Numbers:
    """The share of the values in each bin; those that cannot be drawn are in none."""
    return np.asarray(np.histogram(values[np.isfinite(values)], edges)[0] / max(len(values), 1), dtype=np.float64)


def of_layers(words: list[str]) -> dict[str, Any]:
    return {"words": words[::8], "n_hidden": DEEP_HIDDEN, "seed": SEED, "steps": LOOK_AFTER, "lr": RATES[0]}


MOTIFS = (
    Motif("activations", LAYERS, probes.pictured_layers, of_layers, activations),
    Motif("gradients", LAYERS, probes.pictured_layers, of_layers, gradients),
)
