"""A table of marks for whoever has no platform, or one that imports any CSV."""

import csv
import io

from grader.office.export.asked import Asked, Exported
from grader.office.export.class_marks import ClassMarks
from grader.office.gradebook.csv_table import harmless, said_mark

HEADER = ("student", "id", "login", "email", "mark", "out_of", "status", "because", "reason")


def export(marks: ClassMarks, asked: Asked) -> Exported:
    """Everybody, also who has no mark, with the reason."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in marks.rows:
        who = (row.student, row.id, row.ids.get("login", ""), row.ids.get("email", ""))
        what = (marks.scaled(row), said_mark(marks.full), row.status, row.because, row.why)
        writer.writerow([harmless(cell) for cell in (*who, *what)])
    return Exported({"": buffer.getvalue().encode("utf-8-sig")}, ())
