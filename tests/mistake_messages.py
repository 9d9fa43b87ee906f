"""What a student is told who makes a known mistake: for each way to make it, the first check that names it.

It is kept in tests/messages/<lecture>.json, and written anew by: python tests/update_golden.py messages
"""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader.course import Lecture, reference_sources
from grader.judging.examiner import Examiner
from grader.judging.findings import Finding, Report
from grader.judging.mistakes.edits import exercises_of
from grader.judging.mistakes.known import Edit, Misconception, edited_sources, known_mistakes
from grader.proof.audit import as_submission
from grader.report.terminal import detail, plain

FOLDER = Path(__file__).parent / "messages"
WIDTH = 80  # as where no terminal says otherwise
LINE_NUMBER = re.compile(r"\.py:\d+")  # of the reference: it moves with every line above


def file_of(lecture: Lecture) -> Path:
    return FOLDER / f"{lecture.id}.json"


def mistake_messages(judge: Examiner) -> dict[str, list[list[str]]]:
    """By the mistake, a message for each of its ways, as lines on a terminal; ways that are told alike count once."""
    found: dict[str, list[list[str]]] = {}
    for mistake in known_mistakes(judge.lecture.id):
        told = [_told(judge, mistake, edits) for edits in mistake.variants]
        found[mistake.id] = [lines for i, lines in enumerate(told) if lines not in told[:i]]
    return found


def as_text(found: dict[str, Any]) -> str:
    return json.dumps(found, indent=1, ensure_ascii=True) + "\n"


def _told(judge: Examiner, mistake: Misconception, edits: tuple[Edit, ...]) -> list[str]:
    """By the public checks, of the exercises in which the mistake lies; of all, if it does not show in these."""
    lecture = judge.lecture
    sources = {**reference_sources(lecture), **edited_sources(edits, lecture, mistake.id)}
    submission = as_submission(mistake.id, lecture, sources)
    for exercises in ([id for id in exercises_of(edits, lecture) if id], []):
        report = judge.examine(submission, exercises, hidden=False)
        naming = [f for f in report.findings if mistake.id in [named.id for named in f.misconceptions]]
        if naming:
            return _lines(report, naming[0], mistake.varies)
    return []


def _lines(report: Report, finding: Finding, varies: bool) -> list[str]:
    """The lines that `grader check` prints of a finding; without numbers where they depend on the order of a set."""
    shown = replace(finding, difference=None, message="(numbers)") if varies else finding
    return [LINE_NUMBER.sub(".py", line) for line in as_printed(report, shown)]


def as_printed(report: Report, finding: Finding) -> list[str]:
    """What a terminal shows of a finding."""
    return detail(replace(report, findings=(finding,)), finding.exercise, WIDTH, plain, "", False).splitlines()[1:]
