"""The suites as data: pytest collects the test functions once; each is then run on any number of submissions.

A suite test is a sentence for the student (its docstring) and what must agree. It may ask for these by name:
`agree(probe, **inputs)`; `for_all(probe, inputs)`, for many inputs of a kind, of which the smallest wrong ones are
shown; `draw`, a generator of fresh inputs from the class seed; and, for what is handed in as data,
`at_most(probe, limit)`.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from grader.course import Lecture, load
from grader.errors import Fault
from grader.inside.probe import Probe
from grader.judging.collecting import collected
from grader.judging.fresh_inputs import Draw
from grader.judging.properties import POOL, Inputs
from grader.judging.steps import Agree, AtMost, ForAll, Question, Step

PUBLIC, HIDDEN = "public", "hidden"
KNOWN = 1000  # tests whose steps are kept: more than a course has

__all__ = ["HIDDEN", "PUBLIC", "Question", "Test", "asked", "exercise", "questions", "steps_of", "tests_of"]


@dataclass(frozen=True, eq=False)
class Test:
    """One suite test: for which exercise, what it says, what it is worth, what it cannot run without.

    One that stands `aside` asks for something beside the exercise's main matter: nothing waits for it.
    """

    __test__ = False  # pytest shall not take this class for a test of its own

    exercise: str
    name: str
    sentence: str
    visibility: str
    points: int
    needs: tuple[str, ...]
    aside: bool
    function: Callable[..., None]
    parameters: dict[str, Any]

    def run(self, ways: Mapping[str, Callable[..., None]], seed: int) -> None:
        """Call the test function with what it asks for: of the ways to judge, of fresh inputs, of its parameters."""
        offered = {**ways, "draw": Draw(f"{seed} {self.name}"), **self.parameters}
        self.function(**{name: offered[name] for name in _asked_for(self.function)})

    def seed_of_all(self, seed: int) -> str:
        """What the inputs of `for_all` are made up from: in a public check it is the same for everybody."""
        return f"{'public' if self.visibility == PUBLIC else seed} {self.name}"


def exercise(id: str, points: int, needs: tuple[str, ...] = (), aside: bool = False) -> Callable[[Any], Any]:
    """Say which exercise a test belongs to, what it is worth, and what else must be right for it to be fair.

    `aside`: what needs the exercise does not wait for this test, and a mistake that shows here is named for itself.
    """

    def mark(function: Any) -> Any:
        function.exercise = (id, points, tuple(needs), aside)
        return function

    return mark


@cache
def tests_of(lecture: Lecture) -> tuple[Test, ...]:
    """All tests of a lecture in course order, public before hidden within an exercise."""
    found = [_test(item, visibility) for visibility in (PUBLIC, HIDDEN) for item in collected(lecture, visibility)]
    order = [exercise.id for exercise in lecture.exercises]
    return tuple(sorted(found, key=lambda test: order.index(test.exercise)))


def questions(lecture: Lecture, seed: int) -> list[Question]:
    """Every probe on every input that the suites ask for."""
    return [question for test in tests_of(lecture) for question in asked(test, seed)]


def asked(test: Test, seed: int) -> list[Question]:
    """The probes and inputs of a test; none of one that judges data."""
    return [question for step in steps_of(test, seed) for question in step.questions]


@lru_cache(maxsize=KNOWN)
def steps_of(test: Test, seed: int) -> tuple[Step, ...]:
    """All that a test says must agree, in its order. Every submission is asked the same, so it is called once."""
    found: list[Step] = []

    def agree(probe: Probe, **inputs: Any) -> None:
        found.append(Agree(probe, inputs))

    def for_all(probe: Probe, inputs: Inputs, count: int = POOL) -> None:
        found.append(ForAll(probe, inputs, count, test.seed_of_all(seed)))

    def at_most(probe: Probe, limit: float) -> None:
        found.append(AtMost(probe, limit))

    test.run({"agree": agree, "for_all": for_all, "at_most": at_most}, seed)
    return tuple(found)


@cache
def _asked_for(function: Callable[..., None]) -> tuple[str, ...]:
    """The names of what a test function asks for."""
    return tuple(inspect.signature(function).parameters)


def _test(item: Any, visibility: str) -> Test:
    function = item.obj
    if not hasattr(function, "exercise") or not function.__doc__:
        raise Fault(f"the suite test {item.name} needs an @exercise and a sentence")
    id, points, needs, aside = function.exercise
    load().exercise(id)
    callspec = getattr(item, "callspec", None)
    parameters = dict(callspec.params) if callspec else {}
    return Test(
        exercise=id,
        name=item.name.removeprefix("test_"),
        sentence=inspect.cleandoc(function.__doc__).splitlines()[0].format(**parameters),
        visibility=visibility,
        points=points,
        needs=tuple(needs),
        aside=aside,
        function=function,
        parameters=parameters,
    )
