"""One run over a class: what is marked already is taken from its record, the rest is handed to the crew.

Only so many submissions are in memory as the crew can hold. A submission that a lost process took with it is tried
again, alone; if those processes are lost too, it is a fault.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path

from grader.course import Lecture, load
from grader.errors import SubmissionError
from grader.judging.findings import Report
from grader.office.gradebook.crew import Crew
from grader.office.gradebook.marking import failure, mark
from grader.office.gradebook.marks_folder import Marks
from grader.office.gradebook.records import from_record
from grader.office.gradebook.rows import BROKEN, GRADED, REJECTED, Row, row_of
from grader.office.gradebook.terms import OtherTerms, key_of, terms_of
from grader.submission import Submission, open_submission

TRIES_ALONE = 2
KILLED = f"the process that graded this was killed, {TRIES_ALONE + 1} times"


@dataclass(frozen=True)
class Case:
    """One entry that can be marked: its submission, the terms, and the key that its record is kept under."""

    submission: Submission
    terms: str
    key: str


@dataclass
class Run:
    """The class, entry by entry. `again`: what an earlier run has found out does not count."""

    marks: Marks
    crew: Crew
    lecture: Lecture | None
    seed: int
    level: str
    again: bool = False
    waiting: dict[Future[str], list[Case]] = field(default_factory=dict)
    lost: list[Case] = field(default_factory=list)
    marked: set[str] = field(default_factory=set)  # keys of records that this run has made
    used: set[str] = field(default_factory=set)  # keys of all records that this run has met

    def rows(self, found: Iterable[tuple[str, Path]]) -> Iterator[Row]:
        """A row for every entry, as they come. The reports of a row are written when it is given out."""
        for student, path in found:
            yield from self._begin(student, path)
            while sum(map(len, self.waiting.values())) >= self.crew.width:
                yield from self._news()
        while self.waiting:
            yield from self._news()
        for number in range(TRIES_ALONE):
            lost, self.lost = self.lost, []
            for case in lost:
                self._hand_over(case)
                while self.waiting:
                    yield from self._news(last_time=number + 1 == TRIES_ALONE)

    def _begin(self, student: str, path: Path) -> Iterator[Row]:
        """Open an entry. What can be said at once is said, the rest is handed over."""
        try:
            case = self._case(student, path)
        except SubmissionError as error:
            yield self._without_report(Row(student, REJECTED, str(error)))
            return
        except Exception as error:
            yield self._without_report(Row(student, BROKEN, failure(error)))
            return
        self.used.add(case.key)
        known = None if self.again and case.key not in self.marked else self._known(case)
        if known:
            self.marks.show(student, known)
            yield row_of(known, reused=case.key not in self.marked)
        else:
            self._hand_over(case)

    def _case(self, student: str, path: Path) -> Case:
        submission = open_submission(path, load(), self.lecture, student)
        terms = terms_of(submission.lecture, self.seed, self.level)
        return Case(submission, terms, key_of(terms, submission.sha256))

    def _known(self, case: Case) -> Report | None:
        record = self.marks.record(case.key)
        return from_record(record, case.terms, case.submission) if record else None

    def _hand_over(self, case: Case) -> None:
        """To the crew, unless the same files are on their way already."""
        for cases in self.waiting.values():
            if cases[0].key == case.key:
                cases.append(case)
                return
        self.waiting[self.crew.submit(mark, case.terms, case.submission.files)] = [case]

    def _news(self, last_time: bool = False) -> Iterator[Row]:
        """The rows of what has come back."""
        done, _ = wait(self.waiting, self.crew.patience, return_when=FIRST_COMPLETED)
        if not done:
            self.crew.check()
        for future in done:
            cases = self.waiting.pop(future)
            try:
                record = future.result()
            except self.crew.losses:
                yield from self._after_loss(cases, last_time)
            except OtherTerms:
                raise
            except Exception as error:  # whatever broke was ours, and costs these rows alone
                yield from (self._without_report(_row(case, failure(error))) for case in cases)
            else:
                yield from (self._arrived(case, record) for case in cases)

    def _after_loss(self, cases: list[Case], last_time: bool) -> Iterator[Row]:
        self.crew.check()
        if not last_time:
            self.lost += cases
            return
        yield from (self._without_report(_row(case, KILLED)) for case in cases)

    def _arrived(self, case: Case, record: str) -> Row:
        """Keep a record, unless there is a fault in it, and show the report."""
        report = from_record(record, case.terms, case.submission)
        if report is None:
            return self._without_report(_row(case, "what the process that graded this gave back is no record"))
        row = row_of(report)
        if row.status == GRADED:
            self.marks.keep(case.key, record)
            self.marked.add(case.key)
        self.marks.show(row.student, report)
        return row

    def _without_report(self, row: Row) -> Row:
        self.marks.show(row.student, None)
        return row


def _row(case: Case, reason: str) -> Row:
    return Row(case.submission.student, BROKEN, reason)
