"""An operation is a function of numbers, and one partial derivative per argument. A decorator makes the rest of it."""

import math
import operator
from functools import wraps


def lift(x):
    return x if hasattr(x, "_sources") else Value(x)


def differentiable(sign, *partials):
    """The partials get the arguments' numbers and then the result's."""

    def decorate(function):
        @wraps(function)
        def operation(*arguments):
            nodes = tuple(map(lift, arguments))
            numbers = [node.data for node in nodes]
            y = function(*numbers)
            slopes = [partial(*numbers, y) for partial in partials]
            return Value(y, list(zip(nodes, slopes)), sign)

        return operation

    return decorate


def swapped(operation):
    return lambda self, other: operation(other, self)


class Value:
    def __init__(self, data, _sources=(), _sign="", label=""):
        self.data = data
        self.grad = 0
        self.label = label
        self._sources = _sources
        self._sign = _sign

    __repr__ = lambda self: "Value(data={.data})".format(self)

    __add__ = differentiable("+", lambda a, b, y: 1, lambda a, b, y: 1)(operator.add)
    __sub__ = differentiable("-", lambda a, b, y: 1, lambda a, b, y: -1)(operator.sub)
    __mul__ = differentiable("*", lambda a, b, y: b, lambda a, b, y: a)(operator.mul)
    __truediv__ = differentiable("/", lambda a, b, y: 1 / b, lambda a, b, y: -y / b)(operator.truediv)
    __neg__ = differentiable("neg", lambda a, y: -1)(operator.neg)

    __radd__, __rsub__, __rmul__, __rtruediv__ = map(swapped, (__add__, __sub__, __mul__, __truediv__))

    def __pow__(self, n):
        return differentiable(f"**{n}", lambda a, y: n * a ** (n - 1))(lambda a: a**n)(self)

    @differentiable("exp", lambda a, y: y)
    def exp(a):
        return math.exp(a)

    @differentiable("log", lambda a, y: 1 / a)
    def log(a):
        return math.log(a)

    @differentiable("tanh", lambda a, y: 1 / math.cosh(a) ** 2)
    def tanh(a):
        return math.sinh(a) / math.cosh(a)

    @differentiable("relu", lambda a, y: float(a > 0))
    def relu(a):
        return a * (a > 0)

    def backward(self):
        self.grad = 1
        for node in reversed(list(_inputs_first(self, set()))):
            for source, slope in node._sources:
                source.grad += slope * node.grad


def _inputs_first(node, seen):
    if node in seen:
        return
    seen.add(node)
    for source, _ in node._sources:
        yield from _inputs_first(source, seen)
    yield node
