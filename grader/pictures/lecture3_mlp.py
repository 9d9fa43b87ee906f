"""The pictures of lecture 3: contexts of a few names, a sweep of learning rates, a training run, an embedding."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.pictures import Motif, Picture, View, canvas
from grader.pictures.canvas import Numbers
from grader.probes.lecture3_mlp import pictures as probes
from grader.probes.lecture3_mlp.shared import SYMBOLS, symbol_of

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
FITTING = "mlp-forward", "mlp-loss", "minibatch", "sgd-step"


# ---- contexts


def contexts(view: View) -> Picture:
    """A window that slides over each name, and beside it your rows; what is not as expected is outlined."""
    yours, expected = (np.column_stack([canvas.numbers(side["X"]), canvas.numbers(side["Y"])]) for side in (view.yours, view.expected))
    wrong = yours != expected
    rows = int(wrong.any(1).sum())
    title = (
        f"{len(FEW)} names give {len(expected)} rows: each symbol is the target once, with the {BLOCK_SIZE} before it"
        if not rows
        else f"{rows} of your {len(expected)} rows are not what is expected"
    )
    used = (
        f"The names {', '.join(FEW)}, block_size {BLOCK_SIZE}. Shaded: the context, the darker the nearer to the target, which is framed."
        + (" Struck out and outlined: not as expected, with what is expected beside it." if rows else "")
    )
    figure = canvas.sheet(12 if rows else 9.6, 0.42 * len(expected) + 2, title, used)
    axes = figure.subplots()
    _windows(axes)
    _rows(axes, yours, expected, wrong)
    axes.set_xlim(-0.8, 25.5 if rows else 19.5)
    axes.set_ylim(_heights()[-1] + 0.7, -1.6)
    axes.set_aspect("equal")
    axes.axis("off")
    return Picture(view.name, title, _contexts_in_words(yours, expected, rows), _facts_of_rows(yours, expected), figure)


def _heights() -> list[float]:
    """Where each row is drawn: a little room between one name and the next."""
    return [row + 0.5 * name for row, name in enumerate(n for n, word in enumerate(FEW) for _ in f"{word}.")]


def _windows(axes: "Axes") -> None:
    """The names with their '.' around them, once per row, and the window on them."""
    axes.text(-0.4, -1.1, "the window slides over the name", fontweight="bold")
    heights = iter(_heights())
    for word in FEW:
        symbols = "." * BLOCK_SIZE + word + "."
        for start in range(len(word) + 1):
            row = next(heights)
            for place, symbol in enumerate(symbols):
                inside = start <= place < start + BLOCK_SIZE
                target = {"edgecolor": canvas.INK, "linewidth": 1.8} if place == start + BLOCK_SIZE else {}
                canvas.cell(axes, place, row, symbol, SHADES[place - start] if inside else "#ffffff", **target)


def _rows(axes: "Axes", yours: Numbers, expected: Numbers, wrong: Any) -> None:
    left = 10
    axes.text(left - 0.4, -1.1, "your X", fontweight="bold")
    axes.text(left + BLOCK_SIZE + 1.1, -1.1, "your Y", fontweight="bold")
    for row, (y, line) in enumerate(zip(_heights(), yours, strict=True)):
        for place, index in enumerate(line):
            target = place == BLOCK_SIZE
            frame: dict[str, Any] = {"edgecolor": canvas.INK, "linewidth": 1.8} if target else {}
            if wrong[row, place]:
                frame = {"edgecolor": canvas.EXPECTED, "linewidth": 2.2, "hatch": "//"}
            x = left + place + (1.5 if target else 0)
            canvas.cell(axes, x, y, _symbol(index), "#ffffff" if target else SHADES[place], **frame)
        axes.annotate("", (left + 3.9, y), (left + 2.7, y), arrowprops={"arrowstyle": "->", "color": canvas.SOFT})
        said = f"{_listed(line[:-1])} -> {_listed(line[-1:])[1:-1]}"
        if wrong[row].any():
            said += f"   expected {_listed(expected[row, :-1])} -> {_listed(expected[row, -1:])[1:-1]}"
        axes.text(left + 5.6, y, said, va="center", fontsize=9, color=canvas.SOFT)


def _symbol(index: float) -> str:
    return symbol_of(int(index)) if np.isfinite(index) and 0 <= index < len(SYMBOLS) else "?"


def _listed(indices: Numbers) -> str:
    return f"[{', '.join(f'{index:.0f}' if np.isfinite(index) else '?' for index in indices)}]"


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
        f"yours {_written(yours[first])}, expected {_written(expected[first])}."
    )


def _facts_of_rows(yours: Numbers, expected: Numbers) -> tuple[tuple[str, str, str], ...]:
    return tuple((f"row {i}", _written(a), _written(b)) for i, (a, b) in enumerate(zip(yours, expected, strict=True)))


# ---- learning rates


def rates(view: View) -> Picture:
    """The loss at each learning rate, the mean of each block, and the rate that pick chooses."""
    tried = canvas.numbers(view.expected["rates"])
    yours, expected = canvas.numbers(view.yours["losses"]), canvas.numbers(view.expected["losses"])
    mine, theirs = (float(canvas.numbers([side["picked"]])[0]) for side in (view.yours, view.expected))
    mean, should = canvas.blocks(yours, MEAN)[1], canvas.blocks(expected, MEAN)[1]
    middles = tried[MEAN // 2 :: MEAN][: len(mean)]
    same = canvas.agree(mean, should, 0.05, 0.1)
    title = (
        f"The loss is lowest for rates around {mine:.2g}; at {tried[-1]:.2g} it has risen again to {mean[-1]:.1f}"
        if same and canvas.agree(np.array(mine), np.array(theirs), 0, 0.2)
        else f"Your sweep is not the one expected: you pick {mine:.2g}, expected {theirs:.2g}"
    )
    used = (
        f"Your sweep over {len(tried):,} rates, one step of {BATCH} rows each, the smallest first, with the net of the lecture "
        f"{tuple(LECTURES)} and every 8th name, {len(view.inputs['words']):,} in all ({view.listed}). "
        f"Dots: each step. Lines: means of {MEAN} steps."
    )
    figure = canvas.sheet(9.5, 5.8, title, used)
    axes = figure.subplots()
    axes.scatter(canvas.numbers(view.yours["rates"]), yours, s=7, color=canvas.RAW, linewidths=0)
    canvas.both(axes, middles, mean, should, same)
    axes.set_xscale("log")
    axes.set_xticks([0.001, 0.01, 0.1, 1.0], ["0.001", "0.01", "0.1", "1"])
    axes.set_xlim(tried[0] * 0.9, tried[-1] * 1.1)
    axes.set_ylim(0, canvas.limits(mean, should)[1] * 1.1)
    _marked(axes, mine, f"your pick: {mine:.2g}", canvas.YOURS, 0.62)
    if abs(mine - theirs) > 0.2 * theirs:
        _marked(axes, theirs, f"expected: {theirs:.2g}", canvas.EXPECTED, 0.52)
    axes.set_xlabel("learning rate (equal steps are equal factors)")
    axes.set_ylabel("loss of the minibatch (nats)")
    text = (
        f"Scatter plot of the loss at {len(tried):,} learning rates from {tried[0]:.2g} to {tried[-1]:.2g}, with the means of "
        f"blocks of {MEAN}: from {mean[0]:.1f} down to {np.nanmin(should):.2f} and up again to {mean[-1]:.1f}. "
        f"Your pick is {mine:.2g}, expected {theirs:.2g}."
    )
    facts = (
        ("picked rate", f"{mine:.3g}", f"{theirs:.3g}"),
        ("mean loss of the first block", f"{mean[0]:.2f}", f"{should[0]:.2f}"),
        ("mean loss of the last block", f"{mean[-1]:.2f}", f"{should[-1]:.2f}"),
    )
    return Picture(view.name, title, text, facts, figure)


def _marked(axes: "Axes", x: float, text: str, colour: str, height: float) -> None:
    """A line across at a rate, with words beside it."""
    if np.isfinite(x) and x > 0:
        axes.axvline(x, color=colour, linewidth=1.2, linestyle="-.")
        canvas.note(axes, x, height, f" {text} ", transform=axes.get_xaxis_transform(), ha="right", color=colour)


# ---- a training run


def loss(view: View) -> Picture:
    """The loss of every minibatch, its mean over blocks, and the loss on names that were not trained on."""
    yours, expected = canvas.numbers(view.yours["losses"]), canvas.numbers(view.expected["losses"])
    dev, should = canvas.numbers(view.yours["dev"]), canvas.numbers(view.expected["dev"])
    steps, mean = canvas.blocks(yours, MEAN)
    wanted = canvas.blocks(expected, MEAN)[1]
    same = canvas.agree(mean, wanted, 0.05, 0.1)
    title = (
        f"From {yours[0]:.1f} to {mean[-1]:.2f} in {len(yours):,} steps, {_early(yours[0], mean):.0%} of it in the first {len(yours) // 10}"
        if same
        else f"Your loss ends at {mean[-1]:.2f}, expected {wanted[-1]:.2f}"
    )
    used = (
        f"Your train: {len(yours):,} steps of {BATCH} rows, learning rate {RATE}, the net of the lecture {tuple(LECTURES)}, all numbers "
        f"from N(0, 1), every 8th name, {len(view.inputs['words']):,} in all ({view.listed}). Dots: each minibatch. Lines: means "
        f"of {MEAN}. Squares: {len(view.inputs['unseen']):,} other names. The scale of the loss is logarithmic."
    )
    figure = canvas.sheet(9.5, 5.8, title, used)
    axes = figure.subplots()
    axes.scatter(np.arange(len(yours)), yours, s=6, color=canvas.RAW, linewidths=0)
    axes.plot(np.linspace(0, len(yours), len(dev)), dev, "s", color=canvas.INK, markersize=5, mfc="none", label="your net, names not trained on")
    canvas.both(axes, steps, mean, wanted, same)
    axes.set_yscale("log")
    axes.set_ylim(1.8, 30)
    axes.set_yticks([2, 3, 5, 10, 20], ["2", "3", "5", "10", "20"])
    axes.minorticks_off()
    canvas.level(axes, float(np.log(len(SYMBOLS))), f"knows nothing: log {len(SYMBOLS)} = {np.log(len(SYMBOLS)):.2f}")
    axes.set_xlabel("step")
    axes.set_ylabel("loss (nats per symbol)")
    text = (
        f"Curve of the loss over {len(yours):,} steps of training: {yours[0]:.2f} at the first, {mean[-1]:.2f} as the mean of the "
        f"last {MEAN}, expected {wanted[-1]:.2f}. On names that were not trained on: {dev[-1]:.2f}, expected {should[-1]:.2f}."
    )
    facts = (
        ("loss of the first step", f"{yours[0]:.2f}", f"{expected[0]:.2f}"),
        (f"mean of the last {MEAN} steps", f"{mean[-1]:.2f}", f"{wanted[-1]:.2f}"),
        ("loss on names not trained on", f"{dev[-1]:.2f}", f"{should[-1]:.2f}"),
    )
    return Picture(view.name, title, text, facts, figure)


def _early(first: float, mean: Numbers) -> float:
    """Which share of the fall is over after a tenth of the steps."""
    return float((first - mean[len(mean) // 10]) / (first - mean[-1]))


# ---- the embedding


def embedding(view: View) -> Picture:
    """Every symbol at its two numbers, before and after training; vowels are filled circles."""
    before = canvas.numbers(view.expected["before"])
    yours, expected = canvas.numbers(view.yours["after"]), canvas.numbers(view.expected["after"])
    same = canvas.agree(yours, expected, 0.3)
    ours, should, first = _vowels(yours), _vowels(expected), _vowels(before)
    title = (
        f"Training has moved the vowels together: {ours:.0%} of the usual distance apart, {first:.0%} before"
        if same
        else f"Your vowels lie at {ours:.0%} of the usual distance from each other, expected {should:.0%}"
    )
    used = (
        f"The table C of a net {tuple(SMALL)} after {LONG:,} steps of your train, {LARGER} rows each, learning rate {FASTER}, "
        f"from a calm start, every 8th name, {len(view.inputs['words']):,} in all ({view.listed}). Filled: vowels. Square: '.'."
    )
    panels = [("before training", before), ("after your training", yours), *([] if same else [("expected", expected)])]
    figure = canvas.sheet(6 * len(panels), 6.8, title, used)
    for axes, (name, table) in zip(figure.subplots(1, len(panels)), panels, strict=True):
        _scattered(axes, table, expected if table is yours else table, name)
    text = (
        f"Scatter plots of the {len(SYMBOLS)} symbols at their two numbers, before and after training. The distance of two "
        f"vowels, divided by that of any two letters: {first:.2f} before, {ours:.2f} after, expected {should:.2f}."
    )
    facts = (("distance of vowels, beside that of any letters", f"{ours:.2f}", f"{should:.2f}"),)
    return Picture(view.name, title, text, facts, figure)


def _vowels(table: Numbers) -> float:
    """The mean distance of two vowels divided by the mean distance of two letters."""
    letters = _distances(table[1:])
    return _distances(table[[SYMBOLS.index(vowel) for vowel in VOWELS]]) / letters if letters > 0 else float("nan")


def _distances(points: Numbers) -> float:
    gaps = np.sqrt(((points[:, None] - points[None]) ** 2).sum(-1))
    return canvas.mean(gaps[~np.eye(len(points), dtype=bool)])


def _scattered(axes: "Axes", table: Numbers, room: Numbers, title: str) -> None:
    for index, (x, y) in enumerate(table):
        if not (np.isfinite(x) and np.isfinite(y)):
            continue
        vowel = SYMBOLS[index] in VOWELS
        if vowel or index == 0:
            face = canvas.YOURS if vowel else "#ffffff"
            axes.plot(x, y, "o" if vowel else "s", markersize=19, mfc=face, mec=canvas.INK, mew=1)
        ink = "#ffffff" if vowel else canvas.INK
        axes.text(x, y, SYMBOLS[index], ha="center", va="center", fontsize=14, color=ink, clip_on=True)
    axes.set_xlim(*canvas.limits(table[:, 0], room[:, 0], margin=0.1))
    axes.set_ylim(*canvas.limits(table[:, 1], room[:, 1], margin=0.1))
    axes.set_xlabel("first number of the embedding")
    axes.set_ylabel("second number")
    axes.set_title(title)


def sample(words: list[str]) -> list[str]:
    """Names from all over the list."""
    return words[::8]


MOTIFS = (
    Motif(
        "contexts", ("context-dataset",), probes.pictured_rows,
        lambda words: {"words": FEW, "block_size": BLOCK_SIZE}, contexts,
    ),
    Motif(
        "loss", (*FITTING, "train-mlp-lm"), probes.pictured_training,
        lambda words: {
            "words": sample(words), "unseen": words[4::32], "sizes": LECTURES, "seed": SEED, "steps": STEPS,
            "batch_size": BATCH, "lr": RATE,
        }, loss,
    ),
    Motif(
        "rates", (*FITTING, "candidate-rates", "pick-rate", "rate-sweep"), probes.pictured_sweep,
        lambda words: {
            "words": sample(words), "sizes": LECTURES, "seed": SEED, "low": -3, "high": 0, "count": STEPS,
            "batch_size": BATCH,
        }, rates,
    ),
    Motif(
        "embedding", (*FITTING, "train-mlp-lm"), probes.pictured_embedding,
        lambda words: {
            "words": sample(words), "sizes": SMALL, "seed": SEED, "steps": LONG, "batch_size": LARGER, "lr": FASTER,
        }, embedding,
    ),
)  # fmt: skip
