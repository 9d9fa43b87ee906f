"""What is told of files that cannot be imported: one error with its line, and not one for each exercise."""

import sys

from grader.judging.findings import PASSED, Broken, Report

LACKS = ("SyntaxError", "ModuleNotFoundError", "ImportError", "AttributeError")  # what an older Python says


def broken_file(report: Report, id: str) -> Broken | None:
    """The file whose import stopped all of an exercise that has not passed; None if there was more to see."""
    files = {finding.broken and finding.broken.file for finding in report.of_exercise(id) if finding.status != PASSED}
    first = next((finding.broken for finding in report.of_exercise(id) if finding.broken), None)
    return first if first and files == {first.file} else None


def stopped_by(report: Report) -> dict[str, list[str]]:
    """For each file that cannot be imported the exercises of which nothing could be seen, in course order."""
    found: dict[str, list[str]] = {}
    for id in dict.fromkeys(finding.exercise for finding in report.findings):
        if broken := broken_file(report, id):
            found.setdefault(broken.file, []).append(id)
    return found


def sentence(broken: Broken) -> str:
    """What a student reads first."""
    return f"{broken.file} cannot be imported."


def unseen(ids: list[str]) -> str:
    """What follows from it."""
    if len(ids) == 1:
        return f"So nothing could be seen of {ids[0]}."
    return f"So nothing could be seen of {len(ids)} exercises: {', '.join(ids)}."


def newer_python(report: Report) -> str:
    """That the Python with which a submission was packed is newer, where a file cannot be imported; else empty."""
    packed, ours = [int(part) for part in report.submission.python.split(".")[:2] if part], sys.version_info[:2]
    broken = (broken_file(report, ids[0]) for ids in stopped_by(report).values())
    if not any(one and one.told.startswith(LACKS) for one in broken):
        return ""
    if tuple(packed) <= ours:
        return ""
    theirs, here = (".".join(map(str, version)) for version in (packed, ours))
    return f"it was packed with Python {theirs}, and this is {here}: grade it with --python"
