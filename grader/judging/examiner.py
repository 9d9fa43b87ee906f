"""One submission in, one Report out: run the suites on it, compare, and name the mistake if there is just one."""

import platform
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cached_property
from typing import Any

from grader import __version__, version_of
from grader.course import Exercise, Lecture
from grader.course.names import NameList
from grader.inside.levels import PROCESS
from grader.judging.examination import Examination
from grader.judging.findings import Finding, Report
from grader.judging.mistakes.diagnosis import Diagnosis
from grader.judging.recorded.canary import LeftOut
from grader.judging.sides import is_slow_here, left_out, our_solution, suspects
from grader.judging.subjects import Recall, Subject
from grader.judging.suite import PUBLIC, Test, tests_of
from grader.judging.verdicts import not_tried
from grader.judging.workshop import Workshop
from grader.sandbox import Limits, Sandbox
from grader.sandbox.sandboxed import Sandboxed
from grader.submission import Submission


class Examiner:
    """Judges submissions of one lecture: suites collected, reference and misconceptions observed once for all.

    Whoever makes one has to `close` it.
    """

    def __init__(
        self,
        lecture: Lecture,
        box: Sandbox,
        seed: int,
        answers: Recall | None = None,
        kept: Recall | None = None,
        tries_made: bool = False,
        apart: bool = False,
    ) -> None:
        self.lecture = lecture
        self.box = box
        self.seed = seed
        self.workshop = Workshop(lecture, box.level, box)
        elsewhere = self.workshop if apart and is_slow_here(lecture) else None
        self.reference = our_solution(lecture, answers, elsewhere)
        found = suspects(lecture, kept or answers, self.workshop, elsewhere)
        self.diagnosis = Diagnosis(lecture, found, tries_made)

    def close(self) -> None:
        """End what was started to try our solution and copies of it."""
        self.workshop.close()

    @cached_property
    def left_out(self) -> LeftOut:
        """The tests that are not tried here; none where our solution is."""
        return left_out(self.lecture, self.box, tests_of(self.lecture), self.seed)

    @cached_property
    def tests(self) -> list[Test]:
        """The tests that are tried."""
        return [test for test in tests_of(self.lecture) if (test.exercise, test.name) not in self.left_out.tests]

    def examine(self, submission: Submission, exercises: Iterable[str] = (), hidden: bool = True) -> Report:
        """The report on the named exercises, or on all. Prerequisites are tried only if something waits for them."""
        with Sandboxed(self.box, submission.sources()) as subject:
            return self.judge(submission, subject, exercises, hidden)

    def judge(
        self, submission: Submission, subject: Subject, exercises: Iterable[str] = (), hidden: bool = True
    ) -> Report:
        """The same, with the submission's code observed as the subject that is given."""
        wanted = set(exercises) or {exercise.id for exercise in self.lecture.exercises}
        tests = [test for test in self.tests if hidden or test.visibility == PUBLIC]
        examination = Examination(submission, subject, tests, self.reference, self.diagnosis, self.seed)
        findings = [f for e in self.lecture.exercises if e.id in wanted for f in self._on(e, examination, submission)]
        submission = replace(submission, remarks=(*submission.remarks, *filter(None, [self.left_out.told])))
        terms = circumstances(self.seed, self.box.names, self.box.level)
        return Report(submission, tuple(findings), terms, examination.smallest_cases(findings))

    def _on(self, exercise: Exercise, examination: Examination, submission: Submission) -> list[Finding]:
        """The findings on an exercise; of one whose tests are all left out there is one, so that it has a status."""
        is_left_out = any(id == exercise.id for id, _ in self.left_out.tests)
        if is_left_out and exercise.id not in examination.tests:
            return [not_tried(exercise, submission.sources())]
        return examination.findings_on(exercise)


@contextmanager
def examiner(
    lecture: Lecture,
    seed: int,
    limits: Limits = Limits(),  # noqa: B008
    level: str = PROCESS,
    answers: Recall | None = None,
    kept: Recall | None = None,
    tries_made: bool = False,
    apart: bool = False,
) -> Iterator[Examiner]:
    """An examiner with a warm process of its own. Raises NoIsolation if this machine does not offer the level.

    `answers` are what others have observed in this run; `kept` are those of earlier runs, and only ever explain: what
    is expected is never taken from them. `tries_made`: where no known mistake fits, made ones are tried, for seconds.
    `apart`: our solution runs in a worker too, if it would have to wait for torch here; that is sooner for a few
    questions, and later for a whole class.
    """
    with (
        Sandbox(lecture.id, limits, level) as box,
        closing(Examiner(lecture, box, seed, answers, kept, tries_made, apart)) as judge,
    ):
        yield judge


def circumstances(seed: int, listed: NameList | None, level: str) -> Mapping[str, Any]:
    """Under which conditions marks were given: versions, seed, isolation, and the list of names in use."""
    return {
        "grader": __version__,
        "python": platform.python_version(),
        "torch": version_of("torch"),
        "platform": f"{platform.system()} {platform.machine()}",
        "seed": seed,
        "isolation": level,
        "expected": "reference",
        "dataset": listed and {"title": listed.title, listed.unit: listed.count, "sha256": listed.sha256},
    }
