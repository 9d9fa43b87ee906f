"""The picture of how one token was built: its bytes below, and above them merge upon merge, each of two older ones."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.desk.pictures import Picture, View, canvas
from grader.lectures.lecture8_tokenizer.pictures.text import MERGES, SHOWN, TEXT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FIRST = 256
LONGEST = 16  # bytes of a token that is drawn at most
Pairs = list[tuple[int, int]]


@dataclass(frozen=True)
class Node:
    """A token in the tree: its id, its bytes, where it stands, and the two that it was made of."""

    idx: int
    data: bytes
    x: float
    y: float
    parts: tuple["Node", ...]


def tree(view: View) -> Picture:
    """The longest token, taken apart down to its bytes."""
    yours, expected = (_pairs(side["pairs"]) for side in (view.yours, view.expected))
    tops = [_top(pairs) for pairs in (yours, expected)]
    root, wanted = (_grown(pairs, top, 0) for pairs, top in zip((yours, expected), tops, strict=True))
    same = yours == expected
    title = (
        f"The token '{_spelled(root.data)}' took {_merges(root)} merges, each of two older ones"
        if same
        else f"Your merges are not those that are expected, from number {_differs(yours, expected)} on"
    )
    figure = canvas.sheet(9.5, 5.2, title, _used())
    _drawn(figure.subplots(), root)
    text = (
        f"A tree. On top the token {root.idx}, {_typed(root.data)}, the longest that your training made; below it the "
        f"two that each was merged from, down to single bytes. On top is expected {wanted.idx}, {_typed(wanted.data)}."
    )
    facts = (
        ("longest token", _spelled(root.data), _spelled(wanted.data)),
        ("its id", str(root.idx), str(wanted.idx)),
        ("merges in it", str(_merges(root)), str(_merges(wanted))),
    )
    return Picture(view.name, title, text, facts, figure)


def _used() -> str:
    return (
        f"Your RegexTokenizer after {MERGES} merges on the text of the picture of tokens. Under each token its id: the "
        "smaller, the earlier it was learned. Below 256 an id is a byte."
    )


def _pairs(found: Any) -> Pairs:
    """The merges that could be meant: each of two ids that were there by then."""
    pairs: Pairs = []
    for a, b in found:
        if not (0 <= a < FIRST + len(pairs) and 0 <= b < FIRST + len(pairs)):
            break
        pairs.append((int(a), int(b)))
    return pairs


def _top(pairs: Pairs) -> int:
    """The longest token that can be drawn; of equals the first."""
    sizes = dict.fromkeys(range(FIRST), 1)
    for idx, (a, b) in enumerate(pairs, FIRST):
        sizes[idx] = sizes[a] + sizes[b]
    small = [idx for idx in sizes if sizes[idx] <= LONGEST]
    return max(small, key=lambda idx: (sizes[idx], -idx))


def _grown(pairs: Pairs, idx: int, left: int) -> Node:
    """A token and all below it; `left` is the place of its first byte."""
    if idx < FIRST:
        return Node(idx, bytes([idx]), left, 0, ())
    one = _grown(pairs, pairs[idx - FIRST][0], left)
    other = _grown(pairs, pairs[idx - FIRST][1], left + len(one.data))
    return Node(idx, one.data + other.data, (one.x + other.x) / 2, max(one.y, other.y) + 1, (one, other))


def _spelled(data: bytes) -> str:
    """A token in letters of the text, a space as a dot; one with other letters in it, or half of one, as bytes."""
    text = data.decode(errors="replace")
    return "".join(SHOWN.get(sign, sign) for sign in text) if set(text) <= set(TEXT) else data.hex(" ")


def _typed(data: bytes) -> str:
    """A token as it is typed in Python, in quotation marks."""
    return repr(data).removeprefix("b")


def _merges(node: Node) -> int:
    return len(node.data) - 1


def _differs(yours: Pairs, expected: Pairs) -> int:
    """Which merge is the first that is not the same, counted from 1."""
    pairs = zip(yours, expected, strict=False)
    return next((i for i, (a, b) in enumerate(pairs, 1) if a != b), min(len(yours), len(expected)) + 1)


def _drawn(axes: "Axes", root: Node) -> None:
    _branches(axes, root)
    axes.set_xlim(-0.7, len(root.data) - 0.3)
    axes.set_ylim(-0.6, root.y + 0.6)
    axes.set_axis_off()


def _branches(axes: "Axes", node: Node) -> None:
    for part in node.parts:
        axes.plot([node.x, part.x], [node.y, part.y], color=canvas.RAW, linewidth=1.6, zorder=1)
        _branches(axes, part)
    box = {"facecolor": "#ffffff", "edgecolor": canvas.SOFT, "boxstyle": "round,pad=0.35"}
    axes.text(
        node.x,
        node.y,
        f"{_spelled(node.data)}\n{node.idx}",
        ha="center",
        va="center",
        fontsize=9,
        color=canvas.INK,
        bbox=box,
    )
