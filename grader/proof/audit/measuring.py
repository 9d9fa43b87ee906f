"""Proves a lecture sound: stubs fail, solutions pass, mistakes are named, tolerances have room."""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from grader.course import EXERCISES, Course, Lecture, reference_data, reference_sources
from grader.course.rules import forbidden_import
from grader.course.stubs import solution_ids, stale, stubs_of
from grader.judging.examiner import Examiner, examiner
from grader.judging.findings import BLOCKED, PASSED, TODO, Report
from grader.judging.mistakes.known import Edit, Misconception, edited_sources, known_mistakes
from grader.judging.names_used import Uses
from grader.judging.our_solution import OurSolution
from grader.judging.subjects import Remembered
from grader.judging.suite import tests_of
from grader.proof.audit.margins import ROOM, margins
from grader.proof.audit.other_hands import planted
from grader.proof.audit.record import Alternative, Mistake, Proof, Stubs, Way
from grader.sandbox.isolation import best
from grader.sandbox.sandboxed import Sandboxed
from grader.submission import Submission, open_submission

SEED = 20261122
NAMED = 0.9  # the share of known mistakes that are to be named in other hands


def measure(course: Course, lecture: Lecture) -> Proof:
    """Audit a lecture."""
    started, level = time.monotonic(), best()
    proof = Proof(lecture.id, level, len(lecture.exercises), len(tests_of(lecture)), lecture.points)
    for name in stale(course):
        if name.startswith(f"exercises/{lecture.id}/"):
            proof.require(False, f"{name} is not what the reference gives; run: grader stubs --overwrite")
    _points(course, lecture, proof)
    with examiner(lecture, SEED, level=level) as judge:
        _stubs(judge, proof)
        _reference(judge, proof)
        others = _alternatives(judge, course, proof)
        _matrix(judge, proof)
        _in_other_hands(judge, others, proof)
        _margins(judge, others, proof)
    proof.seconds = time.monotonic() - started
    return proof


def _points(course: Course, lecture: Lecture, proof: Proof) -> None:
    worth: Counter[str] = Counter()
    for test in tests_of(lecture):
        worth[test.exercise] += test.points
    for exercise in lecture.exercises:
        proof.require(
            worth[exercise.id] == exercise.points,
            f"{exercise.id} is worth {exercise.points} points in {EXERCISES} and {worth[exercise.id]} in the suites",
        )
        proof.require(len(exercise.hints) == 3, f"{exercise.id} has {len(exercise.hints)} hints, not 3")
    solved = {(file, id) for file, text in reference_sources(lecture).items() for id in solution_ids(text)}
    named = {(exercise.file, exercise.id) for exercise in lecture.exercises if not exercise.is_data}
    proof.require(solved == named, f"solution regions and {EXERCISES} differ: {sorted(solved ^ named)}")
    for file, packages in lecture.forbidden_imports.items():
        found = forbidden_import(reference_sources(lecture)[file], packages)
        proof.require(found is None, f"the reference breaks its own rule: {file} imports {found}")
    for (id, _), (_, sentence) in Uses(lecture, reference_sources(lecture), OurSolution(lecture)).found.items():
        proof.require(False, f"the reference breaks its own rule in {id}: {sentence}")
    whole = lecture.points == course.points
    proof.require(whole, f"{lecture.id} is worth {lecture.points} points, not {course.points}")


def _stubs(judge: Examiner, proof: Proof) -> None:
    report = judge.examine(as_submission("stubs", judge.lecture, stubs_of(judge.lecture), {}))
    statuses = Counter(finding.status for finding in report.findings)
    proof.require(
        report.score == 0 and set(statuses) <= {TODO, BLOCKED},
        f"the stubs score {report.score}: {dict(statuses)}",
    )
    proof.stubs = Stubs(report.score, statuses[TODO], statuses[BLOCKED])


def _reference(judge: Examiner, proof: Proof) -> None:
    report = judge.examine(as_submission("reference", judge.lecture, reference_sources(judge.lecture)))
    wrong = [finding.test for finding in report.findings if finding.status != PASSED]
    proof.require(not wrong, f"the reference does not pass {wrong}")
    proof.reference = report.score


