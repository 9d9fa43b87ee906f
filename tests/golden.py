"""Golden submissions: per lecture a folder per situation, what is said of it, and the report that it must get."""

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.course import Lecture, load
from grader.judging.examiner import Examiner
from grader.judging.findings import PASSED, Report
from grader.report.as_json import to_dict
from grader.sandbox import Limits
from grader.submission import open_submission

FOLDER = Path(__file__).parent / "submissions"
SEED = 1
LIMITS = Limits(check_seconds=1.0)
RUNNING = re.compile(r"^(running \S+?):\d+( in \S+)?.*$", re.MULTILINE)


@dataclass(frozen=True)
class Situation:
    """One golden submission."""

    lecture: Lecture
    name: str

    @property
    def folder(self) -> Path:
        return FOLDER / self.lecture.id / self.name

    @property
    def about(self) -> dict[str, Any]:
        return tomllib.loads((self.folder / "about.toml").read_text(encoding="utf-8"))

    @property
    def expected_file(self) -> Path:
        return self.folder / "expected.json"

    @property
    def expected(self) -> Any:
        return json.loads(self.expected_file.read_text(encoding="utf-8"))

    def varies(self, exercise: str) -> bool:
        """Whether what is said of the exercise is not the same in every run."""
        varies = self.about.get("varies", False)
        return varies if isinstance(varies, bool) else exercise in varies

    def report(self, judge: Examiner) -> Report:
        return judge.examine(open_submission(self.folder, load(), judge.lecture))


def situations() -> list[Situation]:
    """All of them, lecture by lecture, in the order of their names."""
    folders = [(lecture, FOLDER / lecture.id) for lecture in load().lectures if (FOLDER / lecture.id).is_dir()]
    return [Situation(lecture, path.name) for lecture, folder in folders for path in sorted(folder.iterdir())]


def lasting(report: Report, varies: Callable[[str], bool] = lambda exercise: False) -> dict[str, Any]:
    """What of a report is the same in every run: passed checks by name, the others in full.

    The line on which a loop was caught is not: only its file and function are kept. Nor are the numbers that depend on
    the order of a set, or on the version of torch (`varies`): which mistake it is must be clear all the same.
    """
    document = to_dict(report)
    findings = document["findings"]
    for finding in findings:
        del finding["seconds"], finding["outputs"]  # a hash says nothing to who reads a golden report
        if finding["as_if"] is None:
            del finding["as_if"]
        finding["message"] = RUNNING.sub(r"\1\2", finding["message"])
        if varies(finding["exercise"]):
            del finding["message"], finding["difference"]
    return {
        "score": document["score"],
        "max_score": document["max_score"],
        "passed": [f"{f['exercise']}: {f['test']}" for f in findings if f["status"] == PASSED],
        "others": [f for f in findings if f["status"] != PASSED],
    }
