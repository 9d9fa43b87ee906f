from __future__ import annotations

import math
import numbers
from dataclasses import dataclass, field
from typing import Callable


class Arithmetic:
    """All that follows from +, * and powers."""

    def __radd__(self, other):
        return self.__add__(other)

    def __rmul__(self, other):
        return self.__mul__(other)

    def __neg__(self):
        return self.__mul__(-1.0)

    def __sub__(self, other):
        return self.__add__(-as_value(other))

    def __rsub__(self, other):
        return as_value(other).__sub__(self)

    def __truediv__(self, other):
        return self.__mul__(as_value(other).__pow__(-1))

    def __rtruediv__(self, other):
        return as_value(other).__truediv__(self)


def as_value(thing: object) -> "Value":
    if isinstance(thing, Value):
        return thing
    if isinstance(thing, bool) or not isinstance(thing, numbers.Real):
        raise TypeError(f"a Value or a number is needed here, not {type(thing).__name__}")
    return Value(float(thing))


def _nothing() -> None:
    pass


@dataclass(eq=False, repr=False)
class Value(Arithmetic):
    data: float
    _children: tuple["Value", ...] = ()
    _op: str = ""
    label: str = ""
    grad: float = field(default=0.0, init=False)
    _backward: Callable[[], None] = field(default_factory=lambda: _nothing, init=False)

    def __post_init__(self) -> None:
        if isinstance(self.data, Value):
            raise TypeError("a Value holds a number, not another Value")
        assert all(isinstance(child, Value) for child in self._children), self._children
        self.data = float(self.data)

    def __repr__(self) -> str:
        return f"{self.__class__.__qualname__}(data={self.data})"

    def _collect(self, amount: float) -> None:
        assert not math.isinf(amount), f"the gradient of {self!r} is infinite"
        self.grad = self.grad + amount

    def __add__(self, other: "Value | float") -> "Value":
        other = as_value(other)
        out = Value(self.data + other.data, (self, other), "+")

        def _backward() -> None:
            self._collect(out.grad)
            other._collect(out.grad)

        out._backward = _backward
        return out

    def __mul__(self, other: "Value | float") -> "Value":
        other = as_value(other)
        out = Value(self.data * other.data, (self, other), "*")

        def _backward() -> None:
            self._collect(out.grad * other.data)
            other._collect(out.grad * self.data)

        out._backward = _backward
        return out

    def __pow__(self, exponent: float) -> "Value":
        if isinstance(exponent, Value):
            raise TypeError("the exponent has to be a plain number")
        assert isinstance(exponent, (int, float)), exponent
        return self._unary(self.data**exponent, lambda y: exponent * self.data ** (exponent - 1), f"**{exponent}")

    def exp(self) -> "Value":
        return self._unary(math.exp(self.data), lambda y: y, "exp")

    def log(self) -> "Value":
        if self.data <= 0:
            raise ValueError(f"there is no logarithm of {self.data}")
        return self._unary(math.log(self.data), lambda y: 1.0 / self.data, "log")

    def tanh(self) -> "Value":
        return self._unary(math.tanh(self.data), lambda y: (1.0 - y) * (1.0 + y), "tanh")

    def relu(self) -> "Value":
        return self._unary(max(0.0, self.data), lambda y: 1.0 if y > 0 else 0.0, "relu")

    def _unary(self, y: float, slope: Callable[[float], float], op: str) -> "Value":
        out = Value(y, (self,), op)

        def _backward() -> None:
            self._collect(slope(out.data) * out.grad)

        out._backward = _backward
        return out

    def backward(self) -> None:
        order = self._order()
        assert order[-1] is self
        for node in order[:-1]:
            assert isinstance(node.grad, (int, float)), f"somebody has put {node.grad!r} into a gradient"
        self.grad = 1.0
        while order:
            order.pop()._backward()

    def _order(self) -> list["Value"]:
        """Inputs first, without recursion: (node, whether its children are done)."""
        order: list[Value] = []
        placed: set[int] = set()
        stack: list[tuple[Value, bool]] = [(self, False)]
        while stack:
            node, children_done = stack.pop()
            if id(node) in placed:
                continue
            if children_done:
                placed.add(id(node))
                order.append(node)
                continue
            stack.append((node, True))
            stack.extend((child, False) for child in node._children)
        return order
