"""Proves a course sound: stubs fail, solutions pass, mistakes are named, tolerances have room; and prints it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from grader import plain
from grader.check import Examiner, examiner
from grader.compare import distance
from grader.course import PROJECT, Course, Lecture, reference_data, reference_sources
from grader.isolation import best
from grader.misconceptions import Misconception, edited_sources, known_mistakes
from grader.probes import Probe
from grader.report import BLOCKED, PASSED, TODO, Report
from grader.rules import forbidden_import
from grader.stubs import solution_ids, stale, stubs_of
from grader.subjects import RETURNED, Observation, Sandboxed, Subject
from grader.submission import Submission, open_submission
from grader.suite import questions, tests_of

SEED = 20261122
ROOM = 10  # a tolerance lies this many times above rounding and below the nearest mistake
FEWEST = 6  # so many differently written correct solutions a lecture has at least
ALTERNATIVES = PROJECT / "tests" / "alternatives"


@dataclass
class Audit:
    """Lines that tell what was proved, and the holes that were found."""

    say: Callable[[str], None]
    holes: list[str] = field(default_factory=list)

    def require(self, holds: bool, hole: str) -> None:
        if not holds:
            self.holes.append(hole)
            self.say(f"  HOLE  {hole}")


class Remembered:
    """A subject that is asked each question once, however often the audit asks."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.known: dict[tuple[str, bytes], Observation] = {}

    def observe(self, probe: Probe, inputs: Mapping[str, Any]) -> Observation:
        key = probe.name, plain.encode(dict(inputs))
        if key not in self.known:
            self.known[key] = self.subject.observe(probe, inputs)
        return self.known[key]


def audit(course: Course, say: Callable[[str], None], lectures: Iterable[Lecture] = ()) -> list[str]:
    """Audit these lectures, or every one; returns the holes, none if the course is sound."""
    result = Audit(say)
    level = best()
    say(f"isolation: {level}")
    for name in stale(course):
        result.require(False, f"{name} is not what the reference gives; run: grader stubs --overwrite")
    for lecture in tuple(lectures) or course.lectures:
        say(f"{lecture.id}: {len(lecture.exercises)} exercises, {len(tests_of(lecture))} checks, "
            f"{len(known_mistakes(lecture.id))} misconceptions")  # fmt: skip
        _points(lecture, result)
        with examiner(lecture, SEED, level=level) as judge:
            _stubs(judge, result)
            _reference(judge, result)
            alternatives = _alternatives(judge, course, result)
            _matrix(judge, result)
            _margins(judge, alternatives, result)
    return result.holes


def _points(lecture: Lecture, result: Audit) -> None:
    worth: Counter[str] = Counter()
    for test in tests_of(lecture):
        worth[test.exercise] += test.points
    for exercise in lecture.exercises:
        result.require(
            worth[exercise.id] == exercise.points,
            f"{exercise.id} is worth {exercise.points} points in course.toml and {worth[exercise.id]} in the suites",
        )
        result.require(len(exercise.hints) == 3, f"{exercise.id} has {len(exercise.hints)} hints, not 3")
    solved = {(file, id) for file, text in reference_sources(lecture).items() for id in solution_ids(text)}
    named = {(exercise.file, exercise.id) for exercise in lecture.exercises if not exercise.is_data}
    result.require(solved == named, f"solution regions and course.toml differ: {sorted(solved ^ named)}")
    for file, packages in lecture.forbidden_imports.items():
        found = forbidden_import(reference_sources(lecture)[file], packages)
        result.require(found is None, f"the reference breaks its own rule: {file} imports {found}")
    result.require(lecture.points == 100, f"{lecture.id} is worth {lecture.points} points, not 100")
    result.say(f"  points      {lecture.points} in course.toml and in the suites")


def _stubs(judge: Examiner, result: Audit) -> None:
    report = judge.examine(as_submission("stubs", judge.lecture, stubs_of(judge.lecture), {}))
    statuses = Counter(finding.status for finding in report.findings)
    result.require(
        report.score == 0 and set(statuses) <= {TODO, BLOCKED},
        f"the stubs score {report.score}: {dict(statuses)}",
    )
    result.say(
        f"  stubs       {report.score} of {report.max_score}: {statuses[TODO]} todo, {statuses[BLOCKED]} blocked"
    )


def _reference(judge: Examiner, result: Audit) -> None:
    report = judge.examine(as_submission("reference", judge.lecture, reference_sources(judge.lecture)))
    wrong = [finding.test for finding in report.findings if finding.status != PASSED]
    result.require(not wrong, f"the reference does not pass {wrong}")
    result.say(f"  reference   {report.score} of {report.max_score}")


def _alternatives(judge: Examiner, course: Course, result: Audit) -> list[Submission]:
    """Correct solutions in other hands must score full marks too."""
    found = alternatives(judge.lecture, course)
    enough = len(found) >= FEWEST
    result.require(enough, f"{judge.lecture.id} has {len(found)} differently written correct solutions, not {FEWEST}")
    for submission in found:
        report = judge.examine(submission)
        wrong = [finding.test for finding in report.findings if finding.status != PASSED]
        result.require(not wrong, f"{submission.student} is correct and does not pass {wrong}")
        result.say(f"  alternative {report.score} of {report.max_score}  {submission.student}")
    return found


