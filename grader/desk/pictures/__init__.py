"""Pictures of what a student's code computes: measured in the worker, drawn on this side from plain data.

A lecture's `pictures` hold its MOTIFS. matplotlib comes with the extra `pictures`.
"""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from grader.course import Lecture, names
from grader.course.safe_text import clean
from grader.course.stubs import stubs_of
from grader.desk.pictures import printing
from grader.desk.pictures.strips import Strip
from grader.errors import Fault, UsageError
from grader.inside.probe import Probe
from grader.judging import messages
from grader.judging.case import Case
from grader.judging.comparison import Difference, unlike
from grader.judging.sides import our_solution
from grader.judging.subjects import Remembered, Subject
from grader.sandbox import Sandbox
from grader.sandbox.observation import DIED, RETURNED, TIMED_OUT, TODO, Observation
from grader.sandbox.sandboxed import Sandboxed

if TYPE_CHECKING:
    from matplotlib.figure import Figure

EARLY = 0.3  # seconds after which our own side is measured as well
MISSING = "The pictures of a lecture are drawn with matplotlib, which is not installed: pip install matplotlib"


@dataclass(frozen=True)
class Picture:
    """One picture: its finding, the same in words for who does not see it, numbers (what, yours, expected), figure.

    If it shows a text in pieces, that text comes along, for the page and for the terminal.
    """

    name: str
    title: str
    text: str
    facts: tuple[tuple[str, str, str], ...]
    figure: "Figure" = field(compare=False)
    strips: tuple[Strip, ...] = ()

    def png(self) -> bytes:
        return printing.png(self.figure, self.title, self.text)

    def svg(self) -> bytes:
        return printing.svg(self.figure, self.title, self.text)


@dataclass(frozen=True)
class Waiting:
    """A picture that cannot be drawn yet: for which exercises it waits, and what happened if they are written."""

    name: str
    exercises: tuple[str, ...]
    reason: str

    @property
    def text(self) -> str:
        """One sentence with the next command."""
        what = f"waits for {' or '.join(self.exercises)}: grader check {self.exercises[0]}"
        return f"{what}  ({self.reason})" if self.reason else what


@dataclass(frozen=True)
class View:
    """What was measured for one picture, on both sides, and with which inputs."""

    name: str
    yours: Any
    expected: Any
    inputs: dict[str, Any]
    listed: str

    def both(self, read: Callable[[Any], Any]) -> tuple[Any, Any]:
        """The same part of what was measured on both sides: yours, expected."""
        return read(self.yours), read(self.expected)

    @property
    def used(self) -> str:
        """Which names went in."""
        return f"{len(self.inputs['words']):,} names from all over the list ({self.listed})"


@dataclass(frozen=True)
class Motif:
    """A picture that can be drawn: what it needs (the main exercise last), what is measured, and how it is painted."""

    name: str
    exercises: tuple[str, ...]
    probe: Probe
    inputs: Callable[[list[str]], dict[str, Any]]
    paint: Callable[[View], Picture]


def motifs(lecture: Lecture) -> tuple[Motif, ...]:
    """The pictures of a lecture, in the order of the course. Raises UsageError where there are none."""
    name = f"grader.lectures.{lecture.id}.pictures"
    made: tuple[Motif, ...] = getattr(import_module(name), "MOTIFS", ()) if find_spec(name) else ()
    if not made:
        raise UsageError(f"There are no pictures of {lecture.id}. Another drawing: grader draw --help")
    return made


def chosen(lecture: Lecture, name: str | None) -> tuple[Motif, ...]:
    """All pictures of a lecture, or the one of that name. Raises UsageError for a name that there is not."""
    found = tuple(motif for motif in motifs(lecture) if name in (None, motif.name))
    if not found:
        known = ", ".join(motif.name for motif in motifs(lecture))
        raise UsageError(f"There is no picture {name!r} of {lecture.id}. Pictures: {known}.")
    if find_spec("matplotlib") is None:
        raise UsageError(MISSING)
    return found