def _alternatives(judge: Examiner, course: Course, proof: Proof) -> list[Submission]:
    """Correct solutions in other hands must score full marks too."""
    found = alternatives(judge.lecture, course)
    least = course.fewest_alternatives
    holds = f"{judge.lecture.id} has {len(found)} differently written correct solutions, not {least}"
    proof.require(len(found) >= least, holds)
    for submission in found:
        report = judge.examine(submission)
        wrong = [finding.test for finding in report.findings if finding.status != PASSED]
        proof.require(not wrong, f"{submission.student} is correct and does not pass {wrong}")
        proof.alternatives.append(Alternative(submission.student, report.score))
    return found


def alternatives(lecture: Lecture, course: Course) -> list[Submission]:
    """The lecture's correct solutions that are not ours, in the order of their names; data is as in the reference."""
    folders = sorted((course.folders.alternatives / lecture.id).glob("*"))
    found = (open_submission(folder, course, lecture) for folder in folders)
    return [replace(each, files={**reference_data(lecture), **each.files}) for each in found]


def _matrix(judge: Examiner, proof: Proof) -> None:
    """Every way to make every mistake: points lost, and what it is called, in public checks and in all."""
    for known in known_mistakes(judge.lecture.id):
        mistake = Mistake(known.id, tuple(_way(judge, known, variant) for variant in known.variants))
        right = Counter({mistake.id: len(mistake.ways)})
        everything, public = mistake.called(lambda way: way.everything), mistake.called(lambda way: way.public)
        proof.require(everything == right, f"{mistake.id} is called {dict(everything)} by all checks")
        proof.require(public == right, f"{mistake.id} is called {dict(public)} by the public checks")
        proof.require(min(way.lost for way in mistake.ways) > 0, f"{mistake.id} loses no points in one of its ways")
        proof.mistakes.append(mistake)


def _in_other_hands(judge: Examiner, others: list[Submission], proof: Proof) -> None:
    """Whoever makes a known mistake in a style of their own is told its name, nearly always, and never another."""
    for one in planted(judge, others):
        proof.require(one.is_found, f"{one.mistake}, planted in {one.hand}, loses no points")
        proof.require(not one.is_misnamed, f"{one.mistake}, planted in {one.hand}, is called {one.called}")
        proof.planted.append(one)
    counts = proof.in_other_hands
    enough = counts["named"] >= NAMED * counts["planted"]
    proof.require(enough, f"in other hands {counts['named']} of {counts['planted']} mistakes are named")


def _way(judge: Examiner, mistake: Misconception, variant: tuple[Edit, ...]) -> Way:
    report, by_public = _judged(judge, _with_mistake(judge.lecture, mistake, variant))
    return Way(report.max_score - report.score, _called(by_public), _called(report))


def _judged(judge: Examiner, submission: Submission) -> tuple[Report, Report]:
    """The reports by all checks and by the public ones alone; what both ask is measured once."""
    with Sandboxed(judge.box, submission.sources()) as sandboxed:
        subject = Remembered(sandboxed)
        return judge.judge(submission, subject), judge.judge(submission, subject, hidden=False)


def _called(report: Report) -> tuple[str, ...]:
    return tuple(named.id for named in report.mistakes)


def _with_mistake(lecture: Lecture, mistake: Misconception, variant: tuple[Edit, ...]) -> Submission:
    sources = {**reference_sources(lecture), **edited_sources(variant, lecture, mistake.id)}
    return as_submission(mistake.id, lecture, sources)


def as_submission(
    student: str, lecture: Lecture, sources: Mapping[str, str], data: Mapping[str, bytes] | None = None
) -> Submission:
    """Sources of ours as if they had been handed in, with the reference's data beside them if no other is given."""
    beside = reference_data(lecture) if data is None else data
    return Submission(student, lecture, {**{name: text.encode() for name, text in sources.items()}, **beside})


def _margins(judge: Examiner, alternatives: list[Submission], proof: Proof) -> None:
    for room in margins(judge, alternatives):
        few, near = room.widest * ROOM <= 1, room.nearest is None or room.nearest >= ROOM
        proof.require(few, f"{room.probe}: correct solutions lie {room.widest:.2g} tolerances apart")
        proof.require(near, f"{room.probe}: a mistake lies only {room.nearest} tolerances away")
        proof.tolerances.append(room)
