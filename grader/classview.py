"""What `grader grade` prints: the rows of a small class, what went wrong, the average, the commonest mistakes."""

from collections import Counter
from pathlib import Path
from statistics import mean, median
from typing import Any

from grader.gradebook import BROKEN, REJECTED, Row
from grader.report import TODO

SMALL_CLASS = 30  # so many rows are shown one by one


def rows_text(rows: list[Row]) -> str:
    """The table of marks."""
    width = max(len("student"), *(len(row.student) for row in rows))
    lines = [f"  {'student':<{width}}  {'score':>9}  what stands out"]
    for row in rows:
        score = f"{row.report.score} / {row.report.max_score}" if row.report else row.status.upper()
        lines.append(f"  {row.student:<{width}}  {score:>9}  {_remark(row)}".rstrip())
    return "\n".join(lines)


def _remark(row: Row) -> str:
    """The recognised mistakes, else what stopped, else what is missing."""
    if row.report is None or row.status == BROKEN:
        return row.reason
    parts = [named.id for named in row.report.mistakes]
    lost = Counter(f.exercise for f in row.report.findings if f.status == "errored" and not f.misconceptions)
    parts += [f"{count} {'check' if count == 1 else 'checks'} of {id} stopped" for id, count in list(lost.items())[:3]]
    submission = row.report.submission
    there = [exercise.id for exercise in submission.lecture.exercises if exercise.file in submission.files]
    todo = sum(row.report.status_of(id) == TODO for id in there)
    parts += [f"{todo} exercises not written"] if todo else []
    return "; ".join([*parts, row.reason] if row.reason else parts)


def class_text(rows: list[Row], out: Path) -> str:
    """How the class did: odd entries, the average, the commonest mistakes, where everything lies."""
    if len(rows) <= SMALL_CLASS:
        lines = [rows_text(rows), ""]
    else:
        lines = [f"  {row.student}: {row.status.upper()}  {row.reason}" for row in rows if row.reason]
    scores = [row.report.score for row in rows if row.report]
    if scores:
        best = max(row.report.max_score for row in rows if row.report)
        lines.append(f"{len(scores)} graded. Mean {mean(scores):.1f} of {best}, median {median(scores):g}.")
    rejected = sum(row.status == REJECTED for row in rows)
    if rejected:
        lines.append(f"{rejected} could not be taken as a submission; the reasons stand above and in the gradebook.")
    mistakes = Counter(named.id for row in rows if row.report for named in row.report.mistakes)
    if mistakes:
        lines.append("Most common: " + ", ".join(f"{id} {count}" for id, count in mistakes.most_common(5)))
    lines.append(f"Marks: {out / 'gradebook.csv'}   Reports: {out}/<student>/report.html")
    return "\n".join(lines)


def class_data(rows: list[Row], seed: int) -> dict[str, Any]:
    """The same as data."""
    return {
        "schema": "zero-to-hero/class/1",
        "seed": seed,
        "rows": [
            {
                "student": row.student,
                "status": row.status,
                "reason": row.reason,
                "lecture": row.report.submission.lecture.id if row.report else None,
                "score": row.report.score if row.report else None,
                "max_score": row.report.max_score if row.report else None,
                "mistakes": [named.id for named in row.report.mistakes] if row.report else [],
                "sha256": row.report.submission.sha256 if row.report else None,
            }
            for row in rows
        ],
    }
