"""The pictures of lecture 4: two starts of one net, what its tanh lets through, and a look into a deep net's layers."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.pictures import Motif, Picture, View, canvas
from grader.pictures.canvas import Numbers
from grader.probes.lecture4_batchnorm import pictures as probes
from grader.probes.lecture4_batchnorm.pictures import BATCH, SYMBOLS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SEED = 2147483647
N_EMBD, N_HIDDEN, DEEP_HIDDEN = 10, 200, 100
STEPS, LOOK_AFTER, UPDATES = 300, 100, 200
MEAN, RATES = 20, [0.1, 0.001]
THOUSAND = 1000  # gradients are shown in thousandths
FLAT, ALMOST_FLAT = 0.99, 0.97  # the lecture's thresholds for one hidden layer, and for the deep net
HEALTHY = -3.0
STAGES = {"without": "without batch norm, at the start", "with": "with batch norm, at the start"}
LAYERS = ("linear", "batchnorm1d", "tanh-layer", "deep-net")
DASHES: tuple[Any, ...] = ("-", (0, (6, 2)), (0, (2, 1.5)), (0, (6, 2, 1.5, 2)), "-", (0, (4, 1)), (0, (1, 1)))
INKS = ("#000000", "#12315e", "#2c5f9b", "#5b8fc4", "#7a4100", "#b0752a", "#6b6b6b")


def percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.1 or share == 0 else f"{share:.1%}"


# ---- the loss of two starts


def start(view: View) -> Picture:
    """The first steps of training from two starts: everything from N(0, 1), and the student's calm one."""
    plain, yours = (canvas.numbers(view.yours[name]["losses"]) for name in ("plain", "calm"))
    expected = canvas.numbers(view.expected["calm"]["losses"])
    same = canvas.agree(yours, expected, 0.1)
    end = canvas.mean(plain[-MEAN:])
    uniform = float(np.log(len(SYMBOLS)))
    title = (
        f"The plain start begins at {plain[0]:.1f}, yours at {yours[0]:.2f}; {len(plain)} steps do not catch up"
        if same and end > yours[0]
        else f"Your start begins at {yours[0]:.2f}, expected {expected[0]:.2f}"
    )
    used = (
        f"{STEPS} steps of {BATCH} rows, learning rate 0.1, a net with {N_HIDDEN} hidden units, {_sampled(view)}. Thin: each "
        f"step. Thick: means of {MEAN} steps. Plain: all parameters from N(0, 1). Calm: from your init_parameters."
    )
    figure = canvas.sheet(9.5, 5.8, title, used)
    axes = figure.subplots()
    _falling(axes, plain, "plain start: the hockey stick", canvas.INK, (0, (6, 2)))
    _falling(axes, yours, "your calm start", canvas.YOURS, "-")
    if not same:
        _falling(axes, expected, "expected calm start", canvas.EXPECTED, (0, (2, 2)))
    canvas.level(axes, uniform, f"knows nothing: log {len(SYMBOLS)} = {uniform:.2f}")
    axes.set_ylim(0, canvas.limits(yours, expected, plain)[1])
    axes.set_xlabel("step")
    axes.set_ylabel("loss (nats per symbol)")
    axes.legend(frameon=False)
    text = (
        f"Curves of the loss over {STEPS} steps from two starts. All from N(0, 1): {plain[0]:.2f} at the first step, {end:.2f} at "
        f"the end. Your init_parameters: {yours[0]:.2f}, expected {expected[0]:.2f}; at the end {canvas.mean(yours[-MEAN:]):.2f}, "
        f"expected {canvas.mean(expected[-MEAN:]):.2f}."
    )
    facts = (
        ("first loss, calm start", f"{yours[0]:.2f}", f"{expected[0]:.2f}"),
        (f"mean of the last {MEAN} steps", f"{canvas.mean(yours[-MEAN:]):.2f}", f"{canvas.mean(expected[-MEAN:]):.2f}"),
    )
    return Picture(view.name, title, text, facts, figure)


def _falling(axes: "Axes", losses: Numbers, label: str, colour: str, dash: Any) -> None:
    axes.plot(losses, color=colour, linewidth=0.6, alpha=0.35)
    axes.plot(*canvas.blocks(losses, MEAN), color=colour, linewidth=2.2, linestyle=dash, label=label)


def _sampled(view: View) -> str:
    return f"every 8th name, {len(view.inputs['words']):,} in all ({view.listed})"


# ---- the saturation map


