"""One submission in, one Report out: run the suites on it, compare, and name the mistake if there is just one."""

import platform
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import metadata
from typing import Any

from grader import __version__, rules, sandbox
from grader.course import Exercise, Lecture, load
from grader.diagnose import Case, Diagnosis
from grader.errors import Fault
from grader.probes import Probe
from grader.report import BLOCKED, ERRORED, FAILED, FAULT, PASSED, TODO, Finding, Named, Report, messages
from grader.sandbox import Limits, Sandbox
from grader.subjects import DIED, RETURNED, TIMED_OUT, Reference, Sandboxed, Subject
from grader.subjects import TODO as NOT_WRITTEN
from grader.submission import Submission
from grader.suite import Test, tests_of


class _Stop(Exception):
    """The worker was lost in the middle of a test: its other cases are not tried."""


@dataclass
class Trial:
    """One test on one submission, before it is known what may excuse it."""

    test: Test
    cases: list[Case]
    seconds: float
    fault: str = ""

    @property
    def first_wrong(self) -> Case | None:
        return next((case for case in self.cases if not case.agrees), None)

    @property
    def status(self) -> str:
        """What happened, as if there were no prerequisites."""
        if self.fault:
            return FAULT
        case = self.first_wrong
        if case is None:
            return PASSED
        if case.yours.kind == RETURNED:
            return FAILED
        return TODO if case.yours.kind == NOT_WRITTEN else ERRORED

    @property
    def waits_for(self) -> str:
        """The other exercise whose stub was met, if that is why this test could not run."""
        case = self.first_wrong
        if self.status != TODO or case is None:
            return ""
        met = case.yours.text
        return met if met in load().exercises and met != self.test.exercise else ""


class Examiner:
    """Judges submissions of one lecture: suites collected, reference and misconceptions observed once for all."""

    def __init__(self, lecture: Lecture, box: Sandbox, seed: int) -> None:
        self.lecture = lecture
        self.box = box
        self.seed = seed
        self.reference: Subject = Reference(lecture)
        self.diagnosis = Diagnosis(lecture)

    def examine(self, submission: Submission, exercises: Iterable[str] = (), hidden: bool = True) -> Report:
        """The report on the named exercises, or on all. Prerequisites are tried only if something waits for them."""
        wanted = set(exercises) or {exercise.id for exercise in self.lecture.exercises}
        subject = Sandboxed(self.box, submission.sources())
        try:
            return self._examine(subject, submission, wanted, hidden)
        finally:
            subject.end()

    def _examine(self, subject: Subject, submission: Submission, wanted: set[str], hidden: bool) -> Report:
        breaches = dict(self._breaches(submission))
        tests = [t for t in tests_of(self.lecture) if hidden or t.visibility == "public"]
        trials: dict[str, list[Trial]] = {}

        def tried(id: str) -> list[Trial]:
            if id not in trials:
                trials[id] = [self._try(test, subject) for test in tests if test.exercise == id]
            return trials[id]

        findings = []
        for exercise in self.lecture.exercises:
            if exercise.id in wanted:
                if exercise.file in breaches or exercise.file not in submission.files:
                    reason = breaches.get(exercise.file) or f"{exercise.file} is not there yet"
                    status = FAILED if exercise.file in breaches else TODO
                    found = [_unrun(test, status, reason) for test in tests if test.exercise == exercise.id]
                else:
                    found = self._judge(exercise, tried(exercise.id), tried)
                findings += found
        return Report(submission, tuple(findings), circumstances(self.seed))

    def _breaches(self, submission: Submission) -> Iterator[tuple[str, str]]:
        """Files that break a rule, and the sentence about it."""
        for name, source in submission.sources().items():
            found = rules.forbidden_import(source, self.lecture.forbidden_imports.get(name, ()))
            if found:
                yield name, messages.forbidden_import(self.lecture.id, name, *found)

    def _try(self, test: Test, subject: Subject) -> Trial:
        cases: list[Case] = []

        def agree(probe: Probe, **inputs: Any) -> None:
            expected = self.reference.observe(probe, inputs)
            if expected.kind != RETURNED:
                raise Fault(f"the reference {expected.kind} in {test.name}: {expected.text}")
            case = Case(probe, inputs, subject.observe(probe, inputs), expected)
            cases.append(case)
            if case.yours.kind in (TIMED_OUT, DIED):
                raise _Stop

        started = time.perf_counter()
        fault = ""
        try:
            test.run(agree, self.seed)
        except _Stop:
            pass
        except Exception as error:
            fault = f"{type(error).__name__}: {error}"
        return Trial(test, cases, time.perf_counter() - started, fault)

    def _judge(self, exercise: Exercise, trials: list[Trial], tried: Any) -> list[Finding]:
        """Findings of one exercise: what is blocked says so; what failed is explained if that is certain."""
        blockers = {trial.test.name: self._blocker(trial, exercise, tried) for trial in trials}
        own = [trial for trial in trials if not blockers[trial.test.name]]
        mistake = self.diagnosis.name(
            (case for trial in own if not trial.fault for case in trial.cases),
            elsewhere=lambda: (case for need in _needs(exercise, own) for trial in tried(need) for case in trial.cases),
        )
        named = Named(mistake.id, mistake.sentence, mistake.question) if mistake else None
        return [_finding(trial, blockers[trial.test.name], named) for trial in trials]

    def _blocker(self, trial: Trial, exercise: Exercise, tried: Any) -> str:
        """The exercise that has to come first, if this test did not pass and that one has not."""
        if trial.status in (PASSED, FAULT):
            return ""
        if trial.waits_for:
            return trial.waits_for
        if trial.status == TODO:
            return ""
        needs = (*exercise.needs, *trial.test.needs)
        return next((need for need in needs if self._stuck(need, tried)), "")

    def _stuck(self, id: str, tried: Any) -> bool:
        """Whether an exercise, or one that it needs, has not passed."""
        exercise = load().exercise(id)
        return any(self._stuck(need, tried) for need in exercise.needs) or any(
            trial.status not in (PASSED, FAULT) for trial in tried(id)
        )