def pictures_of(lecture: Lecture, files: dict[str, str], only: str | None = None) -> Iterator[Picture | Waiting]:
    """Each picture of a submission's files, one after the other, or what it waits for."""
    wanted = chosen(lecture, only)
    listed = names.needed_by(lecture.id) or names.in_use()
    words = listed.path.read_text(encoding="ascii").split("\n")
    with Sandbox(lecture.id) as box, ThreadPoolExecutor(1) as beside, Sandboxed(box, files) as yours:
        sides = Sides(yours, our_solution(lecture), beside)
        for motif in wanted:
            yield _picture(motif, sides.observe(motif.probe, motif.inputs(words)), lecture, listed.title)


class Sides:
    """A submission and the reference, observed at the same time; each question is put to the submission once."""

    def __init__(self, yours: Subject, reference: Subject, beside: Executor) -> None:
        self.yours, self.reference, self.beside = Remembered(yours), reference, beside

    def observe(self, probe: Probe, inputs: dict[str, Any]) -> Case:
        """Both observations; where yours ends early and without a value, there is nothing to compare it with."""
        pending = self.beside.submit(self.yours.observe, probe, inputs)
        done, _ = wait([pending], EARLY)
        stopped = bool(done) and pending.result().kind != RETURNED
        expected = pending.result() if stopped else self.reference.observe(probe, inputs)
        return Case(probe, inputs, pending.result(), expected)


def _picture(motif: Motif, case: Case, lecture: Lecture, listed: str) -> Picture | Waiting:
    yours, expected = case.yours, case.expected
    if yours.kind == TODO and yours.text in motif.exercises:
        return Waiting(motif.name, (yours.text,), "")
    if yours.kind != RETURNED:
        return _stopped(motif, yours, _what_happened(case), lecture)
    if expected.kind != RETURNED:
        raise Fault(f"the reference {expected.kind} for the picture {motif.name}: {expected.text}")
    if different := unlike(yours.value, expected.value):
        return _stopped(motif, yours, _told(different), lecture)
    with printing.paper():
        return motif.paint(View(motif.name, yours.value, expected.value, dict(case.inputs), listed))


def _stopped(motif: Motif, yours: Observation, reason: str, lecture: Lecture) -> Waiting:
    return Waiting(motif.name, _culprits(motif, yours, reason, lecture), reason)


def _told(different: Difference) -> str:
    return clean(f"{different.where} is {different.yours}, expected {different.expected}", 300)


def _what_happened(case: Case) -> str:
    """What went wrong and where, in one line."""
    lines = messages.of_case(case).splitlines()
    return clean("; ".join(" ".join(line.split()) for line in lines if not line.startswith("with ")), 300)


def _culprits(motif: Motif, yours: Observation, reason: str, lecture: Lecture) -> tuple[str, ...]:
    """The exercise in whose function it went wrong, as far as that can be told; else the picture's main one."""
    written = _functions(lecture)
    frames = yours.frames if yours.kind in (TIMED_OUT, DIED) else yours.frames[::-1]
    innermost = [(frame.file.rpartition("/")[2], frame.function) for frame in frames]
    named = [(file, function) for function in re.findall(r"(\w+)\(", reason) for file in lecture.modules]
    missing = [exercise.id for exercise in lecture.exercises if f"'{exercise.file[:-3]}'" in reason]
    for ids in [*(written.get(place, []) for place in innermost + named), missing]:
        if found := tuple(id for id in motif.exercises if id in ids):
            return found
    return motif.exercises[-1:]


def _functions(lecture: Lecture) -> dict[tuple[str, str], list[str]]:
    """Which exercises are written in which function, by (file, function)."""
    found: dict[tuple[str, str], list[str]] = {}
    for file, text in stubs_of(lecture).items():
        function = ""
        for line in text.splitlines():
            function = match[1] if (match := re.match(r" *def (\w+)\(", line)) else function
            if todo := re.match(r' *raise NotImplementedError\("([\w-]+)"\)', line):
                found.setdefault((file, function), []).append(todo[1])
    return found
