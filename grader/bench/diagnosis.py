"""Print what it costs to find a cause: `python -m grader.bench.diagnosis [LECTURE ...]`.

In each exercise one mistake that nobody wrote down is made. Its check is timed after the same check has been made once
before and its answers were kept, as they are between two `grader check`. Side by side with it a check of our solution
is timed: of the exercise and of all that it needs, which is tried as well if something is wrong.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from grader.course import Exercise, Lecture, load, reference_sources
from grader.judging.examiner import Examiner, examiner
from grader.judging.findings import FAILED
from grader.judging.mistakes.made.making import slips_of
from grader.judging.shared_answers import Answers
from grader.proof.audit import as_submission
from grader.sandbox import Sandbox
from grader.submission import Submission

SEED = 1
TRIES = 8  # slips that are tried until one is wrong, and unknown
ROUNDS = 3


@dataclass(frozen=True)
class Cost:
    """The seconds of a passing check of an exercise, and of those of an unknown mistake: at first, and once kept."""

    exercise: str
    passing: float
    first: float
    again: float


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m grader.bench.diagnosis", description=__doc__)
    parser.add_argument("lectures", nargs="*", metavar="LECTURE", help="which lectures (default all)")
    parser.add_argument("-v", "--verbose", action="store_true", help="a line for each exercise")
    options = parser.parse_args()
    for lecture in [load().lecture(word) for word in options.lectures] or load().lectures:
        print_costs(lecture, costs(lecture), options.verbose)


def print_costs(lecture: Lecture, found: list[Cost], verbose: bool) -> None:
    """One line for a lecture, and one for each exercise if it is wanted."""
    for cost in found if verbose else ():
        print(f"  {cost.exercise:<28} passing {cost.passing:.3f}   first {cost.first:.3f}   kept {cost.again:.3f}")
    passing, first, again = (sum(getattr(c, name) for c in found) for name in ("passing", "first", "again"))
    ratios = [cost.again / cost.passing for cost in found]
    print(f"{lecture.id}: unknown mistakes in {len(found)} exercises; kept, a check takes {again / passing:.2f} times "
          f"as long as a passing one (median {statistics.median(ratios):.2f}, most {max(ratios):.2f}); "
          f"at first {first / passing:.1f} times", flush=True)  # fmt: skip


def costs(lecture: Lecture) -> list[Cost]:
    """Side by side, each time with examiners that remember nothing but what was kept; of each the shortest time."""
    right = as_submission("right", lecture, reference_sources(lecture))
    with ExitStack() as stack:
        place = stack.enter_context(tempfile.TemporaryDirectory())
        kept = stack.enter_context(closing(Answers(Path(place) / "answers")))
        judge = stack.enter_context(examiner(lecture, SEED, kept=kept, tries_made=True))
        judge.examine(right, hidden=False)  # once for nothing: libraries are loaded
        wrong = {id: (one, seconds) for id, one, seconds in _unknown(judge, lecture)}
        checks = {id: (right, [id, *_needed(id)], one) for id, (one, _) in wrong.items()}
        rounds = [_side_by_side(judge.box, lecture, kept, checks) for _ in range(ROUNDS)]
    shortest = {id: [min(one[id][side] for one in rounds) for side in (0, 1)] for id in wrong}
    return [Cost(id, shortest[id][0], seconds, shortest[id][1]) for id, (_, seconds) in wrong.items()]


def _side_by_side(
    box: Sandbox, lecture: Lecture, kept: Answers, checks: Mapping[str, tuple[Submission, list[str], Submission]]
) -> dict[str, tuple[float, float]]:
    """The seconds of each check that passes and of the same with the unknown mistake, one after the other."""
    one, other = (Examiner(lecture, box, SEED, kept=kept, tries_made=True) for _ in range(2))
    with closing(one), closing(other):
        return {
            id: (_seconds(one, right, exercises), _seconds(other, wrong, [id]))
            for id, (right, exercises, wrong) in checks.items()
        }


def _unknown(judge: Examiner, lecture: Lecture) -> Iterator[tuple[str, Submission, float]]:
    """In each exercise a mistake that gives something wrong and is not known, and the seconds of its first check."""
    for exercise in lecture.exercises:
        for one in _made(lecture, exercise):
            started = time.perf_counter()
            report = judge.examine(one, [exercise.id], hidden=False)
            if report.status_of(exercise.id) == FAILED and not report.mistakes:
                yield exercise.id, one, time.perf_counter() - started
                break


def _made(lecture: Lecture, exercise: Exercise) -> Iterator[Submission]:
    """A few slips, always the same."""
    sources, slips = reference_sources(lecture), slips_of(lecture).get(exercise.id, ())
    for one in random.Random(SEED).sample(slips, min(TRIES, len(slips))):
        text = sources[one.place.file]
        yield as_submission("wrong", lecture, {**sources, one.place.file: one.applied(text)})


def _needed(id: str) -> list[str]:
    """All that an exercise needs, in the same lecture: it is tried too if something is wrong."""
    one = load().exercise(id)
    return [
        other for need in one.needs for other in (need, *_needed(need)) if load().exercise(other).lecture == one.lecture
    ]


def _seconds(judge: Examiner, submission: Submission, exercises: list[str]) -> float:
    started = time.perf_counter()
    judge.examine(submission, exercises, hidden=False)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
