"""The picture of lecture 3's window: the contexts of a few names."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Motif, Picture, View, canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture3_mlp import pictures as probes
from grader.inside.probes.lecture3_mlp.shared import SYMBOLS, symbol_of
from grader.lectures.lecture3_mlp.pictures.shared import BLOCK_SIZE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FEW = ["emma", "ava", "zoe"]
SHADES = ("#e3edf7", "#a9c7e4", "#4f83b8")  # oldest, middle, newest symbol of a context
Facts = tuple[tuple[str, str, str], ...]


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


def of_names(words: list[str]) -> dict[str, Any]:
    return {"words": FEW, "block_size": BLOCK_SIZE}


MOTIFS = (Motif("contexts", ("context-dataset",), probes.pictured_rows, of_names, contexts),)
