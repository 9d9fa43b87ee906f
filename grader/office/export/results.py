"""One result for each student, from their report: for Gradescope, for GitHub Classroom, and as JUnit's XML."""

import json
from xml.etree import ElementTree as Xml

from grader.office.export.asked import Asked, Exported
from grader.office.export.class_marks import ClassMarks, shown
from grader.report.as_results import github_result, gradescope_result, junit_suite, step_summary


def gradescope(marks: ClassMarks, asked: Asked) -> Exported:
    """A results.json for each student, as an autograder leaves it."""
    files = {}
    for row in marks.rows:
        report = marks.report(row)
        if report and row.mark is not None:
            result = gradescope_result(report, str(row.mark) if row.mark != report["score"] else None, row.because)
            files[f"{row.place}/results.json"] = _json(result)
    return Exported(files, tuple(_without(marks)))


def github(marks: ClassMarks, asked: Asked) -> Exported:
    """What a grader of GitHub Classroom puts out, and the step summary, for each student."""
    files = {}
    for row in marks.rows:
        report = marks.report(row)
        if report:
            files[f"{row.place}/result.json"] = _json(github_result(report))
            files[f"{row.place}/summary.md"] = step_summary(report).encode()
    return Exported(files, tuple(_without(marks)))


def junit(marks: ClassMarks, asked: Asked) -> Exported:
    """One document: a suite for each student, a case for each check."""
    root = Xml.Element("testsuites", name="grader")
    for row in marks.rows:
        report = marks.report(row)
        if report:
            root.append(junit_suite(report))
    for count in ("tests", "failures", "errors", "skipped"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    Xml.indent(root)
    return Exported({"": Xml.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"}, tuple(_without(marks)))


def _without(marks: ClassMarks) -> list[str]:
    lost = [row.student for row in marks.rows if row.score is None]
    return [f"Without a report, and not exported: {shown(lost)}."] if lost else []


def _json(result: object) -> bytes:
    return (json.dumps(result, indent=1) + "\n").encode()
