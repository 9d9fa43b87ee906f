"""The marks of a class as exports need them: one row for each person, and their reports."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.office.gradebook import Row, read_book
from grader.office.gradebook.csv_table import said_mark
from grader.office.intake.csv_files import Table
from grader.office.intake.hand_ins import Person
from grader.office.intake.roster import Roster, columns_of, held_by, person_of

CENT = Decimal("0.01")


@dataclass(frozen=True)
class ClassMarks:
    """The rows, and what full marks are to be in the export; None: what they are in the gradebook."""

    folder: Path
    rows: tuple[Row, ...]
    out_of: Decimal | None

    @property
    def best(self) -> Decimal:
        """What full marks are here."""
        return Decimal(next((row.max_score for row in self.rows if row.max_score), 100))

    @property
    def full(self) -> Decimal:
        """What full marks are in the export."""
        return self.out_of or self.best

    def scaled(self, row: Row) -> str:
        """The mark as a plain number; nothing for somebody who has none."""
        if row.mark is None:
            return ""
        return said_mark((row.mark * self.full / self.best).quantize(CENT, ROUND_HALF_UP))

    def report(self, row: Row) -> dict[str, Any] | None:
        """What was found out, as data; None for who has no report. Raises UsageError if it cannot be read."""
        file = self.folder / row.place / "report.json"
        if not file.is_file():
            return None
        try:
            told: dict[str, Any] = json.loads(file.read_bytes())
        except ValueError as error:
            raise UsageError(f"{file} is damaged ({error}). Run grader grade once more: it is made again.") from None
        return told


def read_marks(folder: Path, out_of: Decimal | None) -> ClassMarks:
    """The marks in a folder. Raises UsageError where it is not clear which row of a person counts."""
    rows = read_book(folder).rows
    people = Counter((row.student, row.id) for row in rows if row.id)
    twice = [name for (name, _), count in people.items() if count > 1]
    if twice:
        raise UsageError(
            f"{twice[0]} has {people.most_common(1)[0][1]} rows in the gradebook, and one mark can be exported. "
            "Keep one of the hand-ins, or grade with --take best."
        )
    return ClassMarks(folder, rows, out_of)


def lines_of(table: Table, roster: Roster, rows: Iterable[Row]) -> dict[int, Row]:
    """Which row stands for which line of a platform's own table, by the number of the line."""
    columns = columns_of(table)
    lines: dict[tuple[str, str], int] = {}
    for line, cells in table.body:
        person = person_of(held_by(cells, columns))
        if person is not None:
            lines[person.name, person.id] = line
    found = {}
    for row in rows:
        known = roster.find(Person(row.student, row.ids))
        if known is not None:
            found[lines[known.name, known.id]] = row
    return found


def told_of(marks: ClassMarks, table: Table, filled: dict[int, Row]) -> Iterator[str]:
    """Who has a mark and is not in the table, and who is in the gradebook and has none."""
    there = {row.place for row in filled.values()}
    lost = [row.student for row in marks.rows if row.mark is not None and row.place not in there]
    if lost:
        yield f"Not in {table.file.name}, and not exported: {shown(lost)}."
    without = [row.student for row in marks.rows if row.mark is None]
    if without:
        yield f"No mark, and left as it was: {shown(without)}."


def shown(names: list[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return "; ".join(names[:5]) + more
