"""What the probes of lecture 1 share: tolerances, small programs run on a student's Values, careful readings."""

import math
from collections.abc import Callable
from types import ModuleType
from typing import Any

from grader.inside import expressions
from grader.inside.plain import article
from grader.inside.probe import NotAsStated, Tolerance

FLOATS: dict[str, Callable[[Any], Any]] = {
    "sin": math.sin, "cos": math.cos, "exp": math.exp, "log": math.log, "tanh": math.tanh,
}  # fmt: skip
METHODS: dict[str, Callable[[Any], Any]] = {
    "exp": lambda v: v.exp(), "log": lambda v: v.log(), "tanh": lambda v: v.tanh(), "relu": lambda v: v.relu(),
}  # fmt: skip

ROUNDING = Tolerance(1e-9, "float64 sums in another order differ by 1e-15, the nearest mistake by 1e-3", 1e-9)
BY_RULES = Tolerance(1e-13, "rules in another order differ by 1e-15, the best nudge in both directions by 1e-11", 1e-13)
NUDGED = Tolerance(1e-8, "two correct orders of a difference quotient differ by 1e-12 at h of 1e-3 or more")


def shown(program: str, at: dict[str, float], upstream: float | None = None) -> str:
    """A program as a student would type it, and the gradient that was put in at its result."""
    made = "; ".join([*(f"{name} = Value({x})" for name, x in at.items()), program])
    return made if upstream is None else f"{made}    (the gradient of the result set to {upstream})"


def listed(numbers: list[float]) -> str:
    """Numbers as a student would type them: a list of Values."""
    return f"[{', '.join(f'Value({x})' for x in numbers)}]"


def run_program(engine: ModuleType, steps: list[expressions.Step], at: dict[str, float]) -> dict[str, Any]:
    """The program's names, as the student's Values."""
    names: dict[str, Any] = {name: engine.Value(x) for name, x in at.items()}
    for step in steps:
        made = expressions.run([step], names)
        as_value(made, f"{step.target}, the result of {step.sign},")
    return names


def as_value(node: Any, what: str) -> Any:
    """The node itself, if it can pass for a Value."""
    if not hasattr(node, "data") or not hasattr(node, "grad"):
        raise NotAsStated(f"{what} is {described(node)}; it should be a Value")
    return node


def data_of(node: Any, what: str) -> Any:
    """The node's data, whatever the student keeps in it."""
    return as_value(node, what).data


def described(thing: Any) -> str:
    """What kind of thing it is, with its article."""
    return "None (is a return missing?)" if thing is None else article(type(thing).__name__)


def as_list(thing: Any, what: str) -> list[Any]:
    """The items of whatever sequence or set the student chose."""
    try:
        return list(thing)
    except TypeError:
        raise NotAsStated(f"{what} is {described(thing)}; it should be a list") from None


def parameters_of(module: Any) -> list[Any]:
    """What a module's method parameters() lists."""
    found = getattr(module, "parameters", None)
    kind = type(module).__name__
    if found is not None and not callable(found):
        raise NotAsStated(f"{kind}.parameters is {described(found)}; it should be a method: {kind}.parameters()")
    return as_list(module.parameters(), "parameters()")


def named_results(steps: list[expressions.Step]) -> list[str]:
    """The results that the program gives a name to."""
    return [step.target for step in steps if step.named]


def gradients_of(names: dict[str, Any], wanted: list[str]) -> dict[str, Any]:
    return {f"{name}.grad": names[name].grad for name in wanted}


def as_function(text: str, names: list[str]) -> Callable[..., Any]:
    """The text as a Python function of floats."""
    steps = expressions.parse(text, FLOATS)
    return lambda *args: expressions.run(steps, dict(zip(names, args, strict=True)))


def hold_gradient(node: Any, gradient: float, reads: list[bool]) -> None:
    """Make node.grad read `gradient` whatever is assigned to it, and note that it was read."""

    def read(self: Any) -> float:
        reads.append(True)
        return gradient

    kind = type(node)
    held = property(read, lambda self, value: None)
    object.__setattr__(node, "__class__", type(kind.__name__, (kind,), {"__slots__": (), "grad": held}))
