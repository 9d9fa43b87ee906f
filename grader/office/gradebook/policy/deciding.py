"""What counts: the checks' points, with points that a person has set, less what the late rule takes.

It is computed from what is kept of each hand-in, in every run anew: who changes a rule or gives an extension runs the
same command again, and nothing is marked twice.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from grader.course.safe_text import clean
from grader.office.gradebook.csv_table import said_mark
from grader.office.gradebook.policy.class_file import Override, Rules
from grader.office.gradebook.rows import ABSENT, GRADED, Row

CENT = Decimal("0.01")
DAY = 86_400


def decided(row: Row, rules: Rules) -> Row:
    """The row with the mark that counts and the sentence why. Raises UsageError where a rule cannot be applied."""
    own = [one for one in rules.overrides if is_called(row, one.student)]
    whole = [one for one in own if not one.exercise]
    if whole:
        one = whole[-1]
        return replace(row, mark=one.points, because=f"set to {said_mark(one.points)} by hand: {one.reason}")
    if row.status == ABSENT and rules.absent_get is not None:
        return replace(row, mark=rules.absent_get, because="what who hands in nothing gets")
    if row.status != GRADED or row.score is None:
        return replace(row, mark=None, because="")
    mark, said = _with_points(row, own, rules)
    less, why = _late(row, rules)
    mark = max(mark - less, Decimal(0)).quantize(CENT, ROUND_HALF_UP)
    return replace(row, mark=mark, because="; ".join(filter(None, (*said, why))))


def _with_points(row: Row, own: list[Override], rules: Rules) -> tuple[Decimal, list[str]]:
    mark, said = Decimal(row.score or 0), []
    for one in own:
        if one.exercise not in row.points:
            what = f"{clean(one.exercise, 40)} is no exercise of what {clean(row.student, 40)} handed in."
            raise rules.wrong(one.line, what)
        mark += one.points - row.points[one.exercise]
        said.append(f"{one.exercise} set to {said_mark(one.points)} by hand: {one.reason}")
    return mark, said


def _late(row: Row, rules: Rules) -> tuple[Decimal, str]:
    """How many points less, and why."""
    if rules.due is None:
        return Decimal(0), ""
    when = _handed_in(row, rules)
    if when is None:
        unknown = "marked as late, but not when it came: give the time under [handed_in] in class.toml"
        return Decimal(0), unknown if row.late else ""
    due = _due(row, rules, rules.due)
    over = when - _like(due, when)
    if over <= rules.grace:
        return Decimal(0), ""
    days = math.ceil(over / timedelta(seconds=DAY))
    share = min(rules.per_day * days, rules.most)
    less = share * Decimal(row.max_score or 0) / 100
    return less, f"{days} {'day' if days == 1 else 'days'} late: {said_mark(less)} points less"


def _handed_in(row: Row, rules: Rules) -> datetime | None:
    told = [when for name, when in rules.handed_in.items() if is_called(row, name)]
    if told:
        return told[-1]
    return datetime.fromisoformat(row.handed_in) if row.handed_in else None


def _due(row: Row, rules: Rules, due: datetime) -> datetime:
    """When it was due for this person."""
    for name, more in rules.extensions.items():
        if is_called(row, name):
            until = more if isinstance(more, datetime) else _later(due, more, rules, name)
            due = max(_like(until, due), due)
    return due


def _later(due: datetime, days: Decimal, rules: Rules, name: str) -> datetime:
    try:
        return due + timedelta(days=float(days))
    except OverflowError:
        raise rules.wrong(rules.lines.get(name, 1), "so many days lead out of the calendar.") from None


def _like(one: datetime, other: datetime) -> datetime:
    """A time that can be compared with the other: where one has no offset from UTC, it is the other's."""
    if one.tzinfo is None:
        return one.replace(tzinfo=other.tzinfo)
    if other.tzinfo is None:
        return one.replace(tzinfo=None)
    return one


def is_called(row: Row, name: str) -> bool:
    """Whether a name in a class.toml means this row: the name, the folder, or any number or login."""
    wanted = name.strip().casefold()
    return wanted in (row.student.casefold(), row.folder.casefold(), *(id.casefold() for id in row.ids.values()))


def check_people(rows: Mapping[str, Row], rules: Rules) -> None:
    """Refuse a name in the class.toml that several people have. Raises UsageError."""
    for name, line in _named(rules).items():
        if len(_who(rows.values(), name)) > 1:
            raise rules.wrong(line, f"{clean(name, 60)} is more than one person here; write a number or the folder.")


def unknown_people(rows: Iterable[Row], rules: Rules) -> Iterator[str]:
    """Sentences about names in the class.toml that nobody has who has a row."""
    class_ = list(rows)
    for name, line in _named(rules).items():
        if not _who(class_, name):
            yield f"{rules.file}, line {line}: {clean(name, 60)} is nobody who has a row here."


def _named(rules: Rules) -> dict[str, int]:
    return {**rules.lines, **{one.student: one.line for one in rules.overrides}}


def _who(rows: Iterable[Row], name: str) -> set[tuple[str, str]]:
    return {(row.student, row.id or row.place) for row in rows if is_called(row, name)}
