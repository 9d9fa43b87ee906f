"""A report as JSON, schema zero-to-hero/report/1 (see report.schema.json beside this file)."""

import json
from dataclasses import asdict
from typing import Any

from grader.judging.findings import Finding, Report, Shown

SCHEMA = "zero-to-hero/report/1"


def to_dict(report: Report) -> dict[str, Any]:
    """The document, with its keys in the order of the schema."""
    submission = report.submission
    return {
        "schema": SCHEMA,
        "submission": {
            "student": submission.student,
            "lecture": submission.lecture.id,
            "sha256": submission.sha256,
            "taken": list(submission.remarks),
        },
        "circumstances": dict(report.circumstances),
        "score": report.score,
        "max_score": report.max_score,
        "findings": [_finding(finding) for finding in report.findings],
    }


def to_json(report: Report) -> str:
    """The document as text, each finding in a line of its own."""
    document = to_dict(report)
    findings = ",\n  ".join(map(json.dumps, document.pop("findings")))
    head = json.dumps(document, indent=1).removesuffix("\n}")
    return f'{head},\n "findings": [\n  {findings}\n ]\n}}\n'


def _finding(finding: Finding) -> dict[str, Any]:
    shown = finding.difference
    return {
        "exercise": finding.exercise,
        "test": finding.test,
        "sentence": finding.sentence,
        "visibility": finding.visibility,
        "status": finding.status,
        "points": finding.points,
        "max_points": finding.max_points,
        "seconds": finding.seconds,
        "difference": shown and _difference(shown),
        "misconceptions": [{"id": named.id, "sentence": named.sentence} for named in finding.misconceptions],
        "as_if": finding.as_if and asdict(finding.as_if),
        "message": finding.message,
        "outputs": finding.outputs,
    }


def _difference(shown: Shown) -> dict[str, Any]:
    reach = shown.reach
    return {
        "where": shown.where,
        "yours": shown.yours,
        "expected": shown.expected,
        "inputs": shown.inputs,
        "gap": shown.gap,
        "relative": shown.relative,
        "reach": reach
        and {"step": reach.step, "shape": list(reach.shape), "wrong": reach.wrong, "entries": reach.entries},
        "pattern": shown.pattern,
        "way": shown.way,
    }
