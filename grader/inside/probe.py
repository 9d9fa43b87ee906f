"""Probes: named functions that measure what a module computes, and never judge it.

A probe's leading parameters are the student's modules it needs, by name; its keyword-only parameters are the inputs.
It returns plain data. This package runs beside student code, so it imports `plain` and the standard library alone.
"""

import inspect
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from grader.inside import plain


class NotAsStated(Exception):
    """The student's object is not what the statement asks for; the message is a sentence for the student."""


def several(count: int, thing: str) -> str:
    """How many things came: "1 tensor", "3 tensors"."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


@dataclass(frozen=True)
class Tolerance:
    """How far two correct answers may lie apart: |a - b| <= absolute + relative * |expected|, and why so."""

    absolute: float
    why: str
    relative: float = 0.0

    def allows(self, yours: float, expected: float) -> bool:
        """Whether two numbers count as the same. False for nan or infinity on one side alone."""
        return self.distance(yours, expected) <= 1

    def distance(self, yours: float, expected: float) -> float:
        """How far apart two numbers are, in units of what is allowed here."""
        if yours == expected or (yours != yours and expected != expected):
            return 0.0
        try:
            gap, allowed = abs(yours - expected), self.absolute + self.relative * abs(expected)
            return gap / allowed if allowed and math.isfinite(gap) and math.isfinite(expected) else math.inf
        except OverflowError:  # an integer beyond every float
            return math.inf

    def said(self, expected: str) -> str:
        """How what is expected is put into words."""
        return expected


class AtMost(Tolerance):
    """Whatever is not above what is expected will do, as for a loss to be reached."""

    def distance(self, yours: float, expected: float) -> float:
        return 0.0 if yours <= expected else math.inf

    def said(self, expected: str) -> str:
        return f"at most {expected}"


EXACT = Tolerance(0.0, "no rounding takes part")
AT_MOST = AtMost(0.0, "a loss is reached or not")


def is_unwritten(error: BaseException, text: str, line: str = "") -> bool:
    """Whether a stub raised it, or somebody in this line: libraries say with the same exception what they cannot do.

    A stub's text is one word, its exercise.
    """
    is_one_word = WORD.fullmatch(text) is not None
    return isinstance(error, NotImplementedError) and (is_one_word or NotImplementedError.__name__ in line)


@dataclass(frozen=True)
class Probe:
    """What is measured (`name`), of which modules, how closely, and how its inputs are shown to a reader.

    `conclude`, where there is one, turns what was measured into what is compared. It runs on the trusted side: what a
    worker could simply claim, such as "no word is in two parts", is worked out there from the raw values. One that
    `is_many` does several measurements at once (see `each`).
    """

    name: str
    modules: tuple[str, ...]
    measure: Callable[..., Any]
    tolerance: Tolerance
    seconds: float
    show: Callable[..., str]
    conclude: Callable[..., Any] | None = None
    is_many: bool = False

    def __call__(self, modules: Mapping[str, Any], inputs: Mapping[str, Any]) -> Any:
        return self.measure(*(modules[name] for name in self.modules), **inputs)


REGISTRY: dict[str, Probe] = {}
WORD = re.compile(r"[\w-]*")
ALONE: dict[str, list[Probe]] = {}  # by the name of a probe, those that measure the same step by itself
WATCHED: dict[str, Probe] = {}  # by the name of a probe, the one that gives what was computed on the way


def probe(
    tolerance: Tolerance,
    show: Callable[..., str],
    seconds: float = 2.0,
    conclude: Callable[..., Any] | None = None,
) -> Callable[[Callable[..., Any]], Probe]:
    """Register a measuring function; `show` turns its inputs into one line, `seconds` is its time limit."""

    def register(measure: Callable[..., Any]) -> Probe:
        parameters = inspect.signature(measure).parameters.values()
        modules = tuple(p.name for p in parameters if p.kind is not p.KEYWORD_ONLY)
        lecture = measure.__module__.split(".")[3]  # grader.inside.probes.LECTURE, or a module in that folder
        made = Probe(f"{lecture}.{measure.__name__}", modules, measure, tolerance, seconds, show, conclude)
        REGISTRY[made.name] = made
        if conclude is None:
            _register_many(made)
        return made

    return register


def each(probe: Probe) -> Probe:
    """The same measurement on many inputs one after the other, as one: the modules are executed once for all."""
    return REGISTRY[f"{probe.name}.each"]


def _register_many(probe: Probe) -> None:
    for many in (_each, one_by_one):
        made = many(probe)
        REGISTRY[made.name] = made


def _each(probe: Probe) -> Probe:
    def measure(*modules: Any, each: list[dict[str, Any]]) -> Any:
        return [probe.measure(*modules, **inputs) for inputs in each]

    def show(each: list[dict[str, Any]]) -> str:
        return f"{len(each)} cases, the first: {probe.show(**each[0])}"

    return Probe(f"{probe.name}.each", probe.modules, measure, probe.tolerance, probe.seconds, show, is_many=True)


def one_by_one(probe: Probe) -> Probe:
    """The same on many inputs, each as if it were measured alone: in new modules, whatever the others raise."""

    def measure(*modules: Any, each: list[dict[str, Any]]) -> Any:
        from grader.inside.modules import anew  # which is loaded after this

        return [_outcome(probe, anew(modules), inputs) for inputs in each]

    return replace(each(probe), name=f"{probe.name}.one_by_one", measure=measure)


def _outcome(probe: Probe, modules: Iterable[Any], inputs: dict[str, Any]) -> list[Any]:
    """Whether it returned, and what; else which exception was raised, with its text."""
    try:
        return [True, plain.decode(plain.encode(probe.measure(*modules, **inputs)))]
    except Exception as error:
        return [False, type(error).__name__, str(error)]


def works_alone(original: Probe, **stand_ins: Any) -> None:
    """Let a step be measured by itself as well: with these functions in the place of those of other exercises.

    A stand-in computes something else than what it stands in for, so that it gives nothing away. Who does not call
    what it stands in for is measured as before.
    """

    def measure(*modules: ModuleType, **inputs: Any) -> Any:
        with in_place(modules[0], stand_ins):
            return original.measure(*modules, **inputs)

    measured_alone(original, measure)


def measured_alone(original: Probe, measure: Callable[..., Any]) -> None:
    """Let a step be measured by itself as well: in this way, which leaves out what other exercises compute.

    There may be several ways, for several styles. One that has an input `without` is told which exercises these are.
    """
    ways = ALONE.setdefault(original.name, [])
    made = replace(original, name=f"{original.name}_alone{len(ways) + 1 if ways else ''}", measure=measure)
    ways.append(made)
    REGISTRY[made.name] = made
    if made.conclude is None:
        _register_many(made)


@contextmanager
def in_place(module: ModuleType, stand_ins: Mapping[str, Any]) -> Iterator[None]:
    """Put them wherever a module of this folder knows their names, and afterwards what was there."""
    from grader.inside.modules import loaded_beside  # which is loaded after this

    known = [(m, name, getattr(m, name)) for m in loaded_beside([module]) for name in stand_ins if name in vars(m)]
    for m, name, _ in known:
        setattr(m, name, stand_ins[name])
    try:
        yield
    finally:
        for m, name, before in known:
            setattr(m, name, before)
