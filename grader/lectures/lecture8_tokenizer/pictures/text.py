"""The picture of a text in its tokens: a line of signs on colours that take turns, token by token."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Picture, View, canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TEXT = (
    "The cat sat on the mat, and the other cat sat on the other mat. "
    "That cat, the fat cat, thought: this is my mat, that is the other cat's. "
    "Then the café closed, and the cats went to the other café."
)
MERGES = 60
COLUMNS = 48  # signs in a line
COLOURS = ("#bcd7f5", "#f7d9a8", "#c9e8c2", "#f3c3c9", "#ddd0f0")
SHOWN = {" ": "·"}


def inputs(words: list[str]) -> dict[str, Any]:
    return {"text": TEXT, "merges": MERGES}


def tokens(view: View) -> Picture:
    """Each sign on the colour of its token; framed where the tokens are not those that are expected."""
    yours, expected = view.both(lambda side: canvas.numbers(side["owners"]))
    same = canvas.agree(yours, expected, 0)
    counts = [int(np.nan_to_num(side[-1])) + 1 for side in (yours, expected)]
    size = len(TEXT.encode())
    title = (
        f"After {MERGES} merges, {size} bytes are {counts[0]} tokens, and no token goes across the end of a word"
        if same
        else f"Your text is {counts[0]} tokens, expected {counts[1]}: see the frames"
    )
    figure = canvas.sheet(12, 3.6, title, used())
    _signs(figure.subplots(), yours, expected)
    text = (
        f"A text of {size} bytes on colours that take turns, token by token: {counts[0]} tokens, expected {counts[1]}. "
        f"The first ones are {', '.join(repr(one) for one in first(yours))}."
    )
    facts = (
        ("tokens", str(counts[0]), str(counts[1])),
        ("bytes per token", f"{size / counts[0]:.2f}", f"{size / counts[1]:.2f}"),
    )
    return Picture(view.name, title, text, facts, figure)


def used() -> str:
    return (
        f"Your RegexTokenizer, trained on this text for {MERGES} merges; the text is then encoded. A dot is a space. "
        "Orange frames: the token begins or ends elsewhere than is expected."
    )


def first(owners: canvas.Numbers, count: int = 6) -> list[str]:
    """The first tokens as text."""
    data, found = TEXT.encode(), list[str]()
    for owner in np.unique(owners[np.isfinite(owners)])[:count]:
        found.append(bytes(data[i] for i in np.nonzero(owners == owner)[0]).decode(errors="replace"))
    return found


def _signs(axes: "Axes", yours: canvas.Numbers, expected: canvas.Numbers) -> None:
    from matplotlib.patches import Rectangle

    byte = 0
    for place, sign in enumerate(TEXT):
        x, y = place % COLUMNS, -(place // COLUMNS)
        here = slice(byte, byte + len(sign.encode()))
        byte = here.stop
        axes.add_patch(Rectangle((x, y), 1, 0.8, color=_colour(yours[here.start]), linewidth=0))
        axes.text(x + 0.5, y + 0.4, SHOWN.get(sign, sign), ha="center", va="center", fontsize=11, color=canvas.INK)
        if _borders(yours, here) != _borders(expected, here):
            axes.add_patch(Rectangle((x, y), 1, 0.8, fill=False, edgecolor=canvas.EXPECTED, linewidth=1.6, zorder=3))
    axes.set_xlim(0, COLUMNS)
    axes.set_ylim(-((len(TEXT) - 1) // COLUMNS) - 0.2, 1)
    axes.set_axis_off()


def _colour(owner: float) -> str:
    return COLOURS[int(owner) % len(COLOURS)] if np.isfinite(owner) else canvas.NO_NUMBER


def _borders(owners: canvas.Numbers, here: slice) -> tuple[bool, bool]:
    """Whether a token begins with these bytes, and whether one ends with them."""
    starts = here.start == 0 or owners[here.start] != owners[here.start - 1]
    ends = here.stop >= len(owners) or owners[here.stop - 1] != owners[here.stop]
    return bool(starts), bool(ends)
