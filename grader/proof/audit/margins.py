"""How much room each tolerance has, above the rounding of correct solutions and below the nearest mistake."""

from collections.abc import Iterable, Iterator
from typing import Any

from grader.inside.probe import Probe
from grader.judging.comparison import distance
from grader.judging.examiner import Examiner
from grader.judging.mistakes.edits import exercises_of
from grader.judging.mistakes.known import known_mistakes
from grader.judging.subjects import Subject
from grader.judging.suite import asked, questions, tests_of
from grader.proof.audit.record import Room
from grader.sandbox.observation import RETURNED
from grader.sandbox.sandboxed import Sandboxed
from grader.submission import Submission

ROOM = 10  # a tolerance lies this many times above rounding and below the nearest mistake


def margins(judge: Examiner, alternatives: list[Submission]) -> Iterator[Room]:
    """For each probe with a tolerance, both distances as multiples of it."""
    cases = questions(judge.lecture, judge.seed)
    noise = _furthest(judge, alternatives, cases)
    nearest = _nearest(judge)
    for name, probe in {probe.name: probe for probe, _ in cases}.items():
        if probe.tolerance.absolute:
            yield Room(name.rpartition(".")[2], noise[name], nearest.get(name))


def _furthest(judge: Examiner, alternatives: list[Submission], cases: Any) -> dict[str, float]:
    """For each probe the largest distance of a correct solution from the reference."""
    worst: dict[str, float] = {probe.name: 0.0 for probe, _ in cases}
    for submission in alternatives:
        with Sandboxed(judge.box, submission.sources()) as subject:
            for probe, apart in _distances(judge.reference, subject, cases):
                worst[probe.name] = max(worst[probe.name], apart)
    return worst


def _nearest(judge: Examiner) -> dict[str, float]:
    """For each probe the smallest distance of a mistake that it sees at all, in the exercise that it is asked for.

    What a mistake does further on, to a loss with other random numbers, may come near to anything by chance.
    """
    lecture, nearest = judge.lecture, dict[str, float]()
    of = [(test.exercise, asked(test, judge.seed)) for test in tests_of(lecture)]
    for mistake in known_mistakes(lecture.id):
        for edits, subject in zip(mistake.variants, mistake.subjects(lecture), strict=True):
            own = [one for id, all in of if id in exercises_of(edits, lecture) for one in all]
            for probe, apart in _distances(judge.reference, subject, own):
                if apart > 1 / ROOM:
                    nearest[probe.name] = min(nearest.get(probe.name, apart), apart)
    return nearest


def _distances(reference: Subject, subject: Subject, cases: Iterable[Any]) -> Iterator[tuple[Probe, float]]:
    for probe, inputs in cases:
        yours, expected = subject.observe(probe, inputs), reference.observe(probe, inputs)
        if yours.kind == RETURNED:
            yield probe, distance(yours.value, expected.value, probe.tolerance)
