"""What `grader grade` prints: the rows of a small class, what went wrong, the average, the commonest mistakes."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import mean, median
from typing import Any

from grader.inside.levels import said
from grader.office.gradebook import BROKEN, REJECTED, Row

SMALL_CLASS = 30  # so many rows are shown one by one


def rows_text(rows: list[Row]) -> str:
    """The table of marks."""
    width = max(len("student"), *(len(row.student) for row in rows))
    lines = [f"  {'student':<{width}}  {'score':>9}  what stands out"]
    for row in rows:
        score = row.status.upper() if row.score is None else f"{row.score} / {row.max_score}"
        lines.append(f"  {row.student:<{width}}  {score:>9}  {_remark(row)}".rstrip())
    return "\n".join(lines)


def _remark(row: Row) -> str:
    if row.score is None or row.status == BROKEN:
        return row.reason
    return "; ".join(filter(None, (row.remark, row.reason)))


def class_text(rows: list[Row], out: Path, left_over: list[str]) -> str:
    """How the class did: odd entries, the average, the commonest mistakes, where everything lies."""
    if len(rows) <= SMALL_CLASS:
        lines = [rows_text(rows), ""]
    else:
        lines = [f"  {row.student}: {row.status.upper()}  {row.reason}" for row in rows if row.reason]
    scores = [row.score for row in rows if row.score is not None]
    if scores:
        best = max(row.max_score or 0 for row in rows)
        lines.append(f"{len(scores)} graded. Mean {mean(scores):.1f} of {best}, median {median(scores):g}.")
    rejected = sum(row.status == REJECTED for row in rows)
    if rejected:
        lines.append(f"{rejected} could not be taken as a submission; the reasons stand above and in the gradebook.")
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
    return f"Marks: {out / 'gradebook.csv'}   Reports: {out}/<student>/report.html"


def class_data(rows: list[Row], seed: int, left_over: list[str]) -> dict[str, Any]:
    """The same as data."""
    return {
        "schema": "zero-to-hero/class/1",
        "seed": seed,
        "rows": [
            {
                "student": row.student,
                "status": row.status,
                "reason": row.why,
                "lecture": row.lecture or None,
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
    }
