"""A module as lines that can be compared: names, numbers' spelling and layout do not count, comments do."""

import io
import keyword
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from grader.course import Lecture, reference_sources
from grader.course.safe_text import clean
from grader.course.stubs import stubs_of

LAYOUT = (tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER, tokenize.ENCODING)
LEAST_TOKENS = 6  # a shorter line, such as return out, is everybody's


@dataclass(frozen=True)
class Line:
    """A statement's line as it was written, and what it is compared by."""

    key: str
    text: str


def lines_of(files: Mapping[str, str]) -> list[Line]:
    """The lines of all modules, in the order of their names."""
    return [line for _, text in sorted(files.items()) for line in _lines(text)]


@cache
def of_the_course(lecture: Lecture) -> frozenset[str]:
    """What the stubs and the reference consist of."""
    given = [*stubs_of(lecture).values(), *reference_sources(lecture).values()]
    return frozenset(line.key for text in given for line in _lines(text))


def _lines(text: str) -> Iterator[Line]:
    """What can be read of a module; what is no Python ends it."""
    found: list[tokenize.TokenInfo] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                yield from _comment(token)
            elif token.type == tokenize.NEWLINE:
                yield from _statement(found)
                found = []
            elif token.type not in LAYOUT:
                found.append(token)
    except (tokenize.TokenError, SyntaxError):
        return


def _comment(token: tokenize.TokenInfo) -> Iterator[Line]:
    words = " ".join(token.string.lower().split())
    if len(words) > 10:
        yield Line(words, clean(token.string, 120))


def _statement(tokens: list[tokenize.TokenInfo]) -> Iterator[Line]:
    key = " ".join(map(_shape, tokens))
    if len(tokens) >= LEAST_TOKENS:
        yield Line(key, clean(tokens[0].line.strip(), 120))


def _shape(token: tokenize.TokenInfo) -> str:
    """Names are one thing, and texts another; numbers and signs are what they are."""
    if token.type == tokenize.NAME:
        return token.string if keyword.iskeyword(token.string) else "n"
    return "s" if token.type == tokenize.STRING else token.string
