"""A report as one page that needs no network and no scripts; every text in it is escaped by the template engine."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from grader.course import load
from grader.inside.levels import said
from grader.judging.findings import BLOCKED, ERRORED, FAILED, FAULT, PASSED, TODO, Finding, Report
from grader.report.broken import broken_file, sentence, stopped_by, unseen
from grader.report.in_words import with_ours
from grader.report.pages import template
from grader.report.unhidden import for_the_student

WORDS = {
    PASSED: "passed", FAILED: "not right yet", TODO: "not written yet",
    ERRORED: "stopped with an error", BLOCKED: "waits for another", FAULT: "fault of the grader",
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A picture within the text of a page: its PNG in base64, and what it shows in words."""

    title: str
    text: str
    data: str


def to_html(report: Report) -> str:
    """The student's page. What a hidden check was asked stays off it."""
    submission = report.submission
    exercises = {exercise.id: exercise for exercise in submission.lecture.exercises}
    ids = list(dict.fromkeys(finding.exercise for finding in report.findings))
    return template("grader.report", "report.html").render(
        report=report,
        lecture=submission.lecture,
        course=load().title,
        sections=[_section(report, exercises[id]) for id in ids],
        first=next((f for f in report.findings if f.status in (FAILED, ERRORED) and not f.broken), None),
        broken=[(broken_file(report, ids[0]), ids) for ids in stopped_by(report).values()],
        sentence=sentence,
        unseen=unseen,
        words=WORDS,
        said=said,
        message=_message,
    )


def to_cell(report: Report, below: Iterable[str] = (), pictures: Iterable[Shown] = ()) -> str:
    """What a notebook shows below a cell: the same checks, in a part of a page. `below` are lines at its end."""
    exercises = {exercise.id: exercise for exercise in report.submission.lecture.exercises}
    ids = list(dict.fromkeys(finding.exercise for finding in report.findings))
    public = all(finding.visibility == "public" for finding in report.findings)
    return template("grader.report", "cell.html").render(
        report=report,
        sections=[_section(report, exercises[id]) for id in ids],
        first=next((id for id in ids if report.status_of(id) in (FAILED, ERRORED)), ""),
        broken=[(broken_file(report, ids[0]), ids) for ids in stopped_by(report).values()],
        stopped={id for ids in stopped_by(report).values() for id in ids},
        kind="public points" if public else "points",
        pictures=list(pictures),
        below=list(below),
        sentence=sentence,
        unseen=unseen,
        words=WORDS,
        message=_message,
    )


def _section(report: Report, exercise: Any) -> dict[str, Any]:
    findings = report.of_exercise(exercise.id)
    return {
        "exercise": exercise,
        "findings": findings,
        "status": report.status_of(exercise.id),
        "points": sum(finding.points for finding in findings),
        "max_points": sum(finding.max_points for finding in findings),
        "mistakes": dict.fromkeys(named.id for f in findings for named in f.misconceptions),
    }


def _message(finding: Finding) -> str:
    """What may be said of a finding: for a hidden check, neither its inputs nor the expected value.

    Of a file that cannot be imported all is said once, above the exercises.
    """
    if finding.broken:
        return f"{sentence(finding.broken)}\nat {finding.broken.place}"
    lines = list(with_ours(finding.message.splitlines()))
    return for_the_student(finding.visibility, finding.status, lines)
