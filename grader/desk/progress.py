"""What a student has done so far, kept in the course folder: the last verdict on each exercise, and hints shown.

A verdict counts as long as the exercise's file is what it was. Losing this file loses nothing but the overview.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.course import Course, Exercise, Lecture, load, places
from grader.course.whole_files import write_whole
from grader.errors import SubmissionError
from grader.judging.findings import BLOCKED, PASSED, TODO, Report
from grader.submission import own_files, text_of

FOLDER = ".grader"
UNTRIED, CHANGED = "untried", "changed"


@dataclass
class Progress:
    """The state of one course folder."""

    root: Path

    def __post_init__(self) -> None:
        self.file = self.root / FOLDER / "progress.json"
        try:
            self.known: dict[str, Any] = dict(json.loads(self.file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            self.known = {}
        self.cells: dict[str, dict[str, bytes]] = {}

    def status(self, exercise: Exercise) -> str:
        """A status of the report, or `untried`, or `changed` since it was last checked."""
        source = self.source(exercise)
        if source is None or places.is_stub(exercise, source):
            return TODO
        seen = self._entry(exercise.id)
        if not seen:
            return UNTRIED
        return str(seen.get("status")) if seen.get("sha256") == _hash(source) else CHANGED

    def points(self, exercise: Exercise) -> int:
        """The public points of the last check, if it still counts."""
        seen = self._entry(exercise.id)
        counts = self.status(exercise) == seen.get("status") and isinstance(seen.get("points"), int)
        return int(seen["points"]) if counts else 0

    def remember(self, report: Report) -> None:
        """Keep the verdicts of a check, and of an exercise that failed the smallest case."""
        for id in dict.fromkeys(finding.exercise for finding in report.findings):
            file = next(e.file for e in report.submission.lecture.exercises if e.id == id)
            findings = report.of_exercise(id)
            self.known[id] = {
                **self._entry(id),
                "status": report.status_of(id),
                "points": sum(finding.points for finding in findings),
                "max_points": sum(finding.max_points for finding in findings),
                "sha256": _hash(text_of(report.submission.files.get(file, b""))),
                "case": report.cases.get(id),
            }
        self._write()

    def failing_case(self, exercise: Exercise) -> Any:
        """The case in which the exercise failed last, as it is kept: it may be anything, and None if none is."""
        return self._entry(exercise.id).get("case")

    def next_hint(self, exercise: Exercise) -> int:
        """The level (1 to 3) of the hint to show now; the next call gives the next one."""
        seen = self._entry(exercise.id).get("hints")
        level = min(seen + 1, len(exercise.hints)) if type(seen) is int and seen > 0 else 1
        self.known[exercise.id] = {**self._entry(exercise.id), "hints": level}
        self._write()
        return level

    def next_exercise(self, course: Course) -> Exercise | None:
        """The first exercise that has not passed; one that waits for another, or for a long training, comes last."""
        left = [e for e in course.exercises.values() if self.status(e) != PASSED]
        ready = (e for e in left if self.status(e) != BLOCKED and not e.is_data)
        return next(ready, left[0] if left else None)

    def done(self, lecture: Lecture) -> int:
        """How many of a lecture's exercises have passed."""
        return sum(self.status(exercise) == PASSED for exercise in lecture.exercises)

    def place(self, exercise: Exercise) -> str:
        """The file and line to open, relative to the course folder."""
        if exercise.is_data:
            return f"{exercise.lecture}/{exercise.file}"
        source = self.source(exercise)
        return f"{exercise.lecture}/{exercise.file}:{places.line_of(exercise, source or '')}"

    def source(self, exercise: Exercise) -> str | None:
        """The text of the exercise's file, or of the cells that stand in for it, if it is there."""
        try:
            data = (self.root / exercise.lecture / exercise.file).read_bytes()
        except OSError:
            data = None
        data = self._from_notebooks(exercise.lecture).get(exercise.file, data)
        return None if data is None else text_of(data)

    def _from_notebooks(self, lecture: str) -> dict[str, bytes]:
        """Those modules of a lecture that are cells of a notebook; none if one cannot be read, which a check tells."""
        if lecture not in self.cells:
            try:
                found = own_files(self.root, load(), load().lecture(lecture))
            except SubmissionError:
                found = None
            self.cells[lecture] = {name: found.files[name] for name in found.notebooks} if found else {}
        return self.cells[lecture]

    def _entry(self, id: str) -> dict[str, Any]:
        entry = self.known.get(id)
        return entry if isinstance(entry, dict) else {}

    def _write(self) -> None:
        write_whole(self.file, json.dumps(self.known, indent=1, sort_keys=True).encode())


def _hash(source: str) -> str:
    return hashlib.sha256(source.encode("utf-8", "replace")).hexdigest()
