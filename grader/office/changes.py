"""What a new run changed in the gradebook: whose marks, from which points to which, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from grader.office.gradebook.book import Book
from grader.office.gradebook.csv_table import said_mark
from grader.office.gradebook.rows import WAITING, Row

MOST_SHOWN = 40
MOST_EXERCISES = 6
# what decides marks beside the files, and what is said if it is not what it was
TERMS = {
    "course": "the course or the kit changed",
    "seed": "another seed",
    "isolation": "another isolation",
    "dataset": "another list of names, or another text",
}


@dataclass(frozen=True)
class Change:
    """One person's marks before and after. `exercises`: points before and after, of those that differ."""

    student: str
    before: str
    after: str
    exercises: Mapping[str, tuple[int, int]]
    why: str


def changes(before: Book, after: Book) -> list[Change]:
    """Everybody whose marks are not what they were, in the order of the names. Who is new, or had none, is not told."""
    known = {place: row for place, row in before.by_place().items() if row.status != WAITING}
    pairs = [(known[row.place], row) for row in after.rows if row.place in known and row.status != WAITING]
    return [_change(old, new, before, after) for old, new in pairs if _marks(old) != _marks(new)]


def changes_text(found: list[Change]) -> str:
    """The changes as lines; empty if there are none."""
    if not found:
        return ""
    lines = [f"Changed since the last run: {len(found)}"]
    for one in found[:MOST_SHOWN]:
        lines.append(f"  {one.student}: {one.before} before, {one.after} now ({one.why})")
        lines += [f"    {text}" for text in _exercises(one)]
    if len(found) > MOST_SHOWN:
        lines.append(f"  and {len(found) - MOST_SHOWN} more, in gradebook.csv")
    return "\n".join(lines)


def _exercises(one: Change) -> Iterator[str]:
    told = [f"{id} {before} -> {after}" for id, (before, after) in one.exercises.items()]
    if told:
        more = f" and {len(told) - MOST_EXERCISES} more" if len(told) > MOST_EXERCISES else ""
        yield ", ".join(told[:MOST_EXERCISES]) + more


def _change(old: Row, new: Row, before: Book, after: Book) -> Change:
    ids = dict.fromkeys([*old.points, *new.points])
    points = {id: (old.points.get(id, 0), new.points.get(id, 0)) for id in ids}
    differ = {id: pair for id, pair in points.items() if pair[0] != pair[1]}
    return Change(new.student, _said(old), _said(new), differ, "; ".join(_why(old, new, before, after)))


def _marks(row: Row) -> tuple[object, ...]:
    return (row.status, row.mark, row.score, tuple(sorted(row.points.items())))


def _said(row: Row) -> str:
    return row.status if row.mark is None else said_mark(row.mark)


def _why(old: Row, new: Row, before: Book, after: Book) -> Iterator[str]:
    """What is not as it was. Where nothing of it is known, that is said."""
    told = list(_reasons(old, new, before, after))
    yield from told or ["nothing that is kept tells why"]


def _reasons(old: Row, new: Row, before: Book, after: Book) -> Iterator[str]:
    if old.lecture != new.lecture and old.lecture and new.lecture:
        yield "another lecture"
    if old.sha256 != new.sha256:
        yield "other files were handed in"
    if (old.lecture == new.lecture and old.score != new.score) or old.points != new.points:
        yield from _of_terms(before.terms.get(old.lecture, {}), after.terms.get(new.lecture, {}))
    if old.because != new.because:
        yield f"class.toml: {new.because or 'nothing is set or taken off any more'}"


def _of_terms(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for name in new if old else ():
        if old.get(name) != new[name]:
            yield TERMS.get(name, f"another {name}")
