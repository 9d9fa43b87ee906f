"""Scalar autograd without recursion and without a __dict__ per node."""
import math


class Value:
    __slots__ = ("data", "grad", "label", "_inputs", "_sign", "_share")

    def __init__(self, data, label=""):
        self.data = data
        self.grad = 0.0
        self.label = label
        self._inputs = []
        self._sign = ""
        self._share = None      # takes the gradient of this node, gives it to the inputs

    def __repr__(self):
        return "Value(data={})".format(self.data)

    # -- sums and products

    def __add__(self, other):
        other = lift(other)

        def share(g):
            self.take(g)
            other.take(g)

        return result_of("+", self.data + other.data, [self, other], share)

    def __mul__(self, other):
        other = lift(other)

        def share(g):
            self.take(g * other.data)
            other.take(g * self.data)

        return result_of("*", self.data * other.data, [self, other], share)

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self):
        return result_of("neg", -self.data, [self], lambda g: self.take(-g))

    def __sub__(self, other):
        return self + -lift(other)

    def __rsub__(self, other):
        return lift(other) - self

    def __pow__(self, n):
        return result_of(f"^{n}", self.data ** n, [self], lambda g: self.take(g * n * self.data ** (n - 1)))

    def __truediv__(self, other):
        return self * lift(other) ** -1

    def __rtruediv__(self, other):
        return lift(other) / self

    # -- functions

    def exp(self):
        e = math.exp(self.data)
        return result_of("exp", e, [self], lambda g: self.take(g * e))

    def log(self):
        return result_of("log", math.log(self.data), [self], lambda g: self.take(g / self.data))

    def tanh(self):
        t = math.tanh(self.data)
        return result_of("tanh", t, [self], lambda g: self.take(g * (1 - t * t)))

    def relu(self):
        alive = self.data > 0
        return result_of("relu", self.data if alive else 0.0, [self], lambda g: self.take(g if alive else 0.0))

    # -- the sweep

    def take(self, amount):
        self.grad += amount

    def inputs_first(self):
        order, opened, stack = [], set(), [(self, False)]
        while stack:
            node, closing = stack.pop()
            if closing:
                order.append(node)
            elif id(node) not in opened:
                opened.add(id(node))
                stack.append((node, True))
                stack.extend((child, False) for child in node._inputs)
        return order

    def backward(self):
        order = self.inputs_first()
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in order[::-1]:
            if node._share is not None:
                node._share(node.grad)


def lift(thing):
    return thing if isinstance(thing, Value) else Value(thing)


def result_of(sign, data, inputs, share):
    node = Value(data)
    node._sign, node._inputs, node._share = sign, inputs, share
    return node
