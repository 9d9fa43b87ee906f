"""One submission in a platform's container: what lies in it is marked, and the result is what that platform reads."""

import json
from pathlib import Path
from typing import Any

from grader.course import load, use
from grader.course.safe_text import clean
from grader.errors import Fault, SubmissionError
from grader.judging.examiner import examiner
from grader.judging.findings import FAULT
from grader.office.autograder import CONFIGURATION
from grader.report.as_json import to_dict
from grader.report.as_results import gradescope_result
from grader.sandbox import isolation
from grader.submission import Submission, open_submission


def run(home: Path) -> dict[str, Any]:
    """The result of the submission in `home`. Raises a KitError where the container or the kit is to blame."""
    told = _configuration(home / "source" / CONFIGURATION)
    use(home / "source" / told["course"])
    level = isolation.for_strangers(told["min_isolation"], unsafe=False)
    lecture = load().lecture(told["lecture"])
    try:
        submission = open_submission(home / "submission", load(), lecture, _student(home))
    except SubmissionError as error:
        return _refused(str(error), lecture.points)
    return _marked(submission, int(told["seed"]), level)


def _configuration(file: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        raise Fault(f"{file} cannot be read ({error}); make the autograder again: grader autograder") from None
    return told


def _student(home: Path) -> str:
    """Who handed in, as the platform says; it decides nothing."""
    try:
        users = json.loads((home / "submission_metadata.json").read_bytes())["users"]
        return clean(", ".join(str(user["name"]) for user in users), 200) or "student"
    except (OSError, ValueError, KeyError, TypeError):
        return "student"


def _marked(submission: Submission, seed: int, level: str) -> dict[str, Any]:
    with examiner(submission.lecture, seed, level=level) as judge:
        report = judge.examine(submission)
    faults = sum(finding.status == FAULT for finding in report.findings)
    if faults:
        raise Fault(f"the grader failed in {faults} checks; run the autograder again")
    return gradescope_result(to_dict(report))


def _refused(sentence: str, points: int) -> dict[str, Any]:
    """No mark is a surprise: the sentence stands first, and there is one test that says how many points wait."""
    said = f"This could not be taken as a submission, and nothing of it was marked: {sentence}."
    test = {
        "name": "What was handed in can be read",
        "score": 0,
        "max_score": points,
        "status": "failed",
        "output": said,
        "visibility": "visible",
    }
    return {"score": 0, "output": said, "output_format": "text", "stdout_visibility": "hidden", "tests": [test]}
