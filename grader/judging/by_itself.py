"""What a test asks when it is measured by itself: with something else in the place of what other exercises compute."""

import inspect
from collections.abc import Iterable
from functools import cache, lru_cache

from grader.course import load
from grader.inside.probe import ALONE, Probe, each
from grader.judging.recorded.archive import recording
from grader.judging.suite import KNOWN, Question, Test, asked, tests_of
from grader.sandbox.observation import Asked

MANY = ".each"  # what the name of a probe that does several measurements at once ends in


@lru_cache(maxsize=KNOWN)
def ways_alone(test: Test, seed: int) -> tuple[tuple[Question, ...], ...]:
    """All that a test asks, once for each way in which it can be measured by itself."""
    questions = asked(test, seed)
    most = max((len(_ways(probe)) for probe, _ in questions), default=0)
    return tuple(tuple(_alone(test, question, number) for question in questions) for number in range(most))


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
        return each(way), Asked(each=[{**one, **more} for one in inputs["each"]])
    return way, Asked({**inputs, **more})


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
            ahead += own_needs(id)
    return tuple(found)


def all_needs(ids: Iterable[str]) -> list[str]:
    """These exercises and all that they are built on, each once."""
    found: dict[str, None] = {}
    ahead = list(ids)
    while ahead:
        found[id := ahead.pop(0)] = None
        ahead += [need for need in load().exercise(id).needs if need not in found]
    return list(found)


@cache
def own_needs(id: str) -> tuple[str, ...]:
    """What an exercise needs, in any of its tests."""
    exercise = load().exercise(id)
    if archive := recording(load().lecture(exercise.lecture)):
        return tuple(archive.part("needs").get(id, ()))
    tests = tests_of(load().lecture(exercise.lecture))
    return (*exercise.needs, *(need for test in tests if test.exercise == id for need in test.needs))
