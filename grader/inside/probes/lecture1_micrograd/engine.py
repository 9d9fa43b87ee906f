"""What is measured of engine.py: values and gradients of small programs, whatever the engine looks like inside."""

import math
from contextlib import suppress
from inspect import signature
from types import ModuleType
from typing import Any

from grader.inside import expressions
from grader.inside.probe import EXACT, NotAsStated, probe
from grader.inside.probes.lecture1_micrograd.shared import (
    METHODS,
    ROUNDING,
    gradients_of,
    hold_gradient,
    named_results,
    run_program,
    shown,
)


@probe(ROUNDING, shown)
def values(engine: ModuleType, *, program: str, at: dict[str, float]) -> Any:
    """The data of everything that a program computes."""
    steps = expressions.parse(program, METHODS)
    names = run_program(engine, steps, at)
    return {f"{name}.data": names[name].data for name in named_results(steps)}


def _swept_program(program: str, at: dict[str, float], upstream: float | None = None) -> str:
    if upstream is not None:
        return shown(program, at, upstream)
    return f"{shown(program, at)}; {expressions.parse(program, METHODS)[-1].target}.backward()"


@probe(ROUNDING, _swept_program)
def gradients(engine: ModuleType, *, program: str, at: dict[str, float], upstream: float | None = None) -> Any:
    """The gradient of every named node after backward() from the program's result.

    `upstream` replaces the 1.0 at the result, so that a factor that was forgotten shows.
    """
    steps = expressions.parse(program, METHODS)
    if upstream is None:
        names = run_program(engine, steps, at)
        names[steps[-1].target].backward()
        return gradients_of(names, [*at, *named_results(steps)])
    return _swept(engine, steps, at, upstream)


def _on_top(program: str, at: dict[str, float], upstream: float, before: float) -> str:
    return f"{shown(program, at, upstream)}: what is added where each input's gradient was {before} before"


@probe(ROUNDING, _on_top)
def added_gradients(engine: ModuleType, *, program: str, at: dict[str, float], upstream: float, before: float) -> Any:
    """What a sweep adds to the gradients that the inputs have already, which no slope may depend on.

    An engine may also begin a sweep from zero: then the two sweeps, from two such gradients, end alike.
    """
    steps = expressions.parse(program, METHODS)
    one, other = (_swept(engine, steps, at, upstream, start) for start in (before, before + 1.0))
    return {name: one[name] - (before if one[name] != other[name] else 0.0) for name in one}


def _swept(
    engine: ModuleType, steps: list[expressions.Step], at: dict[str, float], upstream: float, before: float = 0.0
) -> Any:
    """Gradients of all but the result, whose own gradient is `upstream`, by the first road that this engine takes.

    Engines store and pass gradients in many correct ways. The first road holds the result's `grad` at `upstream`
    while backward() runs. If that changes nothing (gradients kept elsewhere), the result is multiplied by `upstream`.
    An engine whose backward() is not there yet, or does nothing, is asked through the lecture's own closures.
    """
    wanted, result = [*at, *named_results(steps)[:-1]], steps[-1].target
    plain = _made(engine, steps, at, before)
    try:
        plain[result].backward()
    except Exception as error:
        names = _made(engine, steps, at, before)
        if not _spread(names[result], upstream):
            if isinstance(error, NotImplementedError):
                _begin(names[result])
            raise
        return gradients_of(names, wanted)
    unheld = gradients_of(plain, wanted)
    found = _held(_made(engine, steps, at, before), result, upstream, wanted)
    if found not in (None, unheld):
        return found
    if all(not grad or grad == before for grad in unheld.values()):
        # nothing came through: as it should be, or because backward() does nothing
        names = _made(engine, steps, at, before)
        if _spread(names[result], upstream):
            return gradients_of(names, wanted)
        _reach(engine, _made(engine, steps, at, before), steps[-1])
        return unheld
    return _scaled(engine, _made(engine, steps, at, before), steps[-1], upstream, wanted)


def _made(engine: ModuleType, steps: list[expressions.Step], at: dict[str, float], before: float) -> dict[str, Any]:
    """The program's names, with this gradient at each of its inputs."""
    names = run_program(engine, steps, at)
    for name in at if before else ():
        names[name].grad = before
    return names


def _held(names: dict[str, Any], result: str, upstream: float, wanted: list[str]) -> Any:
    """The gradients while the result's `grad` reads `upstream`, whatever is assigned to it; None if that fails."""
    try:
        hold_gradient(names[result], upstream, [])
        names[result].backward()
        return gradients_of(names, wanted)
    except Exception:
        return None


def _scaled(
    engine: ModuleType, names: dict[str, Any], last: expressions.Step, upstream: float, wanted: list[str]
) -> Any:
    """The gradients under one more product, which has to work for that: value-mul comes first if it does not.

    A product itself can wait for no other: it is measured, whatever is wrong.
    """
    result = names[last.target]
    with suppress(Exception):
        (result * engine.Value(upstream)).backward()
        if last.sign == "*" or math.isclose(result.grad, upstream):
            return gradients_of(names, wanted)
    raise NotImplementedError("value-mul")


def _reach(engine: ModuleType, names: dict[str, Any], last: expressions.Step) -> None:
    """Nothing happens if a sweep gets as far as the result of the last step, under a sum, or if there are no sums yet.

    If it does not, value-add comes first; and of a sum itself it is said.
    """
    result, name = names[last.target], last.target
    try:
        (result + engine.Value(1.0)).backward()
        grad = result.grad
    except Exception:
        return
    if type(grad) in (int, float) and not grad:
        if last.sign != "+":
            raise NotImplementedError("value-add")
        more = f"({name} + Value(1.0)).backward()"
        raise NotAsStated(f"{name}.backward() leaves every gradient below {name} at 0, and {more} that of {name}")


def _spread(result: Any, upstream: float) -> bool:
    """Run the lecture's closures from the result down its one operation; False if this engine has none by that name."""
    if not _is_closure(getattr(result, "_backward", None)) or not hasattr(result, "_prev"):
        return False
    result.grad = upstream
    below = [result]
    while below:
        node = below.pop()
        if node._prev or node._backward is not None:  # some leaves have none
            node._backward()
        below += node._prev
    return True


def _is_closure(thing: Any) -> bool:
    """Whether it can be called with nothing."""
    try:
        signature(thing).bind()
    except (TypeError, ValueError):
        return False
    return True


def _begin(result: Any) -> None:
    """What any sweep meets first, where the result of an operation keeps None in the place of its closure."""
    if getattr(result, "_backward", "other") is None and getattr(result, "_prev", None):
        raise TypeError("'NoneType' object is not callable")


@probe(ROUNDING, shown)
def graph(engine: ModuleType, *, program: str, at: dict[str, float]) -> Any:
    """Data and gradient of every node of a program, also of those without a name."""
    steps = expressions.parse(program, METHODS)
    names = run_program(engine, steps, at)
    names[steps[-1].target].backward()
    return {name: [node.data, node.grad] for name, node in names.items()}


@probe(EXACT, lambda data: f"repr(Value({data}))")
def text_of_value(engine: ModuleType, *, data: float) -> Any:
    """What print shows for a Value."""
    return repr(engine.Value(data))
