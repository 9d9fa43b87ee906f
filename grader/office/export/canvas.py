"""For Canvas: its own gradebook export with one column filled, and no other column that an import could change.

Identity cells and the title of the column are written as they came, for an import finds people and assignments by them.
"""

import csv
import io
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path

from grader.course import load
from grader.errors import UsageError
from grader.office.export.asked import Asked, Exported
from grader.office.export.class_marks import ClassMarks, lines_of, shown, told_of
from grader.office.gradebook.csv_table import harmless, said_mark
from grader.office.intake.csv_files import Table, read_table, write_table
from grader.office.intake.roster import meaning, read_roster

READ_ONLY = "read only"
POINTS = "points possible"
IDENTITY = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")


def export(marks: ClassMarks, asked: Asked) -> Exported:
    """The table to upload in Canvas under Grades, Import."""
    return _filled(marks, asked, asked.into) if asked.into else _fresh(marks)


def _filled(marks: ClassMarks, asked: Asked, into: Path) -> Exported:
    table = read_table(into, lambda title: bool(meaning(title)))
    last = _last_identity(table)
    column = _column(table, last, asked.column)
    _check_points(table, column, marks)
    filled = lines_of(table, read_roster(into), marks.rows)
    rows = [_cells(table.header, last, column, table.header[column])]
    for line, cells in table.body:
        mark = marks.scaled(filled[line]) if line in filled else ""
        rows.append(_cells(cells, last, column, mark or _at(cells, column)))
    return Exported({"": write_table(table, rows)}, tuple(told_of(marks, table, filled)))


def _cells(cells: tuple[str, ...], last: int, column: int, own: str) -> tuple[str, ...]:
    return (*(_at(cells, place) for place in range(last + 1)), own)


def _at(cells: tuple[str, ...], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _last_identity(table: Table) -> int:
    """The column called Section, the last that says who somebody is. Raises UsageError."""
    titles = [title.strip("\ufeff ") for title in table.header]
    sections = [place for place, title in enumerate(titles) if "Section" in title]
    if not (sections and len(titles) > 3 and ("Student" in titles[0] or "LastName" in titles[0]) and "ID" in titles):
        raise UsageError(
            f"{table.file}, line 1: no gradebook of Canvas, which has Student, ID and Section. "
            "Export it there: Grades, Export, Export Entire Gradebook."
        )
    return sections[0]


def _points_line(table: Table) -> tuple[int, tuple[str, ...]] | None:
    return next(((line, cells) for line, cells in table.body if POINTS in cells[0].casefold()), None)


def _column(table: Table, last: int, wanted: str) -> int:
    """The column to fill: the one that is named, with or without its number, or the only one there is."""
    points = _points_line(table)
    locked = {place for place, cell in enumerate(points[1]) if READ_ONLY in cell.casefold()} if points else set()
    free = [place for place in range(last + 1, len(table.header)) if place not in locked]
    titles = {place: table.header[place] for place in free}
    found = [place for place, title in titles.items() if wanted in (title, _without_number(title))] if wanted else free
    if len(found) == 1:
        return found[0]
    what = f"no column {wanted!r} that can be filled" if wanted else "more than one column that can be filled"
    if wanted and found:
        what = f"{len(found)} columns {wanted!r}; write the number behind it too"
    there = ", ".join(titles.values()) or "none"
    raise UsageError(f"{table.file}, line 1: {what}. Say it with --column; there are: {there}.")


def _without_number(title: str) -> str:
    return re.sub(r"\s*\(\d+\)$", "", title)


def _check_points(table: Table, column: int, marks: ClassMarks) -> None:
    """Refuse marks of 100 for an assignment of 10 points. Raises UsageError."""
    points = _points_line(table)
    if points is None:
        return
    line, cells = points
    try:
        there = Decimal(_at(cells, column).strip())
    except InvalidOperation:
        return
    if there != marks.full:
        raise UsageError(
            f"{table.file}, line {line}: {table.header[column]} has {said_mark(there)} points, and these marks are "
            f"out of {said_mark(marks.full)}. Export with --out-of {said_mark(there)}, or change it in Canvas."
        )


def _fresh(marks: ClassMarks) -> Exported:
    """A table of our own, for who is known by a number or a login of Canvas."""
    lecture = next((row.lecture for row in marks.rows if row.lecture), "")
    title = load().lecture(lecture).title if lecture else "Marks"
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([*IDENTITY, title])
    writer.writerow(["    Points Possible", "", "", "", "", said_mark(marks.full)])
    known = [row for row in marks.rows if row.ids.get("id") or row.ids.get("login")]
    for row in known:
        ids = (row.ids.get("id", ""), row.ids.get("sid", ""), row.ids.get("login", ""))
        writer.writerow([harmless(cell) for cell in (row.student, *ids, "")] + [marks.scaled(row)])
    lost = [row.student for row in marks.rows if row not in known]
    told = (f"Canvas knows no number of these, and they are not in the table: {shown(lost)}.",) if lost else ()
    advice = f"Canvas offers a new assignment for {title!r}; to fill one that is there: --into EXPORT.csv"
    return Exported({"": buffer.getvalue().encode("utf-8-sig")}, (*told, advice))
