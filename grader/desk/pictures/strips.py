"""A text in pieces, such as tokens: spans on the page, lines of a terminal, with colours that take turns or without.

Without colours a bar stands behind each piece but the last. What cannot be seen is escaped, whoever wrote it.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from grader.course.safe_text import clean

BAR, INDENT = "|", "  "
COLOURS = (153, 223, 194, 218, 189)  # of the 256 of a terminal: light ones, for black letters

Paint = Callable[[str, int], str]  # letters on one of these


@dataclass(frozen=True)
class Strip:
    """One text: whose it is, and the bytes of its pieces, one behind the other."""

    label: str
    pieces: tuple[bytes, ...]

    @property
    def seen(self) -> list[str]:
        """Each piece as it can be read."""
        return [seen(piece) for piece in self.pieces]


def seen(piece: bytes) -> str:
    """A piece in letters: a byte that is no whole character as \\xc3, and so whatever would steer a terminal."""
    return "".join(map(_letter, piece.decode("utf-8", "surrogateescape")))


def _letter(sign: str) -> str:
    if "\udc80" <= sign <= "\udcff":  # a byte that is no UTF-8
        return f"\\x{ord(sign) - 0xDC00:02x}"
    return "\\\\" if sign == "\\" else clean(sign)


def lines(strip: Strip, width: int, paint: Paint | None) -> list[str]:
    """The lines of a terminal that is so wide: whose text it is, and below it the pieces."""
    made, left = [f"{strip.label}:"], 0
    for text, colour in _parts(strip, width - len(INDENT), barred=paint is None):
        if columns(text) > left:
            made.append(INDENT)
            left = width - len(INDENT)
        made[-1] += paint(text, colour) if paint else text
        left -= columns(text)
    return made


def _parts(strip: Strip, width: int, barred: bool) -> Iterator[tuple[str, int]]:
    """Each piece with its colour; one that is wider than a line in several parts."""
    for place, text in enumerate(strip.seen):
        last = place == len(strip.pieces) - 1
        rest = text.replace(BAR, f"\\{BAR}") + BAR * (not last) if barred else text
        while rest:
            part = _fitting(rest, width)
            yield part, COLOURS[place % len(COLOURS)]
            rest = rest[len(part) :]


def _fitting(text: str, width: int) -> str:
    """As much of the text as one line takes."""
    end = len(text)
    while columns(text[:end]) > width:
        end -= 1
    return text[:end]


def columns(text: str) -> int:
    """How wide a text is on a terminal: letters of China, Japan and Korea take two columns, added accents none."""
    return sum(0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)
