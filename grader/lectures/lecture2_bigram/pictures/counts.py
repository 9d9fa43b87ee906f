"""The picture of lecture 2's table of counts."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture2_bigram import pictures as probes
from grader.inside.probes.lecture2_bigram.pictures import SYMBOLS
from grader.lectures.lecture2_bigram.pictures.shared import SIZE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Facts = tuple[tuple[str, str, str], ...]


def pair(place: int) -> str:
    """Two characters from their place in the table."""
    return SYMBOLS[place // SIZE] + SYMBOLS[place % SIZE]


def many(number: float) -> str:
    """A count as one writes it; what is no number says so."""
    return f"{number:,.0f}" if np.isfinite(number) else "no number"


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


def of_counts(words: list[str]) -> dict[str, Any]:
    return {"words": words}


MOTIFS = (Motif("counts", ("bigrams", "count-bigrams"), probes.pictured_counts, of_counts, counts),)