def saturation(view: View) -> Picture:
    """Which activations lie on a flat end of tanh, an example per row and a neuron per column, for both starts."""
    plain, yours = (canvas.numbers(view.yours[name]["h"]) for name in ("plain", "calm"))
    expected = canvas.numbers(view.expected["calm"]["h"])
    same = canvas.agree(yours, expected, 0.02)
    shares = [canvas.mean((np.abs(h) > FLAT).astype(float)) for h in (plain, yours, expected)]
    title = (
        f"The plain start saturates {percent(shares[0])} of the activations, yours {percent(shares[1])}"
        if same
        else f"Your start saturates {percent(shares[1])} of the activations, expected {percent(shares[2])}"
    )
    used = (
        f"tanh of the hidden layer for the first batch: {BATCH} examples, {N_HIDDEN} neurons, {_sampled(view)}. Dark: saturated, "
        f"further than {FLAT} from 0, no gradient comes through. White: not saturated, the neuron can learn from this example. "
        "A triangle marks a neuron that is dead, dark from top to bottom."
    )
    panels = [("plain start", plain), ("your calm start", yours), *([] if same else [("expected", expected)])]
    figure = canvas.sheet(12, 2.5 * len(panels) + 1.6, title, used)
    for axes, (name, h) in zip(figure.subplots(len(panels), 1), panels, strict=True):
        _saturated(axes, h, name)
    text = (
        f"Maps of {BATCH} examples by {N_HIDDEN} neurons. Saturated and dark: {percent(shares[0])} with all numbers from N(0, 1), "
        f"{percent(shares[1])} with your init_parameters, expected {percent(shares[2])}. "
        f"Dead neurons: {_dead(plain)}, {_dead(yours)}, expected {_dead(expected)}."
    )
    facts = (
        ("saturated share", percent(shares[1]), percent(shares[2])),
        ("dead neurons", str(_dead(yours)), str(_dead(expected))),
    )
    return Picture(view.name, title, text, facts, figure)


def _dead(h: Numbers) -> int:
    return int((np.abs(h) > FLAT).all(0).sum())


def _saturated(axes: "Axes", h: Numbers, name: str) -> None:
    flat = np.abs(h) > FLAT
    axes.imshow(flat.astype(float), cmap=canvas.white_to_dark(), vmin=0, vmax=1, aspect="auto", interpolation="nearest")
    dead = np.flatnonzero(flat.all(0))
    if dead.size:
        axes.plot(dead, np.full(len(dead), -1.4), "v", color=canvas.EXPECTED, markersize=6, clip_on=False, scaley=False)
    many = "1 neuron is dead" if len(dead) == 1 else f"{len(dead)} neurons are dead"
    axes.set_title(f"{name}: {percent(float(flat.mean()))} saturated, {many}", pad=10)
    axes.set_xlabel("neuron")
    axes.set_ylabel("example")
    axes.spines[:].set_visible(True)
    axes.set_yticks([0, BATCH - 1])


# ---- activations and gradients per layer


def activations(view: View) -> Picture:
    """Histograms of what each tanh layer puts out: without batch norm, with it, and after some training."""
    return _layers(view, "out")


def gradients(view: View) -> Picture:
    """Histograms of the gradients that arrive at each tanh layer, for the same three nets."""
    return _layers(view, "grad")


def _layers(view: View, what: str) -> Picture:
    stages = {**STAGES, "trained": f"with batch norm, after {LOOK_AFTER} steps"}
    unit = 1 if what == "out" else THOUSAND
    yours, expected = (
        {stage: [unit * canvas.numbers(layer).ravel() for layer in side[stage][what]] for stage in stages}
        for side in (view.yours, view.expected)
    )
    mine, theirs = (_spreads(side) for side in (yours, expected))
    same = canvas.agree(mine, theirs, 0.02 if what == "out" else 0, 0.15)
    title, text = _found(what, mine, theirs, same)
    used = (
        f"Your deep_net: 5 tanh layers of {DEEP_HIDDEN} units, one batch of {BATCH} rows, {_sampled(view)}. 'Without' leaves its "
        f"BatchNorm1d layers out. Height: share of the values."
        + (f" Grey: saturated, further than {ALMOST_FLAT} from 0." if what == "out" else " Each column has its own scale.")
        + ("" if same else " Dashed outline: expected.")
    )
    figure = canvas.sheet(13, 8.6, title, used)
    grid = figure.subplots(5, len(stages), sharex="col" if what == "grad" else True, squeeze=False)
    for column, stage in enumerate(stages):
        edges = np.linspace(-1, 1, 41) if what == "out" else _edges(expected[stage])
        for row in range(5):
            pair = yours[stage][row], None if same else expected[stage][row]
            _histogram(grid[row, column], *pair, edges, what)
            if not column:
                grid[row, 0].set_ylabel(f"layer {row + 1}")
        grid[0, column].set_title(stages[stage])
        grid[4, column].set_xlabel("output of tanh" if what == "out" else "gradient of the loss, in thousandths")
    facts = tuple(
        (f"spread in layer {row + 1}, {stages[stage]}", _number(mine[column, row]), _number(theirs[column, row]))
        for column, stage in enumerate(stages)
        for row in (0, 4)
    )
    return Picture(view.name, title, text, facts, figure)


