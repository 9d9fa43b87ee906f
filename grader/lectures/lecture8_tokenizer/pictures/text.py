"""The picture of a text in its tokens: a line of signs on colours that take turns, token by token."""

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.desk.pictures import Picture, View, canvas
from grader.desk.pictures.strips import Strip

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TEXT = (
    "The cat sat on the mat, and the other cat sat on the other mat. "
    "That cat, the fat cat, thought: this is my mat, that is the other cat's. "
    "Then the café closed, and the cats went to the other café."
)
MERGES = 24  # two more and no pair would be left that occurs twice; so the é is in two tokens still
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
        else f"Your text is {counts[0]} tokens, expected {counts[1]}, and ends of tokens lie elsewhere: see the frames"
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
    return Picture(view.name, title, text, facts, figure, _strips(yours, expected, same))


def _strips(yours: canvas.Numbers, expected: canvas.Numbers, same: bool) -> tuple[Strip, ...]:
    """The text in your tokens, and, where they are others, in those that are expected."""
    mine = Strip("The text in your tokens", pieces(yours))
    return (mine,) if same else (mine, Strip("and in those that are expected", pieces(expected)))


def used() -> str:
    return (
        f"Your RegexTokenizer, trained on this text for {MERGES} merges; the text is then encoded. A dot is a space; "
        "a letter on two colours lies in two tokens. Orange frames: a token begins or ends elsewhere than expected."
    )


def pieces(owners: canvas.Numbers) -> tuple[bytes, ...]:
    """The bytes of each token; one of which no number is known is a piece of its own."""
    data = TEXT.encode()
    cuts = [i for i in range(1, len(data)) if owners[i] != owners[i - 1]]
    return tuple(data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True))


def first(owners: canvas.Numbers, count: int = 6) -> list[str]:
    """The first tokens as text."""
    return [piece.decode(errors="replace") for piece in pieces(owners)[:count]]


def _signs(axes: "Axes", yours: canvas.Numbers, expected: canvas.Numbers) -> None:
    from matplotlib.patches import Rectangle

    byte = 0
    for place, sign in enumerate(TEXT):
        x, y = place % COLUMNS, -(place // COLUMNS)
        here = slice(byte, byte + len(sign.encode()))
        byte = here.stop
        for share, owner in enumerate(yours[here]):  # a letter of several bytes may lie in several tokens
            left, part = x + share / len(sign.encode()), 1 / len(sign.encode())
            axes.add_patch(Rectangle((left, y), part, 0.8, color=_colour(owner), linewidth=0))
        axes.text(x + 0.5, y + 0.4, SHOWN.get(sign, sign), ha="center", va="center", fontsize=11, color=canvas.INK)
        if _borders(yours, here) != _borders(expected, here):
            axes.add_patch(Rectangle((x, y), 1, 0.8, fill=False, edgecolor=canvas.EXPECTED, linewidth=1.6, zorder=3))
    axes.set_xlim(0, COLUMNS)
    axes.set_ylim(-((len(TEXT) - 1) // COLUMNS) - 0.2, 1)
    axes.set_axis_off()


def _colour(owner: float) -> str:
    return COLOURS[int(owner) % len(COLOURS)] if np.isfinite(owner) else canvas.NO_NUMBER


def _borders(owners: canvas.Numbers, here: slice) -> tuple[bool, ...]:
    """Before, between and behind these bytes: whether a token ends there, and another begins."""
    ends = (0, len(owners))
    return tuple(bool(i in ends or owners[i] != owners[i - 1]) for i in range(here.start, here.stop + 1))
