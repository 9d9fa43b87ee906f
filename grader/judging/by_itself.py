"""What a test asks when it is measured by itself: with something else in the place of what other exercises compute."""

import inspect
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from grader.course import load
from grader.inside.probe import ALONE, Probe, each
from grader.judging.properties import POOL, Inputs, pool
from grader.judging.suite import Test, tests_of
from grader.sandbox.observation import Asked

MANY = ".each"  # what the name of a probe that does several measurements at once ends in

Question = tuple[Probe, Mapping[str, Any]]


def ways_alone(test: Test, seed: int) -> Iterator[list[Question]]:
    """All that a test asks, once for each way in which it can be measured by itself."""
    questions = asked(test, seed)
    most = max((len(_ways(probe)) for probe, _ in questions), default=0)
    for number in range(most):
        yield [_alone(test, question, number) for question in questions]


def asked(test: Test, seed: int) -> list[Question]:
    """The probes and inputs of a test; none of one that judges data."""
    found: list[Question] = []

    def agree(probe: Probe, **inputs: Any) -> None:
        found.append((probe, inputs))

    def for_all(probe: Probe, inputs: Inputs, count: int = POOL) -> None:
        found.append((each(probe), all_at_once(inputs, test.seed_of_all(seed), count)))

    test.run({"agree": agree, "for_all": for_all, "at_most": lambda probe, limit: None}, seed)
    return found


def _ways(probe: Probe) -> list[Probe]:
    return ALONE.get(probe.name.removesuffix(MANY), [])


def _alone(test: Test, question: Question, number: int) -> Question:
    """One question as it is put in this way; as it always is if there is no such way for it."""
    probe, inputs = question
    ways = _ways(probe)
    if not ways:
        return question
    way = ways[min(number, len(ways) - 1)]
    more = {"without": list(needed(test.exercise, test.needs))} if _asks_without(way) else {}
    if probe.is_many:
        return each(way), {"each": [{**one, **more} for one in inputs["each"]]}
    return way, {**inputs, **more}


def _asks_without(way: Probe) -> bool:
    return "without" in inspect.signature(way.measure).parameters


@cache
def needed(exercise: str, more: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Every exercise that one needs, with `more` that a test of it needs, and what these need; never its own."""
    found: dict[str, None] = {}
    ahead = [*load().exercise(exercise).needs, *more]
    while ahead:
        id = ahead.pop(0)
        if id not in found and id != exercise:
            found[id] = None
            ahead += _needs_of(id)
    return tuple(found)


@cache
def _needs_of(id: str) -> tuple[str, ...]:
    """What an exercise needs, in any of its tests."""
    exercise = load().exercise(id)
    tests = tests_of(load().lecture(exercise.lecture))
    return (*exercise.needs, *(need for test in tests if test.exercise == id for need in test.needs))


@lru_cache(maxsize=1000)
def all_at_once(inputs: Inputs, seed: str, count: int) -> Asked:
    """Many inputs of a kind as one question. Every submission is asked the same, so it is written once."""
    return Asked(each=list(pool(inputs, seed, count)))
