"""What a student's code is held against: our solution and wrong copies of it, or, in a student kit, what they gave."""

import sys
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from grader.course import Lecture, reference_sources
from grader.inside.probe import Probe
from grader.judging.mistakes.edited import Edited
from grader.judging.mistakes.suspects import Suspects
from grader.judging.our_solution import Ours, OurSolution
from grader.judging.recorded import canary
from grader.judging.recorded.answers import Answered
from grader.judging.recorded.archive import Archive, recording
from grader.judging.recorded.canary import LeftOut
from grader.judging.recorded.solution import RecordedSolution
from grader.judging.recorded.suspects import RecordedSuspects
from grader.judging.subjects import TORCH, Elsewhere, Recall, is_with_torch
from grader.judging.suite import Test
from grader.judging.workshop import Workshop
from grader.sandbox import Sandbox
from grader.sandbox.observation import Observation
from grader.sandbox.sandboxed import Sandboxed


def our_solution(lecture: Lecture, answers: Recall | None = None, elsewhere: Elsewhere | None = None) -> Ours:
    """Our solution of a lecture, observed `elsewhere` if that is given."""
    archive = recording(lecture)
    if archive:
        return RecordedSolution(_answered(archive))
    return OurSolution(lecture, answers, elsewhere) if answers or elsewhere else _known_here(lecture)


@lru_cache(maxsize=2)
def _known_here(lecture: Lecture) -> Ours:
    """What it has answered once in this process it need not be asked again."""
    return OurSolution(lecture)


def suspects(
    lecture: Lecture, answers: Recall | None, workshop: Workshop, elsewhere: Elsewhere | None = None
) -> Suspects:
    """What may explain a lecture's mistakes."""
    archive = recording(lecture)
    if archive:
        return RecordedSuspects(lecture, archive, _answered(archive))
    return Edited(lecture, answers, workshop, elsewhere)


def is_slow_here(lecture: Lecture) -> bool:
    """Whether a first answer of our solution would wait for torch in this process."""
    return is_with_torch(lecture.id) and TORCH not in sys.modules


def left_out(lecture: Lecture, box: Sandbox, tests: Iterable[Test], seed: int) -> LeftOut:
    """The tests that a student kit leaves to the grading, because torch draws otherwise here than it did there."""
    archive = recording(lecture)
    if archive is None:
        return LeftOut()
    with Sandboxed(box, {}) as subject:
        return canary.left_out(archive, subject, tests, seed)


def observed_apart(lecture: Lecture, box: Sandbox, probe: Probe, inputs: Mapping[str, Any]) -> Observation:
    """What our solution gives to a question that may be anything: it meets that in a worker alone."""
    archive = recording(lecture)
    if archive:
        return RecordedSolution(_answered(archive)).observe(probe, inputs)
    with Sandboxed(box, reference_sources(lecture)) as subject:
        return subject.observe(probe, inputs)


@cache
def _answered(archive: Archive) -> Answered:
    """What our solution gave: all of it is read once."""
    return Answered(archive)
