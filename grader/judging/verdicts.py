"""What came of one test, as the student reads it: passed, wrong and why, not written yet, waiting, or not run."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from grader.course import Exercise, Lecture, places, rules
from grader.judging import messages
from grader.judging.findings import BLOCKED, ERRORED, FAULT, PASSED, TODO, Broken, Finding, Named
from grader.judging.mistakes.known import Misconception
from grader.judging.suite import PUBLIC, Test
from grader.judging.tried_test import Trial

Mistakes = tuple[Misconception, ...]


def verdict(trial: Trial, mistakes: Mistakes = (), remarks: tuple[str, str] = ("", "")) -> Finding:
    """What was seen, with the mistakes that explain it; else with what was remarked, a pattern and the way."""
    status = trial.status
    finding = Finding.of(trial.test, status, trial.seconds)
    if status == FAULT:
        return replace(finding, message=messages.fault(trial.fault))
    printed = "".join(dict.fromkeys(case.yours.printed for case in trial.cases))
    finding = replace(finding, printed=printed)
    case = trial.first_wrong
    if case is None:
        return replace(finding, points=trial.test.points)
    what = trial.unwritten.absent(case.yours)
    return replace(
        finding,
        difference=messages.difference(case, *remarks),
        misconceptions=tuple(Named(m.id, m.sentence, m.question) for m in mistakes),
        message=messages.absent(what) if status == TODO and what else messages.of_case(case, *remarks),
        place=messages.place(case.yours) if status == ERRORED else "",
        broken=_broken(trial),
    )


def passed_alone(trial: Trial, blocker: str) -> Finding:
    """A test that goes wrong because of another exercise, and passes with stand-ins for that."""
    passed = Finding.of(trial.test, PASSED, trial.seconds)
    return replace(passed, points=trial.test.points, message=messages.alone(blocker))


def unrun(test: Test, status: str, sentence: str, place: str = "") -> Finding:
    """A test that was not even tried, and the sentence why."""
    return replace(Finding.of(test, status, 0.0), message=sentence, place=place)


def not_begun(trial: Trial, exercise: Exercise) -> Finding:
    """A test of an exercise whose stub stands untouched: whatever happened, it is still to do."""
    if trial.status == FAULT or trial.waits_for:
        return waiting(trial, trial.waits_for) if trial.status != FAULT else verdict(trial)
    return unrun(trial.test, TODO, f"Not written yet: {exercise.title}.")


def not_tried(exercise: Exercise, sources: Mapping[str, str]) -> Finding:
    """An exercise of which nothing can be tried here: it is still to do, or left to the grading."""
    source = sources.get(exercise.file)
    status = TODO if source is None or places.is_untouched(exercise, source) else PASSED
    message = f"Not written yet: {exercise.title}." if status == TODO else ""
    return Finding(exercise.id, "not_tried", messages.NOT_TRIED, PUBLIC, status, 0, 0, 0.0, message=message)


def waiting(trial: Trial, blocker: str, only: bool = False) -> Finding:
    """A test that waits for another exercise; `only` if that one's mistake gives just what was seen here."""
    broken = _broken(trial)
    finding = replace(Finding.of(trial.test, BLOCKED, trial.seconds), blocked_by=blocker, broken=broken)
    return replace(finding, message=messages.blocked(blocker, broken, only))


def _broken(trial: Trial) -> Broken | None:
    """The file that did not get through its import, if that is what went wrong."""
    wrong = trial.first_wrong
    return messages.broken(trial.broken_file, wrong.yours) if wrong and trial.broken_file else None


def breaches(lecture: Lecture, sources: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Files that break a rule, with the place and the sentence about it."""
    for file, source in sources.items():
        found = rules.forbidden_import(source, lecture.forbidden_imports.get(file, ()))
        if found:
            name, line = found
            yield file, (f"{lecture.id}/{file}:{line}", messages.forbidden_import(lecture.id, file, name, line))
