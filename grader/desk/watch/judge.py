"""A lecture's examiner that stays warm from save to save, and breaks its work off when there is something newer."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self

from grader.course import Lecture
from grader.inside.probe import Probe
from grader.judging.examiner import examiner
from grader.judging.findings import Report
from grader.judging.kept_answers import kept_answers
from grader.judging.subjects import Recall
from grader.sandbox import Sandbox
from grader.sandbox.observation import Observation
from grader.sandbox.sandboxed import Sandboxed
from grader.submission import Submission


class Interrupted(BaseException):
    """What is being judged is not what is saved any more. No exception of a check, and taken for none on the way."""


class Judge:
    """Use it with `with`. `is_stale` is asked again and again whether the work is still wanted."""

    def __init__(self, lecture: Lecture, seed: int, is_stale: Callable[[], bool]) -> None:
        self.lecture = lecture
        self.seed = seed
        self.is_stale = is_stale

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            kept = stack.enter_context(kept_answers(self.lecture))
            recall = _WhileWanted(kept, self._go_on)
            self.examiner = stack.enter_context(examiner(self.lecture, self.seed, kept=recall, apart=True))
            self.open = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.open.close()

    def check(self, submission: Submission, ids: Iterable[str], thoroughly: bool) -> Report:
        """The report on the public checks of some exercises. Raises Interrupted.

        `thoroughly`: where no known mistake fits, made ones are tried, which may take seconds.
        """
        self.examiner.diagnosis.tries_made = thoroughly
        with _Asked(self.examiner.box, submission.sources(), self._go_on) as subject:
            return self.examiner.judge(submission, subject, ids, hidden=False)

    def _go_on(self) -> None:
        if self.is_stale():
            raise Interrupted


class _Asked(Sandboxed):
    """A submission that is asked only as long as the answer is wanted."""

    def __init__(self, box: Sandbox, files: dict[str, str], go_on: Callable[[], None]) -> None:
        super().__init__(box, files)
        self.go_on = go_on

    def observe(self, probe: Probe, inputs: Mapping[str, Any]) -> Observation:
        self.go_on()
        return super().observe(probe, inputs)


class _WhileWanted:
    """Answers that are kept, or observed, only as long as they are wanted."""

    def __init__(self, kept: Recall | None, go_on: Callable[[], None]) -> None:
        self.kept = kept
        self.go_on = go_on

    def recall(self, question: str, observe: Callable[[], Observation]) -> Observation:
        self.go_on()
        return self.kept.recall(question, observe) if self.kept else observe()
