from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

Number = (int, float)


def nothing() -> None:
    pass


@dataclass(eq=False, repr=False)
class Value:
    """A scalar with a gradient. Compares by identity, so that it can live in sets."""

    data: float
    _prev: set[Value] = field(default_factory=set)
    _op: str = ""
    label: str = ""
    grad: float = 0.0
    _backward: Callable[[], None] = nothing

    def __post_init__(self):
        if not isinstance(self.data, Number):
            raise TypeError(f"a Value holds a number, not {type(self.data).__name__}")

    def __repr__(self):
        return f"Value(data={self.data})"

    @staticmethod
    def _check(other) -> Value:
        if isinstance(other, Value):
            return other
        if isinstance(other, Number):
            return Value(other)
        raise TypeError(f"cannot calculate with {type(other).__name__}")

    def __add__(self, other):
        other = self._check(other)
        out = Value(self.data + other.data, {self, other}, "+")
        print("made", out)

        def _backward():
            self.grad += 1.0 * out.grad
            other.grad += 1.0 * out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = self._check(other)
        out = Value(self.data * other.data, {self, other}, "*")
        print("made", out)

        def _backward():
            self.grad += out.grad * other.data
            other.grad += out.grad * self.data

        out._backward = _backward
        return out

    def __radd__(self, other):
        return self.__add__(other)

    def __rmul__(self, other):
        return self.__mul__(other)

    def __neg__(self):
        return self.__mul__(-1.0)

    def __sub__(self, other):
        return self.__add__(-self._check(other))

    def __rsub__(self, other):
        return self._check(other).__sub__(self)

    def __pow__(self, other):
        if not isinstance(other, Number):
            raise TypeError("only plain numbers as exponents")
        out = Value(math.pow(self.data, other), {self}, f"**{other}")

        def _backward():
            self.grad += out.grad * other * math.pow(self.data, other - 1)

        out._backward = _backward
        return out

    def __truediv__(self, other):
        return self.__mul__(self._check(other).__pow__(-1))

    def __rtruediv__(self, other):
        return self.__pow__(-1).__mul__(other)

    def _function(self, name, y, slope):
        out = Value(y, {self}, name)

        def _backward():
            self.grad += slope * out.grad

        out._backward = _backward
        return out

    def exp(self):
        return self._function("exp", math.exp(self.data), math.exp(self.data))

    def log(self):
        if self.data <= 0:
            raise ValueError("log of a number that is not above 0")
        return self._function("log", math.log(self.data), 1.0 / self.data)

    def tanh(self):
        e = math.exp(2 * self.data)
        t = (e - 1) / (e + 1)
        return self._function("tanh", t, 1 - t**2)

    def sigmoid(self):
        s = 1 / (1 + math.exp(-self.data))
        return self._function("sigmoid", s, s * (1 - s))

    def relu(self):
        return self._function("relu", max(0.0, self.data), 1.0 if self.data > 0 else 0.0)

    def __abs__(self):
        return self._function("abs", abs(self.data), math.copysign(1.0, self.data))

    def __gt__(self, other):
        return self.data > self._check(other).data

    def __lt__(self, other):
        return self.data < self._check(other).data

    def backward(self, grad=1.0):
        topo: list[Value] = []
        seen: set[Value] = set()

        def add_after_children(v: Value):
            if v in seen:
                return
            seen.add(v)
            for child in v._prev:
                add_after_children(child)
            topo.append(v)

        add_after_children(self)
        print("backward over", len(topo), "nodes")
        self.grad = grad
        while topo:
            topo.pop()._backward()
