"""A record: what was found out about one submission under given terms, as JSON text. It names no student.

The reports of all who handed in the same files are made from it. Reading one executes nothing.
"""

import json
from dataclasses import fields
from typing import Any

from grader.judging.findings import Broken, Finding, Named, Reach, Report, Shown
from grader.submission import Submission

SCHEMA = "zero-to-hero/record/1"


def to_record(report: Report, terms: str) -> str:
    """The record of a report."""
    content = {
        "schema": SCHEMA,
        "terms": json.loads(terms),
        "sha256": report.submission.sha256,
        "circumstances": dict(report.circumstances),
        "findings": report.findings,
    }
    return json.dumps(content, default=_by_field) + "\n"


def _by_field(part: Any) -> dict[str, Any]:
    """A finding, or a part of one, as `json` asks for it."""
    return {field.name: getattr(part, field.name) for field in fields(part)}


def from_record(text: str | bytes, terms: str, submission: Submission) -> Report | None:
    """The report on this submission; None if the text is no record of it under these terms, or a damaged one."""
    try:
        content = json.loads(text)
        if [content[name] for name in ("schema", "terms", "sha256")] != [SCHEMA, json.loads(terms), submission.sha256]:
            return None
        findings = tuple(_finding(found) for found in content["findings"])
        return Report(submission, findings, dict(content["circumstances"]))
    except (ValueError, TypeError, KeyError):
        return None


def _finding(found: dict[str, Any]) -> Finding:
    shown, named, broken = found.pop("difference"), found.pop("misconceptions"), found.pop("broken", None)
    return Finding(
        **found,
        difference=shown and _shown(shown),
        misconceptions=tuple(Named(**one) for one in named),
        broken=broken and Broken(**broken),
    )


def _shown(shown: dict[str, Any]) -> Shown:
    reach = shown.pop("reach")
    return Shown(**shown, reach=reach and Reach(**{**reach, "shape": tuple(reach["shape"])}))
