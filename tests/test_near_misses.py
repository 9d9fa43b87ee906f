"""What resembles a known mistake and is not it stays unnamed: every near miss is judged through the real worker."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import golden
import pytest
from near_misses import NearMiss, near_misses

from grader.course import Lecture, load, reference_sources
from grader.inside.probe import Probe
from grader.judging.examiner import Examiner
from grader.judging.findings import PASSED, Report
from grader.judging.mistakes.known import edited_sources, known_mistakes
from grader.proof.audit import as_submission
from grader.sandbox.observation import Asked, Observation
from grader.sandbox.sandboxed import Sandboxed
from grader.submission import Submission

EVERY = [
    pytest.param(lecture, id, near, id=f"{lecture.number}-{id}-{i}")
    for lecture in load().lectures
    for id, some in near_misses(lecture.id).items()
    for i, near in enumerate(some)
]


@pytest.mark.parametrize("lecture", load().lectures, ids=lambda lecture: lecture.id)
def test_every_known_mistake_has_near_misses(lecture: Lecture) -> None:
    """None is left without one, and none resembles a mistake that is not known."""
    assert list(near_misses(lecture.id)) == [mistake.id for mistake in known_mistakes(lecture.id)]


@pytest.mark.course
@pytest.mark.parametrize(("lecture", "resembled", "near"), EVERY)
def test_a_near_miss_costs_points_and_is_not_named(
    judge_of: Callable[..., Examiner], lecture: Lecture, resembled: str, near: NearMiss
) -> None:
    """It is wrong, and the checks tell it from the mistake that it resembles and from every other."""
    sources = {**reference_sources(lecture), **edited_sources(near.edits, lecture, resembled)}
    submission, judge = as_submission("near", lecture, sources), judge_of(lecture, golden.SEED)
    with _asked_once(judge, submission) as subject:
        by_all = judge.judge(submission, subject, _touched(lecture, near))
        lost = {finding.exercise for finding in by_all.findings if finding.status != PASSED}
        by_public = judge.judge(submission, subject, lost, hidden=False)
    assert {load().exercise(id).file for id in lost} >= {edit.file for edit in near.edits}, near.what
    assert _named(by_all) == set(), near.what
    assert _named(by_public) == set(), f"by the public checks alone: {near.what}"


class AskedOnce:
    """A submission in its worker; what was measured for all checks is not measured again for the public ones."""

    def __init__(self, subject: Sandboxed) -> None:
        self.subject = subject
        self.known: dict[tuple[str, bytes], Observation] = {}

    def observe(self, probe: Probe, inputs: Mapping[str, Any]) -> Observation:
        key = probe.name, Asked.of(inputs).sha256
        if key not in self.known:
            self.known[key] = self.subject.observe(probe, inputs)
        return self.known[key]


@contextmanager
def _asked_once(judge: Examiner, submission: Submission) -> Iterator[AskedOnce]:
    subject = Sandboxed(judge.box, submission.sources())
    try:
        yield AskedOnce(subject)
    finally:
        subject.end()


def _named(report: Report) -> set[str]:
    return {mistake.id for mistake in report.mistakes}


def _touched(lecture: Lecture, near: NearMiss) -> list[str]:
    """The exercises of the edited files and of all that import them; the others are as in the reference."""
    sources, touched = reference_sources(lecture), {edit.file for edit in near.edits}
    for _ in sources:
        touched |= {f for f, text in sources.items() for t in touched if f"from {t.removesuffix('.py')} import" in text}
    return [exercise.id for exercise in lecture.exercises if exercise.file in touched]
