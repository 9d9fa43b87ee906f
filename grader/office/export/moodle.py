"""For Moodle: its own grading worksheet with grades and feedback filled in, and every other cell as it came."""

from decimal import Decimal, InvalidOperation
from pathlib import Path

from grader.errors import UsageError
from grader.office.export.asked import Asked, Exported
from grader.office.export.class_marks import ClassMarks, lines_of, told_of
from grader.office.gradebook.csv_table import harmless, said_mark
from grader.office.gradebook.rows import Row
from grader.office.intake.csv_files import Table, read_table, write_table
from grader.office.intake.roster import meaning, read_roster

GRADE, FEEDBACK, MOST = "Grade", "Feedback comments", "Maximum Grade"
NEEDED = ("Identifier", "Last modified (grade)")


def export(marks: ClassMarks, asked: Asked) -> Exported:
    """The worksheet to upload in Moodle under Submissions, Upload grading worksheet."""
    into = asked.into or Path()
    table = read_table(into, lambda title: bool(meaning(title)))
    titles = [title.strip("\ufeff ") for title in table.header]
    grade = _place(table, titles, asked.column or GRADE)
    for needed in NEEDED if not asked.column else ():
        _place(table, titles, needed)
    _check_most(table, titles, marks)
    comma = any("," in _at(cells, titles, MOST) for _, cells in table.body)
    filled = lines_of(table, read_roster(into), marks.rows)
    rows = [table.header]
    for line, cells in table.body:
        row = filled.get(line)
        rows.append(_filled(cells, titles, grade, row, marks, comma) if row and row.mark is not None else cells)
    return Exported({"": write_table(table, rows)}, tuple(told_of(marks, table, filled)))


def _filled(
    cells: tuple[str, ...], titles: list[str], grade: int, row: Row, marks: ClassMarks, comma: bool
) -> tuple[str, ...]:
    own = list(cells) + [""] * (len(titles) - len(cells))
    own[grade] = marks.scaled(row).replace(".", "," if comma else ".")
    if FEEDBACK in titles:
        own[titles.index(FEEDBACK)] = str(harmless(_said(row)))
    return tuple(own)


def _said(row: Row) -> str:
    return "; ".join(filter(None, (row.because, row.remark)))


def _place(table: Table, titles: list[str], title: str) -> int:
    if title in titles:
        return titles.index(title)
    raise UsageError(
        f"{table.file}, line 1: no column {title}. Is it Moodle's grading worksheet? In another language, "
        f"say which column holds the grade: --column TITLE. There are: {', '.join(titles)}."
    )


def _at(cells: tuple[str, ...], titles: list[str], title: str) -> str:
    place = titles.index(title) if title in titles else len(cells)
    return cells[place] if place < len(cells) else ""


def _check_most(table: Table, titles: list[str], marks: ClassMarks) -> None:
    """Refuse marks of 100 for an assignment of 10 points: Moodle would leave such rows out without a word."""
    for line, cells in table.body:
        try:
            most = Decimal(_at(cells, titles, MOST).strip().replace(",", "."))
        except InvalidOperation:
            continue
        if most != marks.full:
            raise UsageError(
                f"{table.file}, line {line}: the most is {said_mark(most)} points, and these marks are out of "
                f"{said_mark(marks.full)}. Export with --out-of {said_mark(most)}, or change it in Moodle."
            )
