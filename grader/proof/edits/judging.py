"""What a student with an edit in the code is told: whether it is found, and where it is said to lie."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from multiprocessing.util import Finalize
from pathlib import Path

from grader.course import Lecture, load
from grader.judging.examiner import Examiner, examiner
from grader.judging.findings import ERRORED, FAILED, Finding, Report
from grader.judging.mistakes.edits import exercises_of
from grader.judging.mistakes.known import known_mistakes
from grader.judging.shared_answers import Answers
from grader.judging.suite import PUBLIC
from grader.proof.audit.measuring import SEED, alternatives
from grader.proof.edits.making import Edit
from grader.proof.mutants.trying import in_processes
from grader.sandbox import Limits
from grader.submission import Submission

LIMITS = Limits(check_seconds=3.0)  # some loop for ever
SHOWN = re.compile(r"^(?:at|running) \S*?([\w.]+):(\d+)(?: in |    |$)", re.MULTILINE)


@dataclass(frozen=True)
class Outcome:
    """What is said about an edit.

    `seen`: public or hidden, by which checks it is found; empty if by none. `said`: names and sentences that point to
    the edited function; `wrong`: those that point elsewhere. `stopped`: an exception is shown with a line in it.
    `alone`: no exercise fails but those that are solved in it.
    """

    edit: Edit
    seen: str = ""
    said: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    stopped: bool = False
    alone: bool = False

    @property
    def located(self) -> str:
        """How the student is led to the function: told where, or shown a line in it; else empty."""
        return "told" if self.said else "stopped" if self.stopped else ""


def outcomes(lecture: Lecture, edits: list[Edit], jobs: int, kept: Path) -> Iterator[Outcome]:
    """The outcomes as they come; what our solution gives with mistakes in it is kept in one file for all processes."""
    yield from in_processes(jobs, _open, (lecture.id, str(kept)), _outcome, edits)


_examiner: Examiner  # of this process, one of the pool
_others: dict[str, Submission]


def _open(lecture: str, kept: str) -> None:
    """Warm up, once for all edits that this process will judge."""
    global _examiner, _others
    stack, found = ExitStack(), load().lecture(lecture)
    answers = Answers(Path(kept))
    _examiner = stack.enter_context(examiner(found, SEED, LIMITS, kept=answers, tries_made=True))
    _others = {other.student: other for other in alternatives(found, load())}
    Finalize(None, stack.close, exitpriority=10)


def _outcome(edit: Edit) -> Outcome:
    return outcome(_examiner, edit, _others[edit.place.hand])


def outcome(judge: Examiner, edit: Edit, other: Submission) -> Outcome:
    """Judged as `grader check` does; by the hidden checks as well where the public ones see nothing."""
    edited = replace(other, files={**other.files, edit.place.file: edit.source.encode()})
    report = judge.examine(edited, hidden=False)
    if not _failing(report):
        report = judge.examine(edited)
    failing = _failing(report)
    if not failing:
        return Outcome(edit)
    seen = "public" if any(finding.visibility == PUBLIC for finding in failing) else "hidden"
    said, wrong = pointing(judge.lecture, edit, failing)
    alone = {finding.exercise for finding in failing} <= edit.place.exercises
    return Outcome(edit, seen, said, wrong, any(shows(edit, finding) for finding in failing), alone)


def _failing(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.status in (FAILED, ERRORED)]


def pointing(lecture: Lecture, edit: Edit, failing: list[Finding]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names and sentences that point to the edited function, and those that point elsewhere."""
    said = dict.fromkeys(f.as_if.sentence for f in failing if f.as_if and _is_there(edit, f.as_if.where))
    elsewhere = dict.fromkeys(f.as_if.sentence for f in failing if f.as_if and not _is_there(edit, f.as_if.where))
    for id in dict.fromkeys(named.id for finding in failing for named in finding.misconceptions):
        (said if _exercises(lecture, id) & edit.place.exercises else elsewhere)[id] = None
    return tuple(said), tuple(elsewhere)


def _is_there(edit: Edit, where: str) -> bool:
    owner, _, name = edit.place.function.rpartition(".")
    return where.partition(",")[0] == (f"in {name} of {owner}" if owner else f"in {name}")


def _exercises(lecture: Lecture, id: str) -> frozenset[str]:
    """In which exercises a known mistake lies, in any of its ways."""
    (mistake,) = [mistake for mistake in known_mistakes(lecture.id) if mistake.id == id]
    return frozenset(exercise for edits in mistake.variants for exercise in exercises_of(edits, lecture))


def shows(edit: Edit, finding: Finding) -> bool:
    """Whether an exception is shown with a line of the edited function."""
    shown = SHOWN.findall(finding.message) if finding.status == ERRORED else []
    return any(file == edit.place.file and int(line) in edit.lines for file, line in shown)
