"""The pictures of lecture 3: contexts of a few names, a training run, a sweep of learning rates, an embedding."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture3_mlp import pictures as probes
from grader.inside.probes.lecture3_mlp.shared import SYMBOLS, symbol_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BLOCK_SIZE = 3
FEW = ["emma", "ava", "zoe"]
SHADES = ("#e3edf7", "#a9c7e4", "#4f83b8")  # oldest, middle, newest symbol of a context
SEED = 2147483647
LECTURES = [len(SYMBOLS), BLOCK_SIZE, 2, 100]
STEPS, BATCH, RATE = 1000, 32, 0.1
MEAN = 50
SMALL, LONG, LARGER, FASTER = [len(SYMBOLS), BLOCK_SIZE, 2, 50], 2000, 64, 0.4
VOWELS = "aeiou"
KNOWS_NOTHING = float(np.log(len(SYMBOLS)))
Facts = tuple[tuple[str, str, str], ...]


# ---- contexts


def contexts(view: View) -> Picture:
    """A window that slides over each name, and beside it your rows; what is not as expected is outlined."""
    yours, expected = view.both(lambda side: np.column_stack([canvas.numbers(side[part]) for part in "XY"]))
    rows = int((yours != expected).any(1).sum())
    title = (
        f"{len(FEW)} names give {len(expected)} rows: each symbol is the target once, with the {BLOCK_SIZE} before it"
        if not rows
        else f"{rows} of your {len(expected)} rows are not what is expected"
    )
    figure = canvas.sheet(12 if rows else 9.6, 0.42 * len(expected) + 2, title, _used_for_contexts(rows))
    axes = figure.subplots()
    _windows(axes)
    _rows(axes, yours, expected)
    axes.set(xlim=(-0.8, 25.5 if rows else 19.5), ylim=(_heights()[-1] + 0.7, -1.6), aspect="equal")
    axes.axis("off")
    return Picture(view.name, title, _contexts_in_words(yours, expected, rows), _facts_of_rows(yours, expected), figure)


def _used_for_contexts(rows: int) -> str:
    hatched = " Hatched: not as expected; what is expected stands at the right." if rows else ""
    return (
        f"The names {', '.join(FEW)}, block_size {BLOCK_SIZE}. Shaded: the context, the darker the nearer to the "
        f"target, which is framed.{hatched}"
    )


def _heights() -> list[float]:
    """Where each row is drawn: a little room between one name and the next."""
    return [row + 0.5 * name for row, name in enumerate(n for n, word in enumerate(FEW) for _ in f"{word}.")]


def _windows(axes: "Axes") -> None:
    """The names with their '.' around them, once per row, and the window on them."""
    axes.text(-0.4, -1.1, "the window slides over the name", fontweight="bold")
    starts = [(word, start) for word in FEW for start in range(len(word) + 1)]
    for y, (word, start) in zip(_heights(), starts, strict=True):
        for x, symbol in enumerate("." * BLOCK_SIZE + word + "."):
            inside = start <= x < start + BLOCK_SIZE
            frame = _frame(x == start + BLOCK_SIZE, False)
            canvas.cell(axes, x, y, symbol, SHADES[x - start] if inside else "#ffffff", **frame)


def _frame(target: bool, wrong: bool) -> dict[str, Any]:
    """How the edge of a cell looks."""
    if wrong:
        return {"edgecolor": canvas.EXPECTED, "linewidth": 2.2, "hatch": "//"}
    return {"edgecolor": canvas.INK, "linewidth": 1.8} if target else {}


def _rows(axes: "Axes", yours: Numbers, expected: Numbers) -> None:
    """Your rows: the context, an arrow, the target, and the same as indices."""
    left = 10
    axes.text(left - 0.4, -1.1, "your X", fontweight="bold")
    axes.text(left + BLOCK_SIZE + 1.1, -1.1, "your Y", fontweight="bold")
    for y, mine, theirs in zip(_heights(), yours, expected, strict=True):
        for place, index in enumerate(mine):
            target = place == BLOCK_SIZE
            frame = _frame(target, index != theirs[place])
            colour = "#ffffff" if target else SHADES[place]
            canvas.cell(axes, left + place + 1.5 * target, y, _symbol(index), colour, **frame)
        axes.annotate("", (left + 3.9, y), (left + 2.7, y), arrowprops={"arrowstyle": "->", "color": canvas.SOFT})
        said = _listed(mine) + ("" if np.array_equal(mine, theirs) else f"   expected {_listed(theirs)}")
        axes.text(left + 5.6, y, said, va="center", fontsize=9, color=canvas.SOFT)


def _symbol(index: float) -> str:
    return symbol_of(int(index)) if np.isfinite(index) and 0 <= index < len(SYMBOLS) else "?"


def _listed(line: Numbers) -> str:
    """A row as indices: [0, 0, 5] -> 13."""
    indices = [f"{index:.0f}" if np.isfinite(index) else "?" for index in line]
    return f"[{', '.join(indices[:-1])}] -> {indices[-1]}"


def _written(line: Numbers) -> str:
    """A row as the lecture prints it."""
    return f"{''.join(map(_symbol, line[:-1]))} --> {_symbol(line[-1])}"


def _contexts_in_words(yours: Numbers, expected: Numbers, rows: int) -> str:
    text = f"Table of your {len(yours)} rows for {', '.join(FEW)}: {'; '.join(map(_written, yours[:5]))}; and so on."
    if not rows:
        return f"{text} All rows are as expected."
    first = int(np.flatnonzero((yours != expected).any(1))[0])
    return (
        f"{text} {rows} rows are not as expected; the first is row {first}: "
        f"yours {_listed(yours[first])}, expected {_listed(expected[first])}."
    )


def _facts_of_rows(yours: Numbers, expected: Numbers) -> Facts:
    return tuple((f"row {i}", _written(a), _written(b)) for i, (a, b) in enumerate(zip(yours, expected, strict=True)))


# ---- a training run


def loss(view: View) -> Picture:
    """The loss of every minibatch, its mean over blocks, and the loss on names that were not trained on."""
    yours, expected = view.both(lambda side: canvas.numbers(side["losses"]))
    dev, should = view.both(lambda side: canvas.numbers(side["dev"]))
    mean, wanted = (canvas.blocks(losses, MEAN)[1] for losses in (yours, expected))
    title = (
        f"From {yours[0]:.1f} to {mean[-1]:.2f} in {STEPS:,} steps, {_early(yours[0], mean):.0%} of it in the first "
        f"{STEPS // 10}"
        if _alike(mean, wanted)
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


def _alike(mean: Numbers, wanted: Numbers) -> bool:
    """Whether two runs look the same: in float32, equal code may drift apart a little."""
    return canvas.agree(mean, wanted, 0.05, 0.1)


def _early(first: float, mean: Numbers) -> float:
    """Which share of the fall is over after a tenth of the steps."""
    return float((first - mean[len(mean) // 10]) / (first - mean[-1]))


def _falling(axes: "Axes", yours: Numbers, expected: Numbers) -> None:
    axes.scatter(range(STEPS), yours, s=6, color=canvas.RAW, linewidths=0)
    steps, mean = canvas.blocks(yours, MEAN)
    wanted = canvas.blocks(expected, MEAN)[1]
    canvas.both(axes, steps, mean, wanted, _alike(mean, wanted))
    axes.set_yscale("log")
    axes.set_ylim(1.8, 30)
    axes.set_yticks([2, 3, 5, 10, 20], ["2", "3", "5", "10", "20"])
    axes.minorticks_off()
    canvas.level(axes, KNOWS_NOTHING, f"knows nothing: log {len(SYMBOLS)} = {KNOWS_NOTHING:.2f}")
    axes.set_xlabel("step")
    axes.set_ylabel("loss (nats per symbol)")


# ---- learning rates


def rates(view: View) -> Picture:
    """The loss at each learning rate, the mean of each block, and the rate that pick chooses."""
    picks = view.both(lambda side: float(canvas.numbers([side["picked"]])[0]))
    mean, should = view.both(lambda side: canvas.blocks(canvas.numbers(side["losses"]), MEAN)[1])
    same = _alike(mean, should) and canvas.agree(picks[0], picks[1], 0, 0.2)
    title = (
        f"The loss is lowest for rates around {picks[0]:.2g}; towards 1 it rises again to {mean[-1]:.1f}"
        if same
        else f"Your sweep is not the one expected: you pick {picks[0]:.2g}, expected {picks[1]:.2g}"
    )
    figure = canvas.sheet(9.5, 5.8, title, _used_for_rates(view))
    _swept(figure.subplots(), view, picks)
    text = (
        f"Scatter plot of the loss at {STEPS:,} learning rates from 0.001 to 1, with the means of blocks of {MEAN}: "
        f"from {mean[0]:.1f}, at the lowest {np.min(mean):.2f}, at the end {mean[-1]:.1f}. "
        f"Your pick is {picks[0]:.2g}, expected {picks[1]:.2g}."
    )
    facts = (
        ("picked rate", f"{picks[0]:.3g}", f"{picks[1]:.3g}"),
        ("mean loss of the first block", f"{mean[0]:.2f}", f"{should[0]:.2f}"),
        ("mean loss of the last block", f"{mean[-1]:.2f}", f"{should[-1]:.2f}"),
    )
    return Picture(view.name, title, text, facts, figure)


def _used_for_rates(view: View) -> str:
    return (
        f"Your sweep over {STEPS:,} rates, the smallest first, one step of {BATCH} rows at each, with a net of the "
        f"sizes {LECTURES} and {view.used}. Dots: each step. Lines: means of {MEAN} steps."
    )


def _swept(axes: "Axes", view: View, picks: tuple[float, float]) -> None:
    yours, expected = view.both(lambda side: canvas.numbers(side["losses"]))
    mean, should = (canvas.blocks(losses, MEAN)[1] for losses in (yours, expected))
    axes.scatter(canvas.numbers(view.yours["rates"]), yours, s=7, color=canvas.RAW, linewidths=0)
    canvas.both(axes, canvas.numbers(view.expected["rates"])[MEAN // 2 :: MEAN], mean, should, _alike(mean, should))
    axes.set(xscale="log", xlim=(0.0009, 1.1), ylim=(0, 1.1 * canvas.limits(mean, should)[1]))
    axes.set_xticks([0.001, 0.01, 0.1, 1.0], ["0.001", "0.01", "0.1", "1"])
    _marked(axes, picks[0], f"your pick: {picks[0]:.2g}", canvas.YOURS, 0.62)
    if not canvas.agree(picks[0], picks[1], 0, 0.2):
        _marked(axes, picks[1], f"expected: {picks[1]:.2g}", canvas.EXPECTED, 0.52)
    axes.set_xlabel("learning rate (equal steps are equal factors)")
    axes.set_ylabel("loss of the minibatch (nats)")


def _marked(axes: "Axes", x: float, text: str, colour: str, height: float) -> None:
    """A line across at a rate, with words beside it."""
    if np.isfinite(x) and x > 0:
        axes.axvline(x, color=colour, linewidth=1.2, linestyle="-.")
        side = "right" if x > 0.01 else "left"
        canvas.note(axes, x, height, f" {text} ", transform=axes.get_xaxis_transform(), ha=side, color=colour)


# ---- the embedding


def embedding(view: View) -> Picture:
    """Every symbol at its two numbers, before and after training; vowels are filled circles."""
    before = canvas.numbers(view.expected["before"])
    yours, expected = view.both(lambda side: canvas.numbers(side["after"]))
    same = canvas.agree(yours, expected, 0.3)
    first, ours, should = map(_vowels, (before, yours, expected))
    title = (
        f"Training has moved the vowels together: {ours:.0%} of the usual distance apart, {first:.0%} before"
        if same
        else f"Your vowels lie at {ours:.0%} of the usual distance from each other, expected {should:.0%}"
    )
    panels = [("before training", before), ("after your training", yours), *([] if same else [("expected", expected)])]
    figure = canvas.sheet(6 * len(panels), 6.8, title, _used_for_embedding(view))
    for axes, (name, table) in zip(figure.subplots(1, len(panels)), panels, strict=True):
        _scattered(axes, table, expected if table is yours else table)
        axes.set_title(name)
    text = (
        f"Scatter plots of the {len(SYMBOLS)} symbols at their two numbers, before and after training. The distance of "
        f"two vowels, divided by that of any two letters: {first:.2f} before, {ours:.2f} after, expected {should:.2f}."
    )
    facts = (("distance of vowels, beside that of any letters", f"{ours:.2f}", f"{should:.2f}"),)
    return Picture(view.name, title, text, facts, figure)


def _used_for_embedding(view: View) -> str:
    return (
        f"The table C of a net of the sizes {SMALL} after {LONG:,} steps of your train, {LARGER} rows each, learning "
        f"rate {FASTER}, from a calm start, {view.used}. Filled: vowels. Square: '.'."
    )


def _vowels(table: Numbers) -> float:
    """The mean distance of two vowels divided by the mean distance of two letters."""
    letters = _distances(table[1:])
    return _distances(table[[SYMBOLS.index(vowel) for vowel in VOWELS]]) / letters if letters > 0 else float("nan")


def _distances(points: Numbers) -> float:
    gaps = np.sqrt(((points[:, None] - points[None]) ** 2).sum(-1))
    return canvas.mean(gaps[~np.eye(len(points), dtype=bool)])


def _scattered(axes: "Axes", table: Numbers, room: Numbers) -> None:
    for symbol, (x, y) in zip(SYMBOLS, table, strict=True):
        if np.isfinite(x) and np.isfinite(y):
            _letter(axes, symbol, x, y)
    axes.set_xlim(*canvas.limits(table[:, 0], room[:, 0], margin=0.1))
    axes.set_ylim(*canvas.limits(table[:, 1], room[:, 1], margin=0.1))
    axes.set_xlabel("first number of the embedding")
    axes.set_ylabel("second number")


def _letter(axes: "Axes", symbol: str, x: float, y: float) -> None:
    """A symbol where it lies; vowels and the '.' stand out."""
    vowel = symbol in VOWELS
    if vowel or symbol == ".":
        face = canvas.YOURS if vowel else "#ffffff"
        axes.plot(x, y, "o" if vowel else "s", markersize=19, mfc=face, mec=canvas.INK, mew=1)
    ink = "#ffffff" if vowel else canvas.INK
    axes.text(x, y, symbol, ha="center", va="center", fontsize=14, color=ink, clip_on=True)


# ---- what is measured for them


def of_names(words: list[str]) -> dict[str, Any]:
    return {"words": FEW, "block_size": BLOCK_SIZE}


def of_training(words: list[str]) -> dict[str, Any]:
    net = {"sizes": LECTURES, "seed": SEED, "steps": STEPS, "batch_size": BATCH, "lr": RATE}
    return {"words": words[::8], "unseen": words[4::32], **net}


def of_sweep(words: list[str]) -> dict[str, Any]:
    swept = {"low": -3, "high": 0, "count": STEPS, "batch_size": BATCH}
    return {"words": words[::8], "sizes": LECTURES, "seed": SEED, **swept}


def of_embedding(words: list[str]) -> dict[str, Any]:
    net = {"sizes": SMALL, "seed": SEED, "steps": LONG, "batch_size": LARGER, "lr": FASTER}
    return {"words": words[::8], **net}


FITTING = ("embed", "mlp-forward", "mlp-loss", "minibatch", "sgd-step")
TRAINING = (*FITTING, "train-mlp-lm")
MOTIFS = (
    Motif("contexts", ("context-dataset",), probes.pictured_rows, of_names, contexts),
    Motif("loss", TRAINING, probes.pictured_training, of_training, loss),
    Motif("rates", (*FITTING, "candidate-rates", "pick-rate", "rate-sweep"), probes.pictured_sweep, of_sweep, rates),
    Motif("embedding", TRAINING, probes.pictured_embedding, of_embedding, embedding),
)