def _spread(values: Numbers) -> float:
    """The standard deviation of what can be drawn."""
    there = values[np.isfinite(values)]
    return float(there.std(ddof=1)) if there.size > 1 else float("nan")


def _spreads(side: dict[str, list[Numbers]]) -> Numbers:
    return np.array([[_spread(layer) for layer in layers] for layers in side.values()])


def _number(value: float) -> str:
    """Two digits behind the point, and no minus in front of a zero."""
    return f"{round(value, 2) + 0.0:.2f}"


def _found(what: str, mine: Numbers, theirs: Numbers, same: bool) -> tuple[str, str]:
    """The finding, and all of it in words."""
    bare, normed, trained = ([_number(value) for value in stage[[0, -1]]] for stage in mine)
    things = "activations" if what == "out" else "gradients (in thousandths)"
    if not same:
        worst = np.unravel_index(np.nanargmax(np.nan_to_num(np.abs(mine / theirs - 1), nan=np.inf)), mine.shape)
        title = (
            f"Your {things} are not those expected: in layer {worst[1] + 1} their spread is {_number(mine[worst])}, "
            f"expected {_number(theirs[worst])}"
        )
    elif what == "out":
        title = f"Without batch norm the spread shrinks from {bare[0]} to {bare[1]}; with it every layer has about {normed[1]}"
    else:
        back = [f"{stage[0] / stage[-1]:.0%}" for stage in mine]
        title = (
            f"Back from the last layer to the first, the gradients come to {back[0]} of their spread without batch norm, "
            f"to {back[1]} with it"
        )
    text = (
        f"Histograms of the {things} of 5 tanh layers. Spread in the first and last layer: {' and '.join(bare)} without batch "
        f"norm, {' and '.join(normed)} with it, {' and '.join(trained)} after {LOOK_AFTER} steps; expected "
        f"{'; '.join(' and '.join(_number(value) for value in stage[[0, -1]]) for stage in theirs)}."
    )
    return title, text


def _edges(layers: list[Numbers]) -> Numbers:
    """Bins that hold almost all of what is expected in every layer."""
    reach = 3.2 * max(_spread(layer) for layer in layers)
    return np.linspace(-reach, reach, 41)


def _histogram(axes: "Axes", yours: Numbers, expected: Numbers | None, edges: Numbers, what: str) -> None:
    heights = _shares(yours, edges)
    axes.stairs(heights, edges, fill=True, color=canvas.RAW)
    axes.stairs(heights, edges, color=canvas.YOURS, linewidth=1.2)
    top = float(heights.max())
    if expected is not None:
        axes.stairs(_shares(expected, edges), edges, color=canvas.EXPECTED, linewidth=1.4, linestyle=(0, (3, 2)))
        top = max(top, float(_shares(expected, edges).max()))
    said = f"spread {_number(_spread(yours))}   mean {_number(canvas.mean(yours))}"
    if what == "out":
        said += f"   saturated {percent(canvas.mean((np.abs(yours) > ALMOST_FLAT).astype(float)))}"
        for side in (-1, 1):
            axes.axvspan(side * ALMOST_FLAT, side, color="#b8bec8", alpha=0.6, zorder=0, linewidth=0)
    canvas.note(axes, 0.03, 0.95, said, transform=axes.transAxes, va="top", fontsize=9)
    axes.set_ylim(0, top * 1.35 or 1)
    axes.set_xlim(edges[0], edges[-1])
    axes.set_yticks([])
    if what == "out":
        axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["-1", "-0.5", "0", "0.5", "1"])


def _shares(values: Numbers, edges: Numbers) -> Numbers:
    """The share of the values in each bin; those that cannot be drawn are in none."""
    found = np.histogram(values[np.isfinite(values)], edges)[0]
    return found / max(len(values), 1)


# ---- update ratios


