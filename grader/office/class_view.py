"""What `grader grade` prints: the rows of a small class, what went wrong, the average, the commonest mistakes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from statistics import mean, median
from typing import Any

from grader.inside.levels import said
from grader.office.changes import Change
from grader.office.gradebook import ABSENT, BROKEN, REJECTED, Row
from grader.office.gradebook.csv_table import said_mark
from grader.office.gradebook.policy import Rules, unknown_people
from grader.office.intake import Inbox

SMALL_CLASS = 30  # so many rows are shown one by one


def rows_text(rows: list[Row]) -> str:
    """The table of marks."""
    width = max(len("student"), *(len(row.student) for row in rows))
    lines = [f"  {'student':<{width}}  {'score':>9}  what stands out"]
    for row in rows:
        score = row.status.upper() if row.mark is None else f"{said_mark(row.mark)} / {row.max_score}"
        lines.append(f"  {row.student:<{width}}  {score:>9}  {_remark(row)}".rstrip())
    return "\n".join(lines)


def _remark(row: Row) -> str:
    if row.score is None or row.status == BROKEN:
        return "; ".join(filter(None, (row.because, row.reason)))
    late = "late, the platform says" if row.late and not row.because else ""
    return "; ".join(filter(None, (row.because or late, row.remark, row.reason)))


def class_text(rows: list[Row], out: Path, left_over: list[str]) -> str:
    """How the class did: odd entries, the average, the commonest mistakes, where everything lies."""
    if len(rows) <= SMALL_CLASS:
        lines = [rows_text(rows), ""]
    else:
        lines = [f"  {row.student}: {row.status.upper()}  {row.reason}" for row in rows if row.reason]
    scores = [row.mark for row in rows if row.mark is not None]
    if scores:
        best = max(row.max_score or 0 for row in rows)
        lines.append(f"{len(scores)} graded. Mean {mean(scores):.1f} of {best}, median {float(median(scores)):g}.")
    rejected = sum(row.status == REJECTED for row in rows)
    if rejected:
        lines.append(f"{rejected} could not be taken as a submission; the reasons stand above and in the gradebook.")
    absent = sum(row.status == ABSENT for row in rows)
    if absent:
        lines.append(f"{absent} of the roster handed in nothing.")
    mistakes = Counter(id for row in rows for id in row.mistakes)
    if mistakes:
        lines.append("Most common: " + ", ".join(f"{id} {count}" for id, count in mistakes.most_common(5)))
    return "\n".join([*lines, *_of_earlier_runs(rows, left_over), *_isolation(rows), _places(out)])


def _isolation(rows: list[Row]) -> Iterator[str]:
    """One line, since a class is graded at one level."""
    levels = dict.fromkeys(said(row.isolation) for row in rows if row.isolation)
    if levels:
        yield f"Isolation: {', '.join(levels)}"


def _of_earlier_runs(rows: list[Row], left_over: list[str]) -> Iterator[str]:
    reused = sum(row.reused for row in rows)
    if reused:
        yield f"{reused} had not changed since an earlier run, and their marks stand. To run them all anew: --again"
    if left_over:
        names = ", ".join(left_over[:5]) + (f" and {len(left_over) - 5} more" if len(left_over) > 5 else "")
        yield f"Not in the inbox any more, and not in the gradebook: {names}. Their reports were left where they are."


def _places(out: Path) -> str:
    return f"Marks: {out / 'gradebook.csv'}   Class: {out / 'index.html'}   Reports: {out}/<student>/report.html"


def inbox_lines(rows: list[Row], inbox: Inbox | None, rules: Rules | None) -> Iterator[str]:
    """Which platform's download it was, what in it is no submission, and names in the class.toml that nobody has."""
    if inbox and inbox.platform:
        yield f"Read as a download of {inbox.platform}."
    if inbox and inbox.left_alone:
        names = ", ".join(inbox.left_alone[:5])
        more = len(inbox.left_alone) - 5
        yield f"Not submissions, and left alone: {names}{f' and {more} more' if more > 0 else ''}."
    if rules:
        yield from unknown_people(rows, rules)


def class_data(
    rows: list[Row], seed: int, left_over: list[str], changed: list[Change], inbox: Inbox | None
) -> dict[str, Any]:
    """The same as data."""
    return {
        "schema": "zero-to-hero/class/1",
        "seed": seed,
        "rows": [
            {
                "student": row.student,
                "id": row.id or None,
                "folder": row.place,
                "entry": row.entry or None,
                "status": row.status,
                "reason": row.why,
                "lecture": row.lecture or None,
                "mark": None if row.mark is None else said_mark(row.mark),
                "because": row.because or None,
                "score": row.score,
                "max_score": row.max_score,
                "mistakes": list(row.mistakes),
                "isolation": row.isolation or None,
                "sha256": row.sha256 or None,
                "reused": row.reused,
            }
            for row in rows
        ],
        "left_over": left_over,
        "left_alone": list(inbox.left_alone) if inbox else [],
        "changed": [asdict(change) for change in changed],
    }
