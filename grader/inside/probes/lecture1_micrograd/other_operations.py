"""Operations in the place of a student's: they compute something else, and build the student's own kind of graph.

On a bent ruler, each operation is carried out on what the ruler shows: so whatever a difference or a quotient is made
of fits together, and is none of what an exercise asks for. For a sweep alone the numbers are as they were, for it
matters which of them are equal, and each slope is another one. All slopes are found by nudging.
"""

import math
import operator
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from grader.inside.probe import NotAsStated

MOST_NODES = 20_000  # that are walked: a graph that bites its own tail has no end
MISSING = object()


def _bent(x: float) -> float:
    return x * math.sqrt((1 + x * x) / 2)


def _straightened(y: float) -> float:
    return 2 * y / math.sqrt(1 + math.sqrt(1 + 8 * y * y))


class OnRuler:
    """Other numbers, and the slopes that belong to them."""

    def __init__(self, run: Callable[..., float]) -> None:
        self.run: Callable[..., float] = lambda *numbers: _straightened(run(*map(_bent, numbers)))

    def slope(self, numbers: list[float], at: int) -> float:
        """How far the result moves with one of the numbers."""
        step = 1e-4 * (1 + abs(numbers[at]))
        up, down = ([*numbers[:at], numbers[at] + move, *numbers[at + 1 :]] for move in (step, -step))
        return float(self.run(*up) - self.run(*down)) / (2 * step)


class Weighed(OnRuler):
    """The same numbers, and slopes that are weighed by them; every chain of them is weighed by its two ends."""

    def __init__(self, run: Callable[..., float]) -> None:
        self.run = run

    def slope(self, numbers: list[float], at: int) -> float:
        return super().slope(numbers, at) * _weight(numbers[at]) / _weight(self.run(*numbers))


def _weight(x: float) -> float:
    return 2 + math.cos(x)


# by exercise: its methods, the sign of each, what it computes, and whether the other one comes first
BINARY: dict[str, dict[str, tuple[str, Callable[..., float], bool]]] = {
    "value-add": {"__add__": ("+", operator.add, False)},
    "value-mul": {"__mul__": ("*", operator.mul, False)},
    "value-reflected": {"__radd__": ("+", operator.add, True), "__rmul__": ("*", operator.mul, True)},
    "value-neg-sub": {"__sub__": ("-", operator.sub, False), "__rsub__": ("-", operator.sub, True)},
    "value-div": {"__truediv__": ("/", operator.truediv, False), "__rtruediv__": ("/", operator.truediv, True)},
}
UNARY: dict[str, dict[str, tuple[str, Callable[..., float]]]] = {
    "value-neg-sub": {"__neg__": ("neg", operator.neg)},
    "value-exp": {"exp": ("exp", lambda a: a + math.sqrt(2 + a * a))},
    "value-log": {"log": ("log", lambda a: a - 1 / a)},
    "value-tanh": {"tanh": ("tanh", lambda a: a / math.sqrt(2 + a * a))},
    "value-relu": {"relu": ("relu", lambda a: a + abs(a) / 2)},
}
NUMBERS_BESIDE = "value-reflected"  # asks for plain numbers beside + and *, in the methods of
MIXED = ("value-add", "value-mul")


@dataclass(frozen=True)
class Way:
    """Under which names an engine's Values keep what they were made from, their closure, and their sign."""

    kind: Any
    inputs: str
    closure: str
    sign: str

    @classmethod
    def of(cls, kind: Any) -> "Way | None":
        """As seen on a new Value; None if this engine does not keep one collection and one closure."""
        held = _attributes(kind(0.0))
        inputs = [name for name, value in held.items() if isinstance(value, set | tuple | list) and not value]
        closures = [name for name, value in held.items() if callable(value) and name != "backward"]
        closures = closures or [name for name, value in held.items() if value is None and "backward" in name]
        signs = [name for name, value in held.items() if value == "" and name != "label"]
        one = len(inputs) == len(closures) == 1
        return cls(kind, inputs[0], closures[0], (signs or [""])[0]) if one else None

    def below(self, node: Any) -> list[Any]:
        """What a Value was made from."""
        return list(getattr(node, self.inputs))

    def link(self, node: Any, inputs: list[Any], slopes: list[float], sign: str) -> None:
        """Let a Value know what it was made from, and how to hand its gradient on."""

        def hand_on() -> None:
            for below, slope in zip(inputs, slopes, strict=True):
                below.grad += slope * node.grad

        setattr(node, self.inputs, type(getattr(node, self.inputs))(inputs))
        setattr(node, self.closure, hand_on)
        if self.sign:
            setattr(node, self.sign, sign)

    def walk(self, root: Any) -> None:
        """Run every closure once for each path that leads to it."""
        ahead, count = [root], 0
        while ahead:
            node = ahead.pop()
            if (hand_on := getattr(node, self.closure)) is not None:  # some leaves have none
                hand_on()
            ahead += self.below(node)
            count += 1
            if count > MOST_NODES:
                raise NotAsStated("the graph has no end")