def updates(view: View) -> Picture:
    """How far each step moves each weight matrix, as a power of ten, for a usual and a small learning rate."""
    yours, expected = ([canvas.numbers(side) for side in sides] for sides in (view.yours, view.expected))
    ends = [[_late(run) for run in side] for side in (yours, expected)]
    same = canvas.agree(np.array(ends[0]), np.array(ends[1]), 0.15)
    title = (
        f"At learning rate {RATES[0]} a step moves the weights by 10^{canvas.mean(ends[0][0]):.1f} of their size, "
        f"at {RATES[1]} by only 10^{canvas.mean(ends[0][1]):.1f}"
        if same
        else f"Your update ratios end at {canvas.mean(ends[0][0]):.2f}, expected {canvas.mean(ends[1][0]):.2f}"
    )
    used = (
        f"What your update_ratios gives in {UPDATES} steps of your deep_net, {BATCH} rows each, {_sampled(view)}; means of {MEAN // 2} "
        "steps. C is the embedding, then the layers in order."
    )
    rows = [("yours", yours), *([] if same else [("expected", expected)])]
    figure = canvas.sheet(13, 5.2 * len(rows) + 0.8, title, used)
    grid = figure.subplots(len(rows), len(RATES), squeeze=False, sharey=True)
    for line, (name, side) in zip(grid, rows, strict=True):
        for axes, run, lr in zip(line, side, RATES, strict=True):
            _ratios(axes, run)
            axes.set_ylim(*canvas.limits(np.concatenate(side), np.array([HEALTHY, *np.concatenate(expected).ravel()])))
            axes.set_title(f"{name}, learning rate {lr}")
        line[0].set_ylabel("log10(spread of the step / spread of the weights)")
    text = (
        f"Curves of the update ratios of {yours[0].shape[1]} weight matrices over {UPDATES} steps, with a line at -3. Mean of the last "
        f"{MEAN} steps: {canvas.mean(ends[0][0]):.2f} with learning rate {RATES[0]}, {canvas.mean(ends[0][1]):.2f} with {RATES[1]}; "
        f"expected {canvas.mean(ends[1][0]):.2f} and {canvas.mean(ends[1][1]):.2f}."
    )
    facts = tuple(
        (f"{_matrix(i, len(mine))}, learning rate {RATES[0]}", f"{mine[i]:.2f}", f"{theirs[i]:.2f}")
        for mine, theirs in [(ends[0][0], ends[1][0])]
        for i in range(len(mine))
    )
    return Picture(view.name, title, text, facts, figure)


def _late(run: Numbers) -> Numbers:
    """The mean of each matrix over the last steps."""
    return np.array([canvas.mean(column) for column in run[-MEAN:].T])


def _matrix(index: int, count: int) -> str:
    return "C" if not index else "output" if index == count - 1 else f"layer {index}"


def _ratios(axes: "Axes", run: Numbers) -> None:
    count = run.shape[1]
    ends = []
    for index in range(count):
        x, y = canvas.blocks(run[:, index], MEAN // 2)
        style = {"color": INKS[index % len(INKS)], "linestyle": DASHES[index % len(DASHES)]}
        axes.plot(x, y, linewidth=1.8, **style)
        ends.append(float(y[-1]))
    for index, height in enumerate(canvas.apart(np.nan_to_num(ends).tolist(), 0.17)):
        axes.annotate(
            _matrix(index, count), (x[-1], ends[index]), (len(run) * 1.05, height), fontsize=9, va="center",
            color=INKS[index % len(INKS)], arrowprops={"arrowstyle": "-", "color": "#b8bec8", "linewidth": 0.7},
        )  # fmt: skip
    axes.axhline(HEALTHY, color=canvas.EXPECTED, linewidth=1.8)
    canvas.note(axes, 0, HEALTHY, "-3: a thousandth of the weights per step", va="bottom", fontsize=9, color=canvas.EXPECTED)
    axes.set_xlim(-2, len(run) * 1.22)
    axes.set_xlabel("step")


def sample(words: list[str]) -> list[str]:
    """Names from all over the list."""
    return words[::8]


def of_starts(words: list[str]) -> dict[str, Any]:
    return {"words": sample(words), "n_embd": N_EMBD, "n_hidden": N_HIDDEN, "seed": SEED, "steps": STEPS}


def of_layers(words: list[str]) -> dict[str, Any]:
    return {"words": sample(words), "n_hidden": DEEP_HIDDEN, "seed": SEED, "steps": LOOK_AFTER, "lr": RATES[0]}


def of_updates(words: list[str]) -> dict[str, Any]:
    return {"words": sample(words), "n_hidden": DEEP_HIDDEN, "seed": SEED, "steps": UPDATES, "rates": RATES}


MOTIFS = (
    Motif("start", ("kaiming-std", "calm-init"), probes.pictured_starts, of_starts, start),
    Motif("saturation", ("kaiming-std", "calm-init"), probes.pictured_starts, of_starts, saturation),
    Motif("activations", LAYERS, probes.pictured_layers, of_layers, activations),
    Motif("gradients", LAYERS, probes.pictured_layers, of_layers, gradients),
    Motif("updates", (*LAYERS, "update-ratios"), probes.pictured_updates, of_updates, updates),
)
