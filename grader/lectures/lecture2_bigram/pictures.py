"""The pictures of lecture 2: the table of counts, names drawn from it, the net's loss, its weights as log counts."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture2_bigram import pictures as probes
from grader.inside.probes.lecture2_bigram.pictures import SYMBOLS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE = len(SYMBOLS)
KNOWS_NOTHING = float(np.log(SIZE))
EVERY = 16  # of so many names one is taken to train on: all would make the pictures wait
STEPS, RATE = 100, 50.0
COUNT, SEED, LONGEST = 8, 2147483647, 24
Facts = tuple[tuple[str, str, str], ...]


def counted(words: list[str]) -> Numbers:
    """The table of counts by a count of our own."""
    table = np.zeros((SIZE, SIZE))
    for word in words:
        line = [0, *map(SYMBOLS.index, word), 0]
        np.add.at(table, (line[:-1], line[1:]), 1)
    return table


def pair(place: int) -> str:
    """Two characters from their place in the table."""
    return SYMBOLS[place // SIZE] + SYMBOLS[place % SIZE]


def many(number: float) -> str:
    """A count as one writes it; what is no number says so."""
    return f"{number:,.0f}" if np.isfinite(number) else "no number"


# ---- the table of counts


def counts(view: View) -> Picture:
    """The table of counts with every pair and its number; where yours differs, the expected one beside it."""
    yours, expected = view.both(lambda side: canvas.numbers(side["N"]))
    wrong = yours != expected
    tables = [("yours", yours), ("expected", expected)] if wrong.any() else [("your counts", yours)]
    title = _finding_of_counts(yours, int(wrong.sum()))
    figure = canvas.sheet(14.5 * len(tables), 15, title, _used_for_counts(view, bool(wrong.any())))
    for axes, (name, table) in zip(figure.subplots(1, len(tables), squeeze=False)[0], tables, strict=True):
        _table_of_counts(axes, table, float(expected.max()))
        canvas.outline(axes, wrong)
        axes.set_title(name)
    return Picture(view.name, title, _counts_in_words(yours, expected), _facts_of_counts(yours, expected), figure)


def _used_for_counts(view: View, wrong: bool) -> str:
    outlined = " Outlined: where yours is not what is expected." if wrong else ""
    return (
        f"Counted on all {len(view.inputs['words']):,} names ({view.listed}). White is zero; the darker, the more "
        f"often (by square roots). At the right: the total of each row.{outlined}"
    )


def _table_of_counts(axes: "Axes", table: Numbers, largest: float) -> None:
    colours, scale = canvas.white_to_dark(), canvas.root_scale(largest)
    axes.imshow(table, cmap=colours, norm=scale)
    for (row, column), number in np.ndenumerate(table):
        there = np.isfinite(number)
        ink = canvas.ink_on(colours(scale(number))) if there else canvas.INK
        text = f"{SYMBOLS[row]}{SYMBOLS[column]}\n{f'{number:.0f}' if there else '?'}"
        axes.text(column, row, text, ha="center", va="center", fontsize=8.5, color=ink, in_layout=False)
    for row, total in enumerate(np.nansum(table, axis=1)):
        axes.text(SIZE - 0.2, row, f"{total:,.0f}", va="center", fontsize=9, color=canvas.SOFT)
    canvas.letters(axes, SYMBOLS, 11, "what follows", "first character")


def _finding_of_counts(yours: Numbers, wrong: int) -> str:
    if wrong:
        return f"Your table of counts differs from what is expected in {wrong} of {SIZE * SIZE} places"
    place = int(np.argmax(yours))
    ends = " ('.' is the end of a name)" if pair(place)[1] == "." else ""
    return f"The most frequent pair is '{pair(place)}'{ends}, {many(yours.max())} of {many(yours.sum())}"


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
        f"{text} {places.size} places are not as expected; the first is {pair(first)}: "
        f"yours {many(yours.flat[first])}, expected {many(expected.flat[first])}."
    )


def _facts_of_counts(yours: Numbers, expected: Numbers) -> Facts:
    largest = [int(place) for place in np.argsort(-expected, axis=None, kind="stable")[:3]]
    return (
        ("pairs in all", many(np.nansum(yours)), many(expected.sum())),
        *((f"'{pair(place)}'", many(yours.flat[place]), many(expected.flat[place])) for place in largest),
        ("places that are zero", str(int((yours == 0).sum())), str(int((expected == 0).sum()))),
    )


# ---- names


def names(view: View) -> Picture:
    """A few names drawn from a table, every character on the share that it had after the one before it."""
    yours, expected = view.both(lambda side: side["names"])
    right = sum(mine == theirs for mine, theirs in zip(yours, expected, strict=True))
    title = (
        "Each character fits the one before it, and yet hardly one of these is a name"
        if right == COUNT
        else f"{COUNT - right} of your {COUNT} names are not the ones that this generator gives"
    )
    width = max(min(len(name), LONGEST) for name in [*yours, *expected]) + 1
    figure = canvas.sheet(0.62 * width + 1, 0.31 * COUNT + 1.5, title, _used_for_names(view))
    sides = (("your sample_names", yours), ("expected", expected))
    for axes, (name, found) in zip(figure.subplots(1, 2), sides, strict=True):
        _spelled(axes, found, _shares(counted(view.inputs["words"]) + 1))
        axes.set_xlim(-0.6, width - 0.4)
        axes.set_title(name)
    text = f"Names that your function draws: {', '.join(map(_plain, yours))}. As expected: {right} of {COUNT}."
    facts = ((_plain(a), _plain(b)) for a, b in zip(yours, expected, strict=True))
    return Picture(view.name, title, text, tuple((f"name {i}", *both) for i, both in enumerate(facts, 1)), figure)


def _used_for_names(view: View) -> str:
    return (
        f"Drawn from the counts of {view.used}, each count one higher, with the seed {SEED}. The darker, the more "
        "likely after the character before it; '?' is no character of the table."
    )


def _shares(table: Numbers) -> Numbers:
    """Each row shared out to 1."""
    return np.asarray(table / table.sum(1, keepdims=True), dtype=np.float64)


def _plain(name: str) -> str:
    """A name with what is no character of the table as '?'."""
    return "".join(c if c in SYMBOLS else "?" for c in name) or "(empty)"


def _spelled(axes: "Axes", found: list[str], shares: Numbers) -> None:
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
    return float(-(table[there] * np.log(_shares(table)[there])).sum() / table.sum())


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


# ---- what is measured for them


def of_counts(words: list[str]) -> dict[str, Any]:
    return {"words": words}


def of_net(words: list[str]) -> dict[str, Any]:
    return {"words": words[::EVERY], "steps": STEPS, "lr": RATE}


def of_names(words: list[str]) -> dict[str, Any]:
    return {"words": words[::EVERY], "count": COUNT, "seed": SEED}


NET = ("one-hot", "net-probabilities", "net-loss", "train-net")
MOTIFS = (
    Motif("counts", ("bigrams", "count-bigrams"), probes.pictured_counts, of_counts, counts),
    Motif("names", ("sample-names",), probes.pictured_names, of_names, names),
    Motif("loss", NET, probes.pictured_net, of_net, loss),
    Motif("weights", NET, probes.pictured_net, of_net, weights),
)