def _attributes(node: Any) -> dict[str, Any]:
    slots = (name for kind in type(node).__mro__ for name in vars(kind).get("__slots__", ()))
    return {name: getattr(node, name, None) for name in [*getattr(node, "__dict__", ()), *slots]}


@contextmanager
def in_place_of(kind: Any, exercises: list[str]) -> Iterator[Way | None]:
    """Put other operations into the class Value for those that these exercises write; afterwards what was there."""
    way = Way.of(kind)
    maker = Maker(kind, way, OnRuler if "value-backward" in exercises else Weighed)
    with ExitStack() as stack:
        for name, method in maker.methods(exercises).items():
            stack.enter_context(_method(kind, name, method))
        yield way


@contextmanager
def _method(kind: Any, name: str, method: Any) -> Iterator[None]:
    before = vars(kind).get(name, MISSING)
    setattr(kind, name, method)
    try:
        yield
    finally:
        if before is MISSING:
            delattr(kind, name)
        else:
            setattr(kind, name, before)


@dataclass(frozen=True)
class Maker:
    """Makes methods of a class Value, and the Values that they give."""

    kind: Any
    way: Way | None
    arithmetic: type[OnRuler]

    def methods(self, exercises: list[str]) -> dict[str, Any]:
        """Other methods, by name, for those that these exercises write."""
        found: dict[str, Any] = {}
        for exercise in exercises:
            found |= {name: self.unary(*one) for name, one in UNARY.get(exercise, {}).items()}
            for name, (sign, run, is_turned) in BINARY.get(exercise, {}).items():
                is_mixed = not is_turned and exercise in MIXED and NUMBERS_BESIDE not in exercises
                found[name] = self.binary(sign, run, is_turned, getattr(self.kind, name, None) if is_mixed else None)
        if "value-pow" in exercises:
            found["__pow__"] = lambda one, n: self.made(lambda a: abs(a) ** n, [one], f"**{n}")
        if "value-backward" in exercises:
            found["backward"] = lambda one: _sweep(self.way, one)
        return found

    def unary(self, sign: str, run: Callable[..., float]) -> Any:
        """The operation of one."""
        return lambda one: self.made(run, [one], sign)

    def binary(self, sign: str, run: Callable[..., float], is_turned: bool, own: Any) -> Any:
        """The operation of two; `own` is the student's, which is asked where a plain number stands beside a Value."""

        def operation(one: Any, other: Any) -> Any:
            if not isinstance(other, self.kind):
                if own is not None:
                    return own(one, other)
                other = self.kind(other)
            return self.made(run, [other, one] if is_turned else [one, other], sign)

        return operation

    def made(self, run: Callable[..., float], inputs: list[Any], sign: str) -> Any:
        """A Value that was made from others."""
        numbers, arithmetic = [node.data for node in inputs], self.arithmetic(run)
        node = self.kind(arithmetic.run(*numbers))
        if self.way is not None:
            self.way.link(node, inputs, [arithmetic.slope(numbers, i) for i in range(len(inputs))], sign)
        return node


def _sweep(way: Way | None, root: Any) -> None:
    """From the result back along every path, which is the sweep that is asked for only where no result is shared."""
    if way is None:
        raise NotAsStated("this engine keeps no closures")
    root.grad = 1.0
    way.walk(root)
