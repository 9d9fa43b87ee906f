"""Each mutant as a submission: the checks are tried on it until one fails, first the public ones, then the hidden."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from multiprocessing.util import Finalize
from typing import Any, TypeVar

from grader.course import Lecture, load, reference_data, reference_sources
from grader.errors import Fault
from grader.judging.examiner import Examiner, examiner
from grader.judging.findings import FAULT, PASSED
from grader.judging.suite import PUBLIC, Test, tests_of
from grader.judging.tried_test import Trial, attempt
from grader.proof.mutants.making import Mutant
from grader.sandbox import Limits
from grader.sandbox.observation import TIMED_OUT
from grader.sandbox.sandboxed import Sandboxed

SEED = 20261122
T = TypeVar("T")
R = TypeVar("R")
# mutants loop a lot, and no measurement of the reference takes more than a fifth of this
LIMITS = Limits(check_seconds=1.0)


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant: the check that killed it, and how far that is seen; both empty if it survived."""

    mutant: Mutant
    killer: str = ""
    visibility: str = ""


def outcomes(lecture: Lecture, mutants: list[Mutant], jobs: int) -> Iterator[Outcome]:
    """The outcomes as they come, from `jobs` processes that each have a warm process of their own."""
    yield from in_processes(jobs, _open, (lecture.id,), _outcome, mutants)


def in_processes(
    jobs: int, begin: Callable[..., None], told: tuple[Any, ...], work: Callable[[T], R], items: Sequence[T]
) -> Iterator[R]:
    """The work on each item, as it gets done, by `jobs` processes that `begin` with what they are told."""
    if not items:
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(items)), context, initializer=begin, initargs=told) as pool:
        futures = [pool.submit(work, item) for item in items]
        try:
            yield from (future.result() for future in as_completed(futures))
        finally:  # one that broke, or Ctrl-C: what has not begun is not begun
            pool.shutdown(wait=False, cancel_futures=True)


_examiner: Examiner  # of this process, one of the pool


def _open(lecture: str) -> None:
    """Warm up, once for all mutants that this process will try."""
    global _examiner
    stack = ExitStack()
    _examiner = stack.enter_context(examiner(load().lecture(lecture), SEED, LIMITS))
    Finalize(None, stack.close, exitpriority=10)


def _outcome(mutant: Mutant) -> Outcome:
    _prove_reference(_examiner)
    killer = first_failing(_examiner, {mutant.file: mutant.source}, in_order(_examiner.lecture, mutant.exercise))
    return Outcome(mutant, killer.name, killer.visibility) if killer else Outcome(mutant)


@cache
def _prove_reference(judge: Examiner) -> None:
    """Within these limits the reference itself passes: else every mutant would seem to be killed."""
    if killer := first_failing(judge, {}, tests_of(judge.lecture)):
        raise Fault(f"the reference itself does not pass {killer.name}; see: grader audit {judge.lecture.id}")


def first_failing(judge: Examiner, edited: dict[str, str], tests: Iterable[Test]) -> Test | None:
    """The first of the tests that the reference with these files in place of its own does not pass."""
    with Sandboxed(judge.box, {**reference_sources(judge.lecture), **edited}) as subject:
        return next((test for test in tests if not _passes(judge, subject, test)), None)


def _passes(judge: Examiner, subject: Sandboxed, test: Test) -> bool:
    trial = _trial(judge, subject, test)
    if trial.first_wrong and trial.first_wrong.yours.kind == TIMED_OUT:  # once more: the machine may have been busy
        trial = _trial(judge, subject, test)
    if trial.status == FAULT:
        raise Fault(f"{test.name}: {trial.fault}")
    return trial.status == PASSED


def _trial(judge: Examiner, subject: Sandboxed, test: Test) -> Trial:
    data = reference_data(judge.lecture)  # nobody is told the smallest case: it is not looked for
    return attempt(test, subject, judge.reference, judge.seed, data, is_waiting=lambda: True)


@cache
def in_order(lecture: Lecture, exercise: str) -> tuple[Test, ...]:
    """The lecture's tests in the order in which they are likely to see a change in one exercise, public ones first."""
    above = _needing(lecture, exercise)

    def rank(test: Test) -> tuple[bool, int]:
        distance = 0 if test.exercise == exercise else 1 if test.exercise in above else 2
        return test.visibility != PUBLIC, distance

    return tuple(sorted(tests_of(lecture), key=rank))


def _needing(lecture: Lecture, exercise: str) -> set[str]:
    """The exercises that need this one, themselves or through others."""
    found = {exercise}
    for other in lecture.exercises:  # needs come before what needs them
        if found & set(other.needs):
            found.add(other.id)
    return found - {exercise}
