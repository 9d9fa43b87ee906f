"""What a student has done so far, kept in the course folder: the last verdict on each exercise, and hints shown.

A verdict counts as long as what the exercise rests on is what it was (see `dependence`). Losing this file loses nothing
but the overview.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.course import Course, Exercise, Lecture, load, places
from grader.course.kept_copies import FOLDER
from grader.course.source_text import text_of
from grader.course.whole_files import write_whole
from grader.errors import UsageError
from grader.judging.findings import BLOCKED, PASSED, TODO, Finding, Report

if TYPE_CHECKING:
    from grader.desk.dependence import Dependence
    from grader.submission import Found
    from grader.submission.running import Running

UNTRIED, CHANGED = "untried", "changed"
CODE = (".py", ".ipynb")


@dataclass
class Progress:
    """The state of one course folder."""

    root: Path
    running: "Running | None" = None  # the notebook that asks: its cells count, saved or not

    def __post_init__(self) -> None:
        self.file = self.root / FOLDER / "progress.json"
        try:
            self.known: dict[str, Any] = dict(json.loads(self.file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            self.known = {}
        self.files: dict[str, Mapping[str, bytes]] = {}
        self.notebooks: dict[str, Mapping[str, str]] = {}
        self.dependences: dict[str, Dependence] = {}

    def status(self, exercise: Exercise) -> str:
        """A status of the report, or `untried`, or `changed` since it was last checked."""
        source = self.source(exercise)
        if source is None or places.is_stub(exercise, source):
            return TODO
        seen = self._entry(exercise.id)
        if not seen:
            return UNTRIED
        status = str(seen.get("status"))
        if seen.get("files") == _hash_of(self._files(exercise.lecture)):
            return status
        return (
            status
            if seen.get("rests_on") == _rests_on(exercise, status, self._dependence(exercise.lecture))
            else CHANGED
        )

    def last(self, exercise: Exercise) -> str:
        """The last verdict, whether or not it still counts; empty if there was none."""
        return str(self._entry(exercise.id).get("status", ""))

    def points(self, exercise: Exercise) -> int:
        """The public points of the last check, if it still counts."""
        seen = self._entry(exercise.id)
        counts = self.status(exercise) == seen.get("status") and isinstance(seen.get("points"), int)
        return int(seen["points"]) if counts else 0

    def remember(self, report: Report) -> None:
        """Keep the verdicts of a check, and of an exercise that failed the smallest case."""
        from grader.desk.dependence import Dependence

        lecture, files = report.submission.lecture, _hash_of(report.submission.files)
        checked = Dependence(lecture, report.submission.files)
        for exercise in lecture.exercises:
            id, findings = exercise.id, report.of_exercise(exercise.id)
            if not findings:
                continue
            status = report.status_of(id)
            self.known[id] = {
                **{key: value for key, value in self._entry(id).items() if key in _kept(status)},
                "status": status,
                "points": sum(finding.points for finding in findings),
                "max_points": sum(finding.max_points for finding in findings),
                "files": files,
                "rests_on": _rests_on(exercise, status, checked),
                "case": report.cases.get(id),
                "recognised": _recognised(findings),
            }
        self.files.clear()
        self.dependences.clear()
        self._write()

    def failing_case(self, exercise: Exercise) -> Any:
        """The case in which the exercise failed last, as it is kept: it may be anything, and None if none is."""
        return self._entry(exercise.id).get("case")

    def next_hint(self, exercise: Exercise) -> int:
        """The level (1 to 3) of the hint to show now; the next call gives the next one. 4 if all have been shown."""
        seen = self._entry(exercise.id).get("hints")
        level = min(seen, len(exercise.hints)) + 1 if type(seen) is int and seen > 0 else 1
        self._keep(exercise, hints=level)
        return level

    def recognised(self, exercise: Exercise) -> list[str]:
        """What was recognised in the code as it is, each a paragraph, if that was not told as a hint before."""
        seen = self._entry(exercise.id)
        found, told = (texts if isinstance(texts := seen.get(key), list) else [] for key in ("recognised", "told"))
        new = [text for text in found if isinstance(text, str) and text not in told]
        return new if new and self.status(exercise) == seen.get("status") else []

    def tell(self, exercise: Exercise, recognised: list[str]) -> None:
        """Remember that this was told as a hint."""
        told = self._entry(exercise.id).get("told")
        self._keep(exercise, told=[*(told if isinstance(told, list) else []), *recognised])

    def _keep(self, exercise: Exercise, **values: Any) -> None:
        self.known[exercise.id] = {**self._entry(exercise.id), **values}
        self._write()

    def next_exercise(self, course: Course) -> Exercise | None:
        """The first exercise that has not passed; one that waits for another, or for a long training, comes last."""
        left = [e for e in course.exercises.values() if self.status(e) != PASSED]
        ready = (e for e in left if self.status(e) != BLOCKED and not e.is_data)
        return next(ready, left[0] if left else None)

    def done(self, lecture: Lecture) -> int:
        """How many of a lecture's exercises have passed."""
        return sum(self.status(exercise) == PASSED for exercise in lecture.exercises)

    def place(self, exercise: Exercise) -> str:
        """The file and line to open, relative to the course folder; of a notebook the cell."""
        if exercise.is_data:
            return f"{exercise.lecture}/{exercise.file}"
        source = self.source(exercise) or ""
        line = places.line_of(exercise, source)
        if self.is_in_notebook(exercise) and not self.running:
            above = re.findall(r"^# code cell (\d+)$", "\n".join(source.split("\n")[:line]), re.MULTILINE)
            return ", code cell ".join([self.notebooks[exercise.lecture][exercise.file], *above[-1:]])
        return f"{exercise.lecture}/{exercise.file}:{line}"

    def source(self, exercise: Exercise) -> str | None:
        """The text of the exercise's file, or of the cells that stand in for it, if it is there."""
        data = self._files(exercise.lecture).get(exercise.file)
        return None if data is None else text_of(data)

    def is_in_notebook(self, exercise: Exercise) -> bool:
        """Whether cells of a notebook stand in for the exercise's file."""
        self._files(exercise.lecture)
        return exercise.file in self.notebooks[exercise.lecture]

    def _dependence(self, lecture: str) -> "Dependence":
        """What each exercise of a lecture rests on, by the files as they are."""
        from grader.desk.dependence import Dependence

        if lecture not in self.dependences:
            self.dependences[lecture] = Dependence(load().lecture(lecture), self._files(lecture))
        return self.dependences[lecture]

    def _files(self, lecture: str) -> Mapping[str, bytes]:
        """The lecture's files as a check takes them; if it could not, which it tells, those that lie there."""
        if lecture not in self.files:
            wanted = load().lecture(lecture)
            found = self._found(wanted) if self.running or self._has_more(wanted) else None
            self.notebooks[lecture] = found.notebooks if found else {}
            self.files[lecture] = found.files if found else self._lying(wanted)
        return self.files[lecture]

    def _found(self, lecture: Lecture) -> "Found | None":
        from grader.submission import own_files

        try:
            return (self.running.found if self.running else own_files)(self.root, load(), lecture)
        except UsageError:
            return None

    def _has_more(self, lecture: Lecture) -> bool:
        """Whether there may be code besides the lecture's modules: notebooks, the student's own, what it borrows."""
        beside, within = (_names_in(folder) for folder in (self.root, self.root / lecture.id))
        more = [*beside, *within - set(lecture.files)]
        return any(name.endswith(CODE) for name in more) or bool(lecture.borrows and self._is_begun(lecture))

    def _is_begun(self, lecture: Lecture) -> bool:
        stubs = load().folders.exercises / lecture.id
        return any((stubs / name).read_bytes() != data for name, data in self._lying(lecture).items())

    def _lying(self, lecture: Lecture) -> dict[str, bytes]:
        folder, found = self.root / lecture.id, {}
        for name in lecture.files:
            with suppress(OSError):
                found[name] = (folder / name).read_bytes()
        return found

    def _entry(self, id: str) -> dict[str, Any]:
        entry = self.known.get(id)
        return entry if isinstance(entry, dict) else {}

    def _write(self) -> None:
        write_whole(self.file, json.dumps(self.known, indent=1, sort_keys=True).encode())


def _kept(status: str) -> tuple[str, ...]:
    """What a new verdict leaves as it is. A mistake that returns after the exercise has passed may be told again."""
    return ("hints",) if status == PASSED else ("hints", "told")


def _recognised(findings: Iterable[Finding]) -> list[str]:
    """Each recognised mistake with its question, and what a made one says, as it was told."""
    named = [f"{one.sentence}  [{one.id}]\n\n{one.question}" for f in findings for one in f.misconceptions]
    return list(dict.fromkeys([*named, *(f.as_if.sentence for f in findings if f.as_if)]))


def _rests_on(exercise: Exercise, status: str, now: "Dependence") -> str:
    """What a verdict rests on: one that waits for another exercise, on all the files."""
    return now.of_all() if status == BLOCKED else now.of(exercise)


def _hash_of(files: Mapping[str, bytes]) -> str:
    """Of all the files as they are: while this stays, nothing can have changed."""
    hashed = hashlib.sha256()
    for name, data in sorted(files.items()):
        hashed.update(f"{name}\0{len(data)}\0".encode() + data)
    return hashed.hexdigest()


def _names_in(folder: Path) -> set[str]:
    try:
        return set(os.listdir(folder))
    except OSError:
        return set()