def _finding(trial: Trial, blocker: str, named: Named | None) -> Finding:
    status = BLOCKED if blocker else trial.status
    case = trial.first_wrong
    finding = Finding.of(trial.test, status, trial.seconds)
    if status == FAULT:
        return replace(finding, message=messages.fault(trial.fault))
    if status == BLOCKED:
        return replace(finding, message=messages.blocked(blocker), blocked_by=blocker)
    finding = replace(finding, printed="".join(dict.fromkeys(c.yours.printed for c in trial.cases)))
    if case is None:
        return replace(finding, points=trial.test.points)
    explained = named if status in (FAILED, ERRORED) else None
    return replace(
        finding,
        difference=messages.difference(case),
        misconception=explained,
        message=messages.of_case(case),
    )


def _needs(exercise: Exercise, trials: list[Trial]) -> list[str]:
    """What an exercise and its tests need, each once."""
    return list(dict.fromkeys([*exercise.needs, *(need for trial in trials for need in trial.test.needs)]))


def _unrun(test: Test, status: str, reason: str) -> Finding:
    return replace(Finding.of(test, status, 0.0), message=reason)


@contextmanager
def examiner(lecture: Lecture, seed: int, limits: Limits = Limits()) -> Iterator[Examiner]:  # noqa: B008
    """An examiner with a warm process of its own."""
    with Sandbox(lecture.id, limits) as box:
        yield Examiner(lecture, box, seed)


def circumstances(seed: int) -> Mapping[str, Any]:
    """Under which conditions marks were given."""
    return {
        "grader": __version__,
        "python": platform.python_version(),
        "torch": _version("torch"),
        "platform": f"{platform.system()} {platform.machine()}",
        "seed": seed,
        "isolation": sandbox.LEVEL,
        "expected": "reference",
        "dataset": None,
    }


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
