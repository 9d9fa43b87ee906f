"""One run over a class: what is marked already is taken from its record, the rest is handed to the crew.

Only so many submissions are in memory as the crew can hold. A submission that a lost process took with it is tried
again, alone; if those processes are lost too, it is a fault.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field

from grader.course import Lecture, load
from grader.errors import SubmissionError
from grader.judging.findings import Report
from grader.office.gradebook.crew import Crew
from grader.office.gradebook.marking import failure, mark
from grader.office.gradebook.marks_folder import Marks
from grader.office.gradebook.records import from_record
from grader.office.gradebook.rows import BROKEN, GRADED, REJECTED, Row, row_for, row_of
from grader.office.gradebook.terms import OtherTerms, key_of, terms_of
from grader.office.intake import HandIn
from grader.submission import Submission, open_submission

TRIES_ALONE = 2
NO_RECORD = "what the process that graded this gave back is no record"
KILLED = f"the process that graded this was killed, {TRIES_ALONE + 1} times"


@dataclass(frozen=True)
class Case:
    """One hand-in that can be marked: its submission, the terms, and the key that its record is kept under."""

    hand_in: HandIn
    submission: Submission
    terms: str
    key: str


@dataclass
class Run:
    """The class, hand-in by hand-in. `again`: what an earlier run has found out does not count.

    A hand-in without a folder is marked, and shown nowhere.
    """

    marks: Marks
    crew: Crew
    lecture: Lecture | None
    seed: int
    level: str
    again: bool = False
    newest: bool = False  # of several copies in one hand-in the newest counts
    terms: dict[str, str] = field(default_factory=dict)  # of each lecture that was marked
    waiting: dict[Future[str], list[Case]] = field(default_factory=dict)
    lost: list[Case] = field(default_factory=list)
    marked: set[str] = field(default_factory=set)  # keys of records that this run has made
    used: set[str] = field(default_factory=set)  # keys of all records that this run has met

    def rows(self, found: Iterable[HandIn]) -> Iterator[Row]:
        """A row for every hand-in, as they come. The reports of a row are written when it is given out."""
        for hand_in in found:
            yield from self._begin(hand_in)
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

    def _begin(self, hand_in: HandIn) -> Iterator[Row]:
        """Open a hand-in. What can be said at once is said, the rest is handed over."""
        try:
            case = self._case(hand_in)
        except SubmissionError as error:
            yield self._without_report(hand_in, REJECTED, str(error))
            return
        except Exception as error:
            yield self._without_report(hand_in, BROKEN, failure(error))
            return
        self.used.add(case.key)
        known = None if self.again and case.key not in self.marked else self._known(case)
        if known:
            yield self._shown(hand_in, known, reused=case.key not in self.marked)
        else:
            self._hand_over(case)

    def _case(self, hand_in: HandIn) -> Case:
        with hand_in.on_disk(self.marks.scratch) as path:
            submission = open_submission(path, load(), self.lecture, hand_in.person.name, newest=self.newest)
        terms = terms_of(submission.lecture, self.seed, self.level)
        self.terms[submission.lecture.id] = terms
        return Case(hand_in, submission, terms, key_of(terms, submission.sha256))

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
                yield from (self._without_report(case.hand_in, BROKEN, failure(error)) for case in cases)
            else:
                yield from (self._arrived(case, record) for case in cases)

    def _after_loss(self, cases: list[Case], last_time: bool) -> Iterator[Row]:
        self.crew.check()
        if not last_time:
            self.lost += cases
            return
        yield from (self._without_report(case.hand_in, BROKEN, KILLED) for case in cases)

    def _arrived(self, case: Case, record: str) -> Row:
        """Keep a record, unless there is a fault in it, and show the report."""
        report = from_record(record, case.terms, case.submission)
        if report is None:
            return self._without_report(case.hand_in, BROKEN, NO_RECORD)
        if row_of(report).status == GRADED:
            self.marks.keep(case.key, record)
            self.marked.add(case.key)
        return self._shown(case.hand_in, report)

    def _shown(self, hand_in: HandIn, report: Report, reused: bool = False) -> Row:
        """The row of a report, which is written."""
        if hand_in.folder:
            self.marks.show(hand_in.folder, report)
        return row_for(hand_in, row_of(report, reused))

    def _without_report(self, hand_in: HandIn, status: str, reason: str) -> Row:
        if hand_in.folder:
            self.marks.show(hand_in.folder, None)
        return row_for(hand_in, Row(hand_in.person.name, status, reason))
