"""The picture of how a text becomes shorter, merge by merge."""

from grader.desk.pictures import Picture, View, canvas
from grader.lectures.lecture8_tokenizer.pictures.text import MERGES, TEXT


def lengths(view: View) -> Picture:
    """The number of ids after each merge."""
    yours, expected = view.both(lambda side: canvas.numbers(side["lengths"]))
    same, size = canvas.agree(yours, expected, 0), len(TEXT.encode())
    title = (
        f"Of {size} bytes {MERGES} merges leave {yours[-1]:.0f} ids; the first merges save the most"
        if same
        else f"Your text has {yours[-1]:.0f} ids after {MERGES} merges, expected {expected[-1]:.0f}"
    )
    figure = canvas.sheet(9.5, 5.0, title, _used())
    axes = figure.subplots()
    canvas.both(axes, canvas.numbers(range(MERGES + 1)), yours, expected, same)
    canvas.level(axes, size, f"bytes: {size}")
    axes.set_ylim(0, size * 1.12)
    axes.set_xlabel("merges")
    axes.set_ylabel("ids of the text")
    half = [int((side > side[0] / 2).sum()) for side in (yours, expected)]
    text = (
        f"A falling curve of {MERGES + 1} points: {yours[0]:.0f} ids without a merge, {yours[-1]:.0f} after {MERGES}, "
        f"expected {expected[-1]:.0f}. It falls steeply at first, and then ever less."
    )
    facts = (
        ("ids without a merge", f"{yours[0]:.0f}", f"{expected[0]:.0f}"),
        (f"ids after {MERGES} merges", f"{yours[-1]:.0f}", f"{expected[-1]:.0f}"),
        ("merges until half of it is left", str(half[0]), str(half[1])),
    )
    return Picture(view.name, title, text, facts, figure)


def _used() -> str:
    return (
        f"Your RegexTokenizer after {MERGES} merges on the text of the tokens, which is then encoded with the "
        "first merges alone: none, one, two, ..."
    )
