"""The gradebook as CSV: a line per entry, a column per exercise that anybody handed in."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

from grader.inside.levels import said
from grader.office.gradebook.rows import Row

BEFORE = ("student", "lecture", "mark", "score", "max_score", "status", "reason")
# behind a column for each exercise
AFTER = ("mistakes", "isolation", "sha256", "id", "folder", "entry", "handed_in", "late", "attempt", "because")


def to_csv(rows: list[Row]) -> str:
    """The whole table, in the order of the rows."""
    ids = list(dict.fromkeys(id for row in rows for id in row.points))
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([*BEFORE, *ids, *AFTER])
    for row in rows:
        writer.writerow([harmless(cell) for cell in _cells(row, ids)])
    return buffer.getvalue()


def _cells(row: Row, ids: list[str]) -> Iterator[object]:
    """An entry without a report has no marks, and in the columns of other lectures one has 0 points."""
    yield from (row.student, row.lecture, said_mark(row.mark), row.score, row.max_score, row.status, row.why)
    for id in ids:
        yield "" if row.score is None else row.points.get(id, 0)
    yield from (" ".join(row.mistakes), row.isolation and said(row.isolation), row.sha256)
    yield from (row.id, row.folder, row.entry, row.handed_in, "late" if row.late else "", row.attempt, row.because)


def said_mark(mark: Decimal | None) -> str:
    """A mark with as many digits behind the point as it needs; nothing where there is none."""
    return "" if mark is None else f"{mark.normalize():f}"


def harmless(cell: object) -> object:
    """Text that a spreadsheet would take for a formula gets a quote in front."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
