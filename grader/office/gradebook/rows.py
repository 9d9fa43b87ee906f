"""One entry of the inbox as the gradebook shows it: its marks, or the reason why it has none.

A row is all that stays in memory of an entry; the report behind it lies on disk.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from grader.judging.findings import ERRORED, FAULT, TODO, Report
from grader.office.intake import HandIn, Person
from grader.report.broken import newer_python, stopped_by
from grader.submission import Submission

GRADED, REJECTED, BROKEN, WAITING, ABSENT = "graded", "rejected", "fault", "waiting", "absent"


@dataclass(frozen=True, slots=True)
class Row:
    """What the gradebook and the table of the class say of one entry.

    `student` is the name in any script, `folder` where the reports lie, `entry` what the inbox calls the hand-in.
    `score` is what the checks gave, `mark` what counts, and `because` why these are not the same.
    `taken`: from where the files were taken, if that is not plain, as which cells of a notebook.
    `reused`: it was marked in an earlier run, and nothing that decides its marks has changed since.
    """

    student: str
    status: str
    reason: str = ""
    lecture: str = ""
    score: int | None = None
    max_score: int | None = None
    points: Mapping[str, int] = field(default_factory=dict)
    mistakes: tuple[str, ...] = ()
    remark: str = ""
    taken: str = ""
    isolation: str = ""
    sha256: str = ""
    reused: bool = False
    folder: str = ""
    entry: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    handed_in: str = ""  # when, as the platform says it
    late: bool = False  # the platform says so
    attempt: int | None = None  # the platform's count
    mark: Decimal | None = None
    because: str = ""
    doubt: str = ""  # what a person should look at

    @property
    def place(self) -> str:
        """The folder of the reports; it tells rows apart, where names need not."""
        return self.folder or self.student

    @property
    def id(self) -> str:
        """The number or login that tells two people of one name apart."""
        return next(iter(self.ids.values()), "")

    @property
    def why(self) -> str:
        """Whatever was odd, in full."""
        return "; ".join(filter(None, (self.reason, self.taken)))


def row_for(hand_in: HandIn, row: Row) -> Row:
    """The row, with all that the inbox and the roster say of the hand-in."""
    return replace(
        row,
        student=hand_in.person.name,
        folder=hand_in.folder,
        entry=hand_in.written,
        ids=dict(hand_in.person.ids),
        handed_in=hand_in.when.isoformat() if hand_in.when else "",
        late=hand_in.late,
        attempt=hand_in.attempt,
        reason="; ".join(filter(None, (row.reason, hand_in.remark, hand_in.doubt))),
        doubt=hand_in.doubt,
        mark=None if row.score is None or row.status != GRADED else Decimal(row.score),
    )


def absent_row(person: Person, folder: str) -> Row:
    """Somebody of the roster who handed in nothing."""
    return Row(person.name, ABSENT, "nothing was handed in", folder=folder, ids=dict(person.ids))


def row_of(report: Report, reused: bool = False) -> Row:
    """The row of an entry that has a report."""
    submission = report.submission
    faults = sum(finding.status == FAULT for finding in report.findings)
    reason, taken = _found(submission)
    if faults:
        reason = f"the grader failed in {faults} checks; grade this one again"
    return Row(
        student=submission.student,
        status=BROKEN if faults else GRADED,
        reason=reason,
        lecture=submission.lecture.id,
        score=report.score,
        max_score=report.max_score,
        points=_points(report),
        mistakes=tuple(named.id for named in report.mistakes),
        remark=_remark(report),
        taken=taken,
        isolation=report.circumstances["isolation"],
        sha256=submission.sha256,
        reused=reused,
    )


def _found(submission: Submission) -> tuple[str, str]:
    """What was not handed in, or is there under a name that may mean it; and from where the rest was taken."""
    unsure = [remark for remark in submission.remarks if remark.startswith(tuple(f"{n} " for n in submission.missing))]
    absent = [name for name in submission.missing if not any(remark.startswith(f"{name} ") for remark in unsure)]
    told = [f"not handed in: {', '.join(absent)}"] if absent else []
    return "; ".join(unsure + told), "; ".join(remark for remark in submission.remarks if remark not in unsure)


def _points(report: Report) -> dict[str, int]:
    """The points of each exercise that was examined, in course order."""
    findings = {exercise.id: report.of_exercise(exercise.id) for exercise in report.submission.lecture.exercises}
    return {id: sum(finding.points for finding in found) for id, found in findings.items() if found}


def _remark(report: Report) -> str:
    """The recognised mistakes, what cannot be imported, else what stopped, else what is missing."""
    parts = [named.id for named in report.mistakes]
    unread = stopped_by(report)
    parts += [f"{file} cannot be imported" for file in unread]
    parts += filter(None, [newer_python(report)])
    unseen = {id for ids in unread.values() for id in ids}
    errors = [f for f in report.findings if f.status == ERRORED and not f.misconceptions]
    lost = Counter(finding.exercise for finding in errors if finding.exercise not in unseen)
    parts += [f"{count} {'check' if count == 1 else 'checks'} of {id} stopped" for id, count in list(lost.items())[:3]]
    submission = report.submission
    there = [exercise.id for exercise in submission.lecture.exercises if exercise.file in submission.files]
    todo = sum(report.status_of(id) == TODO for id in there)
    parts += [f"{todo} exercises not written"] if todo else []
    return "; ".join(parts)
