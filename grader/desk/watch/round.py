"""One look at what is saved: what has changed is checked, the exercise that stands on the screen first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from grader.course import Exercise
from grader.desk.progress import CHANGED, UNTRIED, Progress
from grader.desk.watch.judge import Judge
from grader.errors import UsageError
from grader.judging.findings import ERRORED, FAILED, PASSED, TODO, Report
from grader.report.broken import broken_file
from grader.submission import Submission

STALE = (CHANGED, UNTRIED)


@dataclass(frozen=True)
class Seen:
    """A verdict on one exercise; the last one, or one that is told while more is tried, which takes seconds."""

    exercise: Exercise
    report: Report
    is_last: bool

    @property
    def passed(self) -> bool:
        return self.report.status_of(self.exercise.id) == PASSED

    @property
    def is_broken(self) -> bool:
        """Whether its file did not even get through its import."""
        return broken_file(self.report, self.exercise.id) is not None


@dataclass(frozen=True)
class Others:
    """What came of changes elsewhere: those that pass now and did not, or the other way round; or what is broken."""

    broken: Seen | None = None
    turned: Sequence[tuple[Exercise, bool]] = ()


@dataclass
class Round:
    """One look at a submission. Raises Interrupted wherever something newer is saved."""

    judge: Judge
    submission: Submission
    progress: Progress
    lost: str = field(default="", init=False)  # why the progress could not be kept; the verdicts stand all the same

    def concerns(self, exercise: Exercise) -> bool:
        """Whether what the exercise rests on may have changed since it was checked; of a stub that is not known."""
        return self.progress.status(exercise) in (*STALE, TODO)

    def seen(self, exercise: Exercise) -> Iterator[Seen]:
        """The verdict on an exercise; where nothing that is known explains it, again when slips have been tried."""
        report = self._checked([exercise], thoroughly=False)
        first = Seen(exercise, report, is_last=False)
        if report.status_of(exercise.id) not in (FAILED, ERRORED) or first.is_broken or report.mistakes:
            yield Seen(exercise, report, is_last=True)
            return
        yield first
        yield Seen(exercise, self._checked([exercise], thoroughly=True), is_last=True)

    def others(self, but: Exercise, before: Callable[[], None]) -> Others:
        """Check what else has changed; `before` is called if anything has."""
        stale = [e for e in self.judge.lecture.exercises if e != but and self.progress.status(e) in STALE]
        if not stale:
            return Others()
        before()
        had = {e.id: self.progress.last(e) == PASSED for e in stale}
        report = self._checked(stale, thoroughly=False)
        seen = [Seen(e, replace(report, findings=report.of_exercise(e.id)), is_last=True) for e in stale]
        broken = next((one for one in seen if one.is_broken), None)
        return Others(
            broken, [] if broken else [(s.exercise, s.passed) for s in seen if s.passed != had[s.exercise.id]]
        )

    def _checked(self, exercises: list[Exercise], thoroughly: bool) -> Report:
        report = self.judge.check(self.submission, [e.id for e in exercises], thoroughly)
        if not any(broken_file(report, e.id) for e in exercises):  # while one is typing, what was done stays done
            self._remember(report)
        return report

    def _remember(self, report: Report) -> None:
        try:
            self.progress.remember(report)
        except UsageError:
            self.lost = f"what you have done cannot be kept: {self.progress.file.parent.name} cannot be written"
