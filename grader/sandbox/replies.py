"""What a worker is asked and replies: every part of that may be hostile; and how one that is lost has ended."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from grader.course.safe_text import clean
from grader.inside import plain
from grader.inside.probe import Probe
from grader.sandbox.familiar import FAMILIAR
from grader.sandbox.foreseen import Foreseen
from grader.sandbox.observation import NOT_PLAIN, RAISED, RETURNED, TODO, Frame, Observation

GAP = re.compile(r" {3,}")  # as before a remark that stands in a column
MOST_FRAMES = 5
BAD = (plain.NotPlain, TypeError, KeyError, ValueError)  # what comes of reading one that is not in the agreed form


class Reading:
    """Reads what is said of a submission's files. Of a line that is named, the text is that which was handed in."""

    def __init__(self, lecture: str, files: dict[str, str]) -> None:
        self.lecture = lecture
        self.files = files

    def read(self, probe: Probe, id: int, head: bytes, body: bytes) -> Observation:
        """The answer to the question with this id. Raises one of BAD if it is none."""
        if head == returned(id):
            # whoever draws conclusions from raw values gets values of his own
            return Observation(RETURNED, plain.decode(body) if probe.conclude else FAMILIAR.read(body))
        reply = plain.decode(head)
        if reply["id"] != id or reply["kind"] not in (RETURNED, RAISED, TODO, NOT_PLAIN):
            raise ValueError("not the answer to the question")
        if reply["kind"] == RETURNED:
            return Observation(RETURNED, plain.decode(body))
        frames = tuple(self.frame(file, line, name) for file, line, name, _ in reply.get("frames", ())[:MOST_FRAMES])
        type, text = clean(str(reply.get("type", "")), 100), clean(str(reply["text"]))
        return Observation(reply["kind"], type=type, text=text, frames=frames)

    def running(self, lines: Iterable[tuple[str, int, str]]) -> tuple[Frame, ...]:
        """Of the lines that were running those in the student's files: the innermost ones and the outermost."""
        own = [line for line in lines if line[0].startswith(self.lecture + "/")]
        return tuple(self.frame(*line) for line in [*own[:3], *own[3:][-2:]])

    def frame(self, file: Any, line: Any, function: Any) -> Frame:
        """A frame as the worker tells it, with the line's text from the file that was handed in."""
        lines = self.files.get(str(file).rpartition("/")[2], "").splitlines()
        number = line if type(line) is int and 0 < line <= len(lines) else 0
        text = lines[number - 1] if number else ""
        source = "" if "\0" in text else clean(GAP.sub("  ", text.strip()), 120)
        return Frame(clean(str(file), 100), number, clean(str(function), 60), source)


def question(id: int, probe: str, following: int = 0) -> bytes:
    """What a worker is asked, as `plain` writes it: this, and the inputs; and so many others that come with it."""
    more = b', ["following", %d]' % following if following else b""
    return b'{"d": [["id", %d], ["probe", "%b"]%b]}' % (id, probe.encode(), more)


def questions(first: int, all: Sequence[Foreseen]) -> Iterator[bytes]:
    """Several that travel together, numbered from the first one."""
    for place, (probe, inputs, _) in enumerate(all):
        yield question(first + place, probe.name, following=0 if place else len(all) - 1)
        yield inputs.encoded


def returned(id: int) -> bytes:
    """What a worker says of a measurement that has returned, as `plain` writes it: nearly all of them say just that."""
    return b'{"d": [["kind", "returned"], ["id", %d]]}' % id


def printed(text: str, more: int) -> str:
    """What was printed, made safe, and cut with a visible count."""
    shown = clean(text, 2000, keep_newlines=True)
    return f"{shown} ... ({more:,} more bytes)" if more else shown


def ending(why: str, killer: str, status: int) -> str:
    """How a worker ended that gave no answer: by this signal, or else with this exit status."""
    if why == "full":
        return "stopped, because it put too many or too large files into its folder"
    if why == "noise":
        return "the answer of the process cannot be read (does your code write to file descriptors?)"
    if killer:
        return f"the process was killed by {killer}"
    return f"the process left with exit status {status} in the middle of the check"
