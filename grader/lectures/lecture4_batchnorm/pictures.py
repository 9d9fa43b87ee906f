"""The pictures of lecture 4: two starts of one net, what its tanh lets through, and a look into a deep net's layers."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture4_batchnorm import pictures as probes
from grader.inside.probes.lecture4_batchnorm.pictures import BATCH, SYMBOLS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SEED = 2147483647
N_EMBD, N_HIDDEN, DEPTH, DEEP_HIDDEN = 10, 200, 5, 100
KNOWS_NOTHING = float(np.log(len(SYMBOLS)))
STEPS, LOOK_AFTER, UPDATES = 300, 100, 200
MEAN, RATES = 20, [0.1, 0.001]
THOUSAND = 1000  # gradients are shown in thousandths
FLAT, ALMOST_FLAT = 0.99, 0.97  # the lecture's thresholds for one hidden layer, and for the deep net
HEALTHY = -3.0
STAGES = {
    "without": "without batch norm, at the start",
    "with": "with batch norm, at the start",
    "trained": f"with batch norm, after {LOOK_AFTER} steps",
}
DASHES: tuple[Any, ...] = ("-", (0, (6, 2)), (0, (2, 1.5)), (0, (6, 2, 1.5, 2)), "-", (0, (4, 1)), (0, (1, 1)))
INKS = ("#000000", "#12315e", "#2c5f9b", "#5b8fc4", "#7a4100", "#b0752a", "#6b6b6b")


def percent(share: float) -> str:
    """A share as one says it: 61%, 9.6%."""
    return f"{share:.0%}" if share >= 0.1 or share == 0 else f"{share:.1%}"


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


# ---- activations and gradients per layer


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


# ---- update ratios


def updates(view: View) -> Picture:
    """How far each step moves each weight matrix, as a power of ten, for a usual and a small learning rate."""
    yours, expected = view.both(lambda side: [canvas.numbers(run) for run in side])
    mine, theirs = (np.array([_late(run) for run in side]) for side in (yours, expected))
    same = canvas.agree(mine, theirs, 0.15)
    usual, small, wanted = map(canvas.mean, (mine[0], mine[1], theirs[0]))
    title = (
        f"At learning rate {RATES[0]} a step moves the weights by 10^{usual:.1f} of their size, at {RATES[1]} by only "
        f"10^{small:.1f}"
        if same
        else f"Your update ratios end at {usual:.2f}, expected {wanted:.2f}"
    )
    rows = [("yours", yours), *([] if same else [("expected", expected)])]
    figure = canvas.sheet(13, 5.2 * len(rows) + 0.8, title, _used_for_updates(view))
    grid = figure.subplots(len(rows), len(RATES), squeeze=False, sharey=True)
    for line, (name, side) in zip(grid, rows, strict=True):
        _rates(line, side, name)
    grid[0, 0].set_ylim(*canvas.limits(np.array(yours), np.array([HEALTHY, *np.array(expected).ravel()])))
    text = (
        f"Curves of the update ratios of {mine.shape[1]} weight matrices over {UPDATES} steps, with a line at -3. Mean "
        f"of the last {MEAN} steps: {usual:.2f} with learning rate {RATES[0]}, {small:.2f} with {RATES[1]}; expected "
        f"{wanted:.2f} and {canvas.mean(theirs[1]):.2f}."
    )
    named = [f"{_matrix(i, len(mine[0]))}, learning rate {RATES[0]}" for i in range(len(mine[0]))]
    facts = tuple((name, f"{a:.2f}", f"{b:.2f}") for name, a, b in zip(named, mine[0], theirs[0], strict=True))
    return Picture(view.name, title, text, facts, figure)


def _used_for_updates(view: View) -> str:
    return (
        f"What your update_ratios gives in {UPDATES} steps of your deep_net, {BATCH} rows each, {view.used}; means of "
        f"{MEAN // 2} steps. C is the embedding, then the layers in order."
    )


def _late(run: Numbers) -> Numbers:
    """The mean of each matrix over the last steps."""
    return np.array([canvas.mean(column) for column in run[-MEAN:].T])


def _matrix(index: int, count: int) -> str:
    return "C" if not index else "output" if index == count - 1 else f"layer {index}"


def _rates(line: Any, side: list[Numbers], name: str) -> None:
    """The curves of one side, a panel for each learning rate."""
    for axes, run, lr in zip(line, side, RATES, strict=True):
        _ratios(axes, run)
        axes.axhline(HEALTHY, color=canvas.EXPECTED, linewidth=1.8)
        words = "-3: a thousandth of the weights per step"
        canvas.note(axes, 0, HEALTHY, words, va="bottom", fontsize=9, color=canvas.EXPECTED)
        axes.set_title(f"{name}, learning rate {lr}")
        axes.set_xlabel("step")
    line[0].set_ylabel("log10(spread of the step / spread of the weights)")


def _ratios(axes: "Axes", run: Numbers) -> None:
    """A curve for each matrix, told apart by dash and by the name at its end."""
    steps, curves = np.empty(0), []
    for column, ink, dash in zip(run.T, INKS, DASHES, strict=False):
        steps, curve = canvas.blocks(column, MEAN // 2)
        axes.plot(steps, curve, linewidth=1.8, color=ink, linestyle=dash)
        curves.append(curve)
    ends = [float(np.nan_to_num(curve[-1])) for curve in curves]
    for index, (end, height) in enumerate(zip(ends, canvas.apart(ends, 0.17), strict=True)):
        axes.annotate(
            _matrix(index, len(ends)), (steps[-1], end), (len(run) * 1.05, height), fontsize=9, va="center",
            color=INKS[index], arrowprops={"arrowstyle": "-", "color": "#b8bec8", "linewidth": 0.7},
            annotation_clip=False,
        )  # fmt: skip
    axes.set_xlim(-2, len(run) * 1.22)


# ---- what is measured for them


def of_starts(words: list[str]) -> dict[str, Any]:
    return {"words": words[::8], "n_embd": N_EMBD, "n_hidden": N_HIDDEN, "seed": SEED, "steps": STEPS}


def of_layers(words: list[str]) -> dict[str, Any]:
    return {"words": words[::8], "n_hidden": DEEP_HIDDEN, "seed": SEED, "steps": LOOK_AFTER, "lr": RATES[0]}


def of_updates(words: list[str]) -> dict[str, Any]:
    return {"words": words[::8], "n_hidden": DEEP_HIDDEN, "seed": SEED, "steps": UPDATES, "rates": RATES}


START = ("kaiming-std", "calm-init")
LAYERS = ("linear", "batchnorm1d", "tanh-layer", "deep-net")
MOTIFS = (
    Motif("start", START, probes.pictured_starts, of_starts, start),
    Motif("saturation", START, probes.pictured_starts, of_starts, saturation),
    Motif("activations", LAYERS, probes.pictured_layers, of_layers, activations),
    Motif("gradients", LAYERS, probes.pictured_layers, of_layers, gradients),
    Motif("updates", (*LAYERS, "update-ratios"), probes.pictured_updates, of_updates, updates),
)