def alternatives(lecture: Lecture, course: Course) -> list[Submission]:
    """The lecture's correct solutions that are not ours, in the order of their names; data is as in the reference."""
    found = (open_submission(folder, course, lecture) for folder in sorted((ALTERNATIVES / lecture.id).glob("*")))
    return [replace(each, files={**reference_data(lecture), **each.files}) for each in found]


def _matrix(judge: Examiner, result: Audit) -> None:
    """Every way to make every mistake: points lost, and what it is called, in public checks and in all."""
    result.say("  misconception               ways  lost    named in public checks      named in all checks")
    for mistake in known_mistakes(judge.lecture.id):
        public, everything, lost = Counter[str](), Counter[str](), []
        for variant in mistake.variants:
            report, by_public = _judged(judge, _with_mistake(judge.lecture, mistake, variant))
            lost.append(report.max_score - report.score)
            everything.update(_called(report) or ["nothing"])
            public.update(_called(by_public) or ["nothing"])
        right = Counter({mistake.id: len(mistake.variants)})
        result.require(everything == right, f"{mistake.id} is called {dict(everything)} by all checks")
        result.require(public == right, f"{mistake.id} is called {dict(public)} by the public checks")
        result.require(min(lost) > 0, f"{mistake.id} loses no points in one of its ways")
        result.say(
            f"  {mistake.id:<27} {len(mistake.variants):>4}  {_range(lost):>6}  {_row(public):<27} {_row(everything)}"
        )


def _judged(judge: Examiner, submission: Submission) -> tuple[Report, Report]:
    """The reports by all checks and by the public ones alone; what both ask is measured once."""
    sandboxed = Sandboxed(judge.box, submission.sources())
    subject = Remembered(sandboxed)
    try:
        return judge.judge(submission, subject), judge.judge(submission, subject, hidden=False)
    finally:
        sandboxed.end()


def _called(report: Report) -> list[str]:
    return [named.id for named in report.mistakes]


def _range(lost: list[int]) -> str:
    return str(min(lost)) if min(lost) == max(lost) else f"{min(lost)}-{max(lost)}"


def _row(called: Counter[str]) -> str:
    return ", ".join(f"{id} x{count}" for id, count in called.items())


def _with_mistake(lecture: Lecture, mistake: Misconception, variant: Any) -> Submission:
    sources = {**reference_sources(lecture), **edited_sources(variant, lecture, mistake.id)}
    return as_submission(mistake.id, lecture, sources)


def as_submission(
    student: str, lecture: Lecture, sources: Mapping[str, str], data: Mapping[str, bytes] | None = None
) -> Submission:
    """Sources of ours as if they had been handed in, with the reference's data beside them if no other is given."""
    beside = reference_data(lecture) if data is None else data
    return Submission(student, lecture, {**{name: text.encode() for name, text in sources.items()}, **beside})


def _margins(judge: Examiner, alternatives: list[Submission], result: Audit) -> None:
    """How far rounding stays below each tolerance, and the nearest mistake above it, as multiples of the tolerance."""
    cases = questions(judge.lecture, judge.seed)
    noise = _furthest(judge, alternatives, cases)
    nearest = _nearest(judge, cases)
    result.say("  tolerance                        widest correct   nearest mistake   (both as multiples of it)")
    for name in dict.fromkeys(probe.name for probe, _ in cases):
        probe = next(probe for probe, _ in cases if probe.name == name)
        if probe.tolerance.absolute == 0:
            continue
        short = name.rpartition(".")[2]
        near = nearest.get(name)
        result.require(noise[name] * ROOM <= 1, f"{short}: correct solutions lie {noise[name]:.2g} tolerances apart")
        result.require(near is None or near >= ROOM, f"{short}: a mistake lies only {near} tolerances away")
        result.say(f"  {short:<32} {noise[name]:>14.1e} {'none' if near is None else format(near, '.1e'):>17}")


def _furthest(judge: Examiner, alternatives: list[Submission], cases: Any) -> dict[str, float]:
    """For each probe the largest distance of a correct solution from the reference."""
    worst: dict[str, float] = {probe.name: 0.0 for probe, _ in cases}
    for submission in alternatives:
        subject = Sandboxed(judge.box, submission.sources())
        for probe, apart in _distances(judge.reference, subject, cases):
            worst[probe.name] = max(worst[probe.name], apart)
        subject.end()
    return worst


def _nearest(judge: Examiner, cases: Any) -> dict[str, float]:
    """For each probe the smallest distance of a mistake that it sees at all."""
    nearest: dict[str, float] = {}
    for mistake in known_mistakes(judge.lecture.id):
        for subject in mistake.subjects(judge.lecture):
            for probe, apart in _distances(judge.reference, subject, cases):
                if apart > 1 / ROOM:
                    nearest[probe.name] = min(nearest.get(probe.name, apart), apart)
    return nearest


def _distances(reference: Subject, subject: Subject, cases: Iterable[Any]) -> Iterator[tuple[Probe, float]]:
    for probe, inputs in cases:
        yours, expected = subject.observe(probe, inputs), reference.observe(probe, inputs)
        if yours.kind == RETURNED:
            yield probe, distance(yours.value, expected.value, probe.tolerance)
