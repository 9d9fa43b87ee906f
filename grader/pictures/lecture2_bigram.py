"""The pictures of lecture 2: the table of counts, the loss of the net, its weights beside the log counts, names."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.pictures import Motif, Picture, View, canvas
from grader.pictures.canvas import Numbers
from grader.probes.lecture2_bigram import pictures as probes
from grader.probes.lecture2_bigram.pictures import SYMBOLS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE = len(SYMBOLS)
EVERY, STEPS, RATE = 16, 100, 50.0
COUNT, SEED, LONGEST = 8, 2147483647, 24


def counted(words: list[str]) -> Numbers:
    """The table of counts by a count of our own."""
    table = np.zeros((SIZE, SIZE))
    for word in words:
        line = [0, *map(SYMBOLS.index, word), 0]
        np.add.at(table, (line[:-1], line[1:]), 1)
    return table


def shown(index: int) -> str:
    """A pair of characters from its place in the table."""
    return SYMBOLS[index // SIZE] + SYMBOLS[index % SIZE]


def many(number: float) -> str:
    """A count as one writes it; what is no number says so."""
    return f"{number:,.0f}" if np.isfinite(number) else "no number"


# ---- the table of counts


def counts(view: View) -> Picture:
    """The table of counts with every pair and its number; where yours differs, the expected one beside it."""
    yours, expected = canvas.numbers(view.yours["N"]), canvas.numbers(view.expected["N"])
    wrong = yours != expected
    tables = [("yours", yours), ("expected", expected)] if wrong.any() else [("your counts", yours)]
    title = _finding_of_counts(yours, int(wrong.sum()))
    used = (
        f"Counted on {len(view.inputs['words']):,} names ({view.listed}). White is zero; the darker, the more often "
        "(by square roots). At the right: the total of each row."
        + (" Outlined: where yours is not what is expected." if wrong.any() else "")
    )
    figure = canvas.sheet(14.5 * len(tables), 15, title, used)
    largest = float(np.nanmax(expected))
    for axes, (name, table) in zip(figure.subplots(1, len(tables), squeeze=False)[0], tables, strict=True):
        _table_of_counts(axes, table, wrong, largest, name)
    return Picture(view.name, title, _counts_in_words(yours, expected), _facts_of_counts(yours, expected), figure)


def _table_of_counts(axes: "Axes", table: Numbers, wrong: Any, largest: float, name: str) -> None:
    colours, scale = canvas.white_to_dark(), canvas.root_scale(largest)
    axes.imshow(table, cmap=colours, norm=scale)
    for row, column in np.ndindex(table.shape):
        number = table[row, column]
        ink = canvas.ink_on(colours(scale(number))) if np.isfinite(number) else canvas.INK
        text = f"{shown(row * SIZE + column)}\n{f'{number:.0f}' if np.isfinite(number) else '?'}"
        axes.text(column, row, text, ha="center", va="center", fontsize=8.5, color=ink, in_layout=False)
    for row, total in enumerate(np.nansum(table, axis=1)):
        axes.text(SIZE - 0.2, row, f"{total:,.0f}", va="center", fontsize=9, color=canvas.SOFT)
    canvas.outline(axes, wrong)
    canvas.letters(axes, SYMBOLS, 11, "what follows", "first character")
    axes.set_title(name)


def _finding_of_counts(yours: Numbers, wrong: int) -> str:
    if wrong:
        return f"Your table of counts differs from what is expected in {wrong} of {SIZE * SIZE} places"
    pair = int(np.argmax(yours))
    ends = " ('.' is the end of a name)" if shown(pair)[1] == "." else ""
    return f"The most frequent pair is '{shown(pair)}'{ends}, {many(yours.max())} of {many(yours.sum())}"


def _counts_in_words(yours: Numbers, expected: Numbers) -> str:
    places = np.flatnonzero(yours != expected)
    text = (
        f"Heat map of {SIZE} by {SIZE} counts, a row for each first character, a column for each that follows: "
        f"{many(np.nansum(yours))} pairs, {int((yours == 0).sum())} places are zero and white."
    )
    if not places.size:
        return f"{text} All places are as expected."
    first = int(places[0])
    return (
        f"{text} {places.size} places are not as expected; the first is {shown(first)}: "
        f"yours {many(yours.flat[first])}, expected {many(expected.flat[first])}."
    )


def _facts_of_counts(yours: Numbers, expected: Numbers) -> tuple[tuple[str, str, str], ...]:
    pairs = [int(place) for place in np.argsort(-expected, axis=None, kind="stable")[:3]]
    return (
        ("pairs in all", many(np.nansum(yours)), many(expected.sum())),
        *((f"'{shown(pair)}'", many(yours.flat[pair]), many(expected.flat[pair])) for pair in pairs),
        ("places that are zero", str(int((yours == 0).sum())), str(int((expected == 0).sum()))),
    )


# ---- the loss of the net


def loss(view: View) -> Picture:
    """The loss of every step, with what knowing nothing costs and what counting gives."""
    yours, expected = canvas.numbers(view.yours["losses"]), canvas.numbers(view.expected["losses"])
    table = counted(view.inputs["words"])
    shares = table / table.sum(1, keepdims=True)
    floor = float(-(table[table > 0] * np.log(shares[table > 0])).sum() / table.sum())
    same = canvas.agree(yours, expected, 1e-3)
    title = (
        f"In {len(yours)} steps the net comes to {yours[-1]:.3f}; counting gives {floor:.3f} at once"
        if same
        else f"Your loss ends at {yours[-1]:.3f}, expected {expected[-1]:.3f}"
    )
    figure = canvas.sheet(9, 5.4, title, _trained_on(view))
    axes = figure.subplots()
    canvas.both(axes, np.arange(len(yours)), yours, expected, same)
    canvas.level(axes, float(np.log(SIZE)), f"knows nothing: log {SIZE} = {np.log(SIZE):.3f}")
    canvas.level(axes, floor, f"the table of counts: {floor:.3f}", above=False)
    axes.set_xlabel("step")
    axes.set_ylabel("loss (nats per character)")
    axes.set_ylim(*canvas.limits(yours, expected, np.array([floor, np.log(SIZE)]), margin=0.1))
    text = (
        f"Curve of the loss over {len(yours)} steps: from {yours[0]:.3f} down to {yours[-1]:.3f} nats; "
        f"expected {expected[-1]:.3f}. The table of counts reaches {floor:.3f}, knowing nothing costs {np.log(SIZE):.3f}."
    )
    facts = (
        ("loss at the start", f"{yours[0]:.3f}", f"{expected[0]:.3f}"),
        ("loss at the end", f"{yours[-1]:.3f}", f"{expected[-1]:.3f}"),
    )
    return Picture(view.name, title, text, facts, figure)


def _trained_on(view: View) -> str:
    return (
        f"{STEPS} steps of your train with learning rate {RATE:g} from zero weights, on the pairs of every {EVERY}th "
        f"name, {len(view.inputs['words']):,} in all ({view.listed})."
    )


# ---- the weights beside the logarithms of the counts


def weights(view: View) -> Picture:
    """W beside the logarithms of the counts, each row moved to mean 0, and the one plotted against the other."""
    yours, expected = (_centred(canvas.numbers(side["W"])) for side in (view.yours, view.expected))
    table = counted(view.inputs["words"])
    logs = _centred(np.log(table + 1))
    r, should = (canvas.correlation(W[table > 0], logs[table > 0]) for W in (yours, expected))
    same = canvas.agree(yours, expected, 0.02)
    title = (
        f"The net has found the logarithms of the counts: correlation {r:.2f}"
        if same
        else f"Your weights are not those expected: correlation {r:.2f} with the log counts, expected {should:.2f}"
    )
    used = f"{_trained_on(view)} Rows are moved to mean 0, which changes no probability. Dash in a cell: below 0."
    panels = [("your W", yours), ("log(counts + 1)", logs), *([] if same else [("expected W", expected)])]
    figure = canvas.sheet(6.1 * len(panels) + 5.2, 6.6, title, used)
    grid = figure.subplots(1, len(panels) + 1, width_ratios=[*[6.1] * len(panels), 5.0])
    for axes, (name, table_of) in zip(grid, panels, strict=False):
        _signed_table(axes, table_of, float(np.abs(logs).max()), name)
    figure.colorbar(grid[0].images[0], ax=list(grid[: len(panels)]), shrink=0.7, pad=0.02, label="distance from row's mean")
    _against(grid[-1], logs[table > 0], yours[table > 0], r)
    text = (
        f"Two heat maps of {SIZE} by {SIZE} numbers, your trained W and the logarithms of the counts, and W plotted "
        f"against them for the {int((table > 0).sum())} pairs that occur: correlation {r:.3f}, expected {should:.3f}."
    )
    facts = (("correlation with the log counts", f"{r:.3f}", f"{should:.3f}"),)
    return Picture(view.name, title, text, facts, figure)


def _centred(table: Numbers) -> Numbers:
    """Every row moved so that its mean is 0."""
    return table - np.array([[canvas.mean(row)] for row in table])


def _signed_table(axes: "Axes", table: Numbers, largest: float, name: str) -> None:
    axes.imshow(table, cmap=canvas.below_and_above(), norm=canvas.signed_scale(largest))
    rows, columns = np.nonzero(table < -0.05)
    axes.scatter(columns, rows, marker="_", s=14, linewidths=0.8, color=canvas.INK)
    canvas.letters(axes, SYMBOLS, 9, "what follows", "first character")
    axes.set_title(name)


def _against(axes: "Axes", logs: Numbers, W: Numbers, r: float) -> None:
    axes.scatter(logs, W, s=10, color=canvas.YOURS, alpha=0.5, linewidths=0)
    ends = canvas.limits(logs)
    axes.plot(ends, ends, color=canvas.EXPECTED, linestyle="--", linewidth=1.2)
    canvas.note(axes, 0.05, 0.95, f"correlation {r:.2f}\ndashed: equal", transform=axes.transAxes, va="top")
    axes.set_xlim(*ends)
    axes.set_ylim(*ends)
    axes.set_aspect("equal")
    axes.set_xlabel("log(counts + 1), from the row's mean")
    axes.set_ylabel("your W, from the row's mean")
    axes.set_title("pairs that occur")


# ---- names


def names(view: View) -> Picture:
    """A few names drawn from a table, every character on the share that it had after the one before it."""
    table = counted(view.inputs["words"]) + 1
    shares = table / table.sum(1, keepdims=True)
    sides = [("your sample_names", view.yours["names"]), ("expected", view.expected["names"])]
    right = sum(mine == theirs for mine, theirs in zip(sides[0][1], sides[1][1], strict=True))
    title = (
        "Each character fits the one before it, and yet hardly one of these is a name"
        if right == COUNT
        else f"{COUNT - right} of your {COUNT} names are not the ones that this generator gives"
    )
    used = (
        f"Drawn from the counts of {len(view.inputs['words']):,} names ({view.listed}), each one higher, with the seed "
        f"{view.inputs['seed']}. The darker, the more likely after the character before it; '?' is no character of the table."
    )
    width = max(min(len(name), LONGEST) for _, found in sides for name in found) + 1
    figure = canvas.sheet(0.62 * width + 1, 0.31 * COUNT + 1.5, title, used)
    for axes, (name, found) in zip(figure.subplots(1, 2), sides, strict=True):
        _spelled(axes, found, shares, name)
        axes.set_xlim(-0.6, width - 0.4)
    text = f"Names that your table gives: {', '.join(map(_plain, sides[0][1]))}. As expected: {right} of {COUNT}."
    facts = tuple((f"name {i + 1}", _plain(a), _plain(b)) for i, (a, b) in enumerate(zip(sides[0][1], sides[1][1], strict=True)))
    return Picture(view.name, title, text, facts, figure)


def _plain(name: str) -> str:
    """A name with what is no character of the table as '?'."""
    return "".join(c if c in SYMBOLS else "?" for c in name) or "(empty)"


def _spelled(axes: "Axes", found: list[str], shares: Numbers, title: str) -> None:
    colours, scale = canvas.white_to_dark(), canvas.root_scale(0.5)
    for row, name in enumerate(found):
        before = 0
        for column, symbol in enumerate(f"{name[:LONGEST]}."):
            after = SYMBOLS.find(symbol)
            share = shares[before, after] if min(before, after) >= 0 else 0.0
            canvas.cell(axes, column, row, symbol if after >= 0 else "?", colours(scale(share)))
            before = after
    axes.set_ylim(COUNT - 0.4, -0.6)
    axes.set_aspect("equal")
    axes.axis("off")
    axes.set_title(title)


def sample(words: list[str]) -> list[str]:
    """Names from all over the list, few enough to train on in a second."""
    return words[::EVERY]


MOTIFS = (
    Motif("counts", ("bigrams", "count-bigrams"), probes.pictured_counts, lambda words: {"words": words}, counts),
    Motif(
        "names", ("sample-names",), probes.pictured_names,
        lambda words: {"words": sample(words), "count": COUNT, "seed": SEED}, names,
    ),
    Motif(
        "loss", ("one-hot", "net-probabilities", "net-loss", "train-net"), probes.pictured_net,
        lambda words: {"words": sample(words), "steps": STEPS, "lr": RATE}, loss,
    ),
    Motif(
        "weights", ("one-hot", "net-probabilities", "net-loss", "train-net"), probes.pictured_net,
        lambda words: {"words": sample(words), "steps": STEPS, "lr": RATE}, weights,
    ),
)  # fmt: skip
