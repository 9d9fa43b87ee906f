"""The suites as data: pytest collects the test functions once; each is then run on any number of submissions.

A suite test is a sentence for the student (its docstring) and what must agree. It may ask for these by name:
`agree(probe, **inputs)`; `for_all(probe, inputs)`, for many inputs of a kind, of which the smallest wrong ones are
shown; `draw`, a generator of fresh inputs from the class seed; and, for what is handed in as data,
`at_most(probe, limit)`.
"""

import inspect
import os
import random
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from math import prod
from pathlib import Path
from typing import Any

from grader.course import Lecture, load
from grader.errors import Fault
from grader.inside.plain import Array
from grader.inside.probe import Probe, each
from grader.judging.properties import POOL, Inputs, pool

CONFIGURATION = Path(__file__).parent / "pytest.ini"  # the suites' own
PUBLIC, HIDDEN = "public", "hidden"
FLOATS = {"float64": "d", "float32": "f"}  # as struct calls them


@dataclass(frozen=True)
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
        self.function(**{name: offered[name] for name in inspect.signature(self.function).parameters})

    def seed_of_all(self, seed: int) -> str:
        """What the inputs of `for_all` are made up from: in a public check it is the same for everybody."""
        return f"{'public' if self.visibility == PUBLIC else seed} {self.name}"


class Draw(random.Random):
    """Fresh inputs, the same for the same seed and test. Never 0, never 1, never the same number twice."""

    def __init__(self, seed: str) -> None:
        super().__init__(seed)
        self.drawn = {0.0, 1.0, 2.0, -1.0}

    def number(self, low: float, high: float, digits: int = 3) -> float:
        """A number between low and high with few digits, so that a student can type it in."""
        while (x := round(self.uniform(low, high), digits)) in self.drawn or -x in self.drawn:
            pass
        self.drawn.add(x)
        return x

    def numbers(self, count: int, low: float, high: float) -> list[float]:
        """Several of them."""
        return [self.number(low, high) for _ in range(count)]

    def array(
        self, *shape: int, low: float = -2.0, high: float = 2.0, digits: int = 3, dtype: str = "float64"
    ) -> Array:
        """An array of numbers with few digits, none of them 0; equal ones are possible in a large array."""
        numbers = [round(self.uniform(low, high), digits) or low for _ in range(prod(shape))]
        return Array(dtype, shape, struct.pack(f"<{len(numbers)}{FLOATS[dtype]}", *numbers))

    def integers(self, *shape: int, low: int, high: int) -> Array:
        """An int64 array of whole numbers from low up to, but not including, high."""
        numbers = [self.randrange(low, high) for _ in range(prod(shape))]
        return Array("int64", shape, struct.pack(f"<{len(numbers)}q", *numbers))

    def words(self, count: int, letters: str = "abcdefgh", shortest: int = 2, longest: int = 7) -> list[str]:
        """Made-up names from a few letters, each of which occurs; no two of the names are equal."""
        found = [letters]
        while len(found) < count:
            word = "".join(self.choices(letters, k=self.randint(shortest, longest)))
            if word not in found:
                found.append(word)
        self.shuffle(found)
        return found


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
    found = [test for visibility in (PUBLIC, HIDDEN) for test in _collect(lecture, visibility)]
    order = [exercise.id for exercise in lecture.exercises]
    return tuple(sorted(found, key=lambda test: order.index(test.exercise)))


def questions(lecture: Lecture, seed: int) -> list[tuple[Probe, dict[str, Any]]]:
    """Every probe on every input that the suites ask for; what judges data that is handed in asks for none."""
    found: list[tuple[Probe, dict[str, Any]]] = []

    def agree(probe: Probe, **inputs: Any) -> None:
        found.append((probe, inputs))

    for test in tests_of(lecture):

        def for_all(probe: Probe, inputs: Inputs, count: int = POOL, test: Test = test) -> None:
            agree(each(probe), each=list(pool(inputs, test.seed_of_all(seed), count)))

        ways: dict[str, Callable[..., None]] = {"agree": agree, "for_all": for_all}
        test.run({**ways, "at_most": lambda probe, limit: None}, seed)
    return found


def _collect(lecture: Lecture, visibility: str) -> list[Test]:
    file = load().folders.lectures / lecture.id / f"{visibility}.py"
    if not file.is_file():
        return []
    return [_test(item, visibility) for item in _pytest_items(file)]


def _pytest_items(file: Path) -> list[Any]:
    """What pytest collects from one suite file: our own configuration, no plugin but its own, no output."""
    import pytest

    class Collector:
        items: list[Any] = []  # noqa: RUF012
        errors: list[str] = []  # noqa: RUF012

        def pytest_collection_finish(self, session: Any) -> None:
            self.items = list(session.items)

        def pytest_collectreport(self, report: Any) -> None:
            if report.failed:
                self.errors = [*self.errors, str(report.longrepr)]

    collector = Collector()
    options = [
        "--collect-only",
        "--noconftest",
        "--import-mode=importlib",
        "-p",
        "no:terminal",
        "-p",
        "no:cacheprovider",
    ]
    before = os.environ.get("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        status = pytest.main(
            ["-c", str(CONFIGURATION), "--rootdir", str(file.parent), *options, str(file)], [collector]
        )
    finally:
        os.environ.pop("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
        if before is not None:
            os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = before
    if status or collector.errors:
        raise Fault(f"the suite {file.name} cannot be collected: {' '.join(collector.errors) or status}")
    return collector.items


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
