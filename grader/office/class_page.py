"""The page of a class: how it did, which exercises and mistakes to talk about, and a link to every report.

It needs no network and no scripts, and is made from the gradebook and the reports alone.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import mean, median

from grader.course import Exercise, Lecture, load
from grader.course.whole_files import write_whole
from grader.errors import UsageError
from grader.judging.mistakes.known import known_mistakes
from grader.office.gradebook import ABSENT, BROKEN, GRADED, REJECTED, WAITING, Book, Row
from grader.office.gradebook.csv_table import said_mark
from grader.office.unrecognised import Group, unrecognised
from grader.office.unrecognised.reading import Wrong
from grader.report.pages import template

PAGE = "index.html"
STEPS = 10
MOST_GROUPS = 30
MOST_MISTAKES = 30


@dataclass(frozen=True)
class Step:
    """So many marks between two tenths of the full ones."""

    name: str
    count: int
    share: int


@dataclass(frozen=True)
class Passed:
    """How many have all points of an exercise."""

    exercise: Exercise
    passed: int
    count: int
    share: int


@dataclass(frozen=True)
class Mistake:
    """A recognised mistake and those who made it."""

    id: str
    sentence: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Alike:
    """Those whose wrong output is the same, and that no known mistake explains."""

    exercise: str
    smallest: Wrong
    rows: tuple[Row, ...]

    @property
    def case(self) -> str:
        """The smallest case that shows it."""
        one = self.smallest
        sides = (f"{one.where}   yours {one.yours}   expected {one.expected}", one.yours)
        return "\n".join(filter(None, (one.inputs, sides[0] if one.expected else sides[1])))


@dataclass(frozen=True)
class Part:
    """What is said of one lecture."""

    lecture: Lecture
    steps: list[Step]
    exercises: list[Passed]
    mistakes: list[Mistake]
    groups: list[Alike]


def write_class_page(out: Path, book: Book) -> None:
    """Write the page beside the gradebook, whole or not at all."""
    write_whole(out / PAGE, class_page(book.rows, _groups(out)).encode())


def class_page(rows: tuple[Row, ...], groups: tuple[Group, ...]) -> str:
    """The page as text."""
    return template("grader.report", "class.html").render(
        course=load().title,
        rows=rows,
        facts=list(_facts(rows)),
        unsure=[row for row in rows if row.doubt or row.status in (REJECTED, BROKEN, WAITING)],
        parts=[_part(lecture, rows, groups) for lecture in load().lectures if _of(lecture, rows)],
        mark=lambda row: "" if row.mark is None else f"{said_mark(row.mark)} / {row.max_score or 100}",
        outstanding=lambda row: "; ".join(filter(None, (row.because, row.remark, row.reason))),
    )


def _groups(out: Path) -> tuple[Group, ...]:
    """What nobody recognised, from the reports; nothing where there are none that can be read."""
    with suppress(UsageError):
        return unrecognised(out).groups
    return ()


def _facts(rows: tuple[Row, ...]) -> Iterator[tuple[str, str]]:
    marks = [row.mark for row in rows if row.mark is not None]
    yield "with a mark", str(len(marks))
    if marks:
        yield "mean", f"{mean(marks):.1f}"
        yield "median", said_mark(Decimal(median(marks)))
    counts = Counter(row.status for row in rows)
    for status, said in ((REJECTED, "rejected"), (BROKEN, "faults of the grader"), (ABSENT, "handed in nothing"),
                         (WAITING, "not marked yet")):  # fmt: skip
        if counts[status]:
            yield said, str(counts[status])


def _of(lecture: Lecture, rows: tuple[Row, ...]) -> list[Row]:
    return [row for row in rows if row.lecture == lecture.id and row.status == GRADED]


def _part(lecture: Lecture, rows: tuple[Row, ...], groups: tuple[Group, ...]) -> Part:
    own = _of(lecture, rows)
    passed = sorted((_passed(exercise, own) for exercise in lecture.exercises), key=lambda one: one.share)
    by_place = {row.place: row for row in own}
    alike = [_alike(group, by_place) for group in groups if group.lecture == lecture.id]
    return Part(
        lecture, list(_steps(lecture, own)), passed, list(_mistakes(lecture, own))[:MOST_MISTAKES],
        [one for one in alike if one.rows][:MOST_GROUPS],
    )  # fmt: skip


def _steps(lecture: Lecture, own: list[Row]) -> Iterator[Step]:
    """From the best down; whoever has full marks stands alone."""
    full = lecture.points
    places = Counter(_place(row.mark or Decimal(0), full) for row in own)
    for place in range(STEPS, -1, -1):
        low, high = place * full // STEPS, (place + 1) * full // STEPS
        name = f"{full}" if place == STEPS else f"{low} to below {high}"
        yield Step(name, places[place], round(100 * places[place] / max(1, len(own))))


def _place(mark: Decimal, full: int) -> int:
    return max(0, min(STEPS, int(mark * STEPS / full)))


def _passed(exercise: Exercise, own: list[Row]) -> Passed:
    passed = sum(row.points.get(exercise.id, 0) >= exercise.points for row in own)
    return Passed(exercise, passed, len(own), round(100 * passed / max(1, len(own))))


def _mistakes(lecture: Lecture, own: list[Row]) -> Iterator[Mistake]:
    sentences = {mistake.id: mistake.sentence for mistake in known_mistakes(lecture.id)}
    counts = Counter(id for row in own for id in row.mistakes)
    for id, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield Mistake(id, sentences.get(id, ""), tuple(row for row in own if id in row.mistakes))


def _alike(group: Group, by_place: dict[str, Row]) -> Alike:
    rows = tuple(by_place[place] for place in group.students if place in by_place)
    return Alike(group.exercise, group.smallest, rows)
