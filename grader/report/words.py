"""The word and the colour of each verdict, and how a text is painted; light, for what has to answer at once."""

from collections.abc import Callable

from grader.judging.findings import BLOCKED, ERRORED, FAILED, FAULT, PASSED, TODO

WORDS = {PASSED: "PASS", FAILED: "FAIL", TODO: "TODO", ERRORED: "ERROR", BLOCKED: "BLOCKED", FAULT: "FAULT"}
COLOURS = {
    PASSED: "green",
    FAILED: "red",
    TODO: "yellow",
    ERRORED: "red",
    BLOCKED: "yellow",
    FAULT: "magenta",
}

Paint = Callable[[str, str], str]


def plain(text: str, colour: str) -> str:
    """No colour at all."""
    return text
