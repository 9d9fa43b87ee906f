"""A report, as data, in the forms that other programs read: results.json of Gradescope, GitHub Classroom, JUnit.

What a student may not see of a hidden check is in none of them.
"""

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as Xml

from grader.course.safe_text import clean
from grader.judging.findings import BLOCKED, ERRORED, FAULT, PASSED, TODO
from grader.report.unhidden import for_the_student

MOST_OUTPUT = 500  # characters, as GitHub Classroom cuts it
Report = Mapping[str, Any]
Found = Mapping[str, Any]


def seen(finding: Found) -> str:
    """All that a student may read of a finding."""
    lines = [for_the_student(finding["visibility"], finding["status"], finding["message"].splitlines())]
    lines += [f"Recognised: {named['sentence']}  [{named['id']}]" for named in finding["misconceptions"]]
    if finding.get("as_if"):
        lines.append(finding["as_if"]["sentence"])
    return clean("\n".join(filter(None, lines)), 10_000, keep_newlines=True)


# ---- Gradescope


def gradescope_result(report: Report, score: str | None = None, because: str = "") -> dict[str, Any]:
    """What an autograder leaves in results.json. `score`: what counts, where it is not the sum of the checks."""
    head = {"score": float(score)} if score is not None else {}
    said = f"{report['score']} of {report['max_score']} points by the checks."
    return {
        **head,
        "output": "\n".join(filter(None, (said, because, *report["submission"]["taken"]))),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [_gradescope_test(number, found) for number, found in enumerate(report["findings"], 1)],
    }


def _gradescope_test(number: int, finding: Found) -> dict[str, Any]:
    hidden = finding["visibility"] == "hidden"
    return {
        "score": finding["points"],
        "max_score": finding["max_points"],
        "status": "passed" if finding["status"] == PASSED else "failed",
        "name": f"{finding['exercise']}: {clean(finding['sentence'], 300)}",
        "number": str(number),
        "output": seen(finding),
        "tags": [finding["exercise"]],
        "visibility": "after_published" if hidden else "visible",
    }


# ---- GitHub Classroom


def github_result(report: Report) -> dict[str, Any]:
    """The form, version 3, that a grader of GitHub Classroom hands to its reporter."""
    statuses = {finding["status"] for finding in report["findings"]}
    whole = "pass" if statuses <= {PASSED} else "error" if FAULT in statuses else "fail"
    return {
        "version": 3,
        "status": whole,
        "max_score": report["max_score"],
        "tests": [
            {
                "name": f"{finding['exercise']}: {clean(finding['sentence'], 200)}",
                "status": _github_status(finding["status"]),
                "message": seen(finding)[:MOST_OUTPUT],
                "score": finding["points"],
                "max_score": finding["max_points"],
                "duration": finding["seconds"],
            }
            for finding in report["findings"]
        ],
    }


def _github_status(status: str) -> str:
    return {PASSED: "pass", ERRORED: "error", FAULT: "error"}.get(status, "fail")


def step_summary(report: Report) -> str:
    """Markdown for the summary of a step: a line for each exercise, and below it what did not pass."""
    lines = [
        f"## {report['score']} of {report['max_score']} points",
        "",
        "| exercise | passed | points |",
        "|---|---|---|",
    ]
    exercises = dict.fromkeys(finding["exercise"] for finding in report["findings"])
    for id in exercises:
        own = [finding for finding in report["findings"] if finding["exercise"] == id]
        passed = sum(finding["status"] == PASSED for finding in own)
        points = sum(finding["points"] for finding in own)
        lines.append(f"| {id} | {passed} of {len(own)} | {points} of {sum(f['max_points'] for f in own)} |")
    for finding in report["findings"]:
        if finding["status"] not in (PASSED, TODO, BLOCKED):
            lines += ["", f"**{finding['exercise']}**: {_escaped(finding['sentence'])}", "", *_indented(seen(finding))]
    return "\n".join(lines) + "\n"


def _indented(text: str) -> list[str]:
    """Text as code, in which no sign means anything."""
    return [f"    {line}" for line in text.splitlines()]


def _escaped(text: str) -> str:
    signs = "\\`*_{}[]<>#|"
    return "".join(f"\\{letter}" if letter in signs else letter for letter in clean(text, 300))


# ---- JUnit


def junit_suite(report: Report) -> Xml.Element:
    """A suite for one student: a case for each check, with its points as properties."""
    statuses = [finding["status"] for finding in report["findings"]]
    suite = Xml.Element(
        "testsuite",
        name=clean(report["submission"]["student"], 200),
        tests=str(len(statuses)),
        failures=str(sum(status not in (PASSED, ERRORED, FAULT, TODO, BLOCKED) for status in statuses)),
        errors=str(sum(status in (ERRORED, FAULT) for status in statuses)),
        skipped=str(sum(status in (TODO, BLOCKED) for status in statuses)),
        time=f"{sum(finding['seconds'] for finding in report['findings']):.3f}",
    )
    for finding in report["findings"]:
        suite.append(_case(report, finding))
    return suite


def _case(report: Report, finding: Found) -> Xml.Element:
    classname = f"{report['submission']['lecture']}.{finding['exercise']}"
    case = Xml.Element("testcase", name=clean(finding["sentence"], 300), classname=classname)
    case.set("time", f"{finding['seconds']:.3f}")
    properties = Xml.SubElement(case, "properties")
    for name in ("points", "max_points"):
        Xml.SubElement(properties, "property", name=name, value=str(finding[name]))
    if finding["status"] in (TODO, BLOCKED):
        Xml.SubElement(case, "skipped", message=finding["status"])
    elif finding["status"] != PASSED:
        kind = "error" if finding["status"] in (ERRORED, FAULT) else "failure"
        Xml.SubElement(case, kind, message=finding["status"], type=finding["status"]).text = seen(finding)
    return case
