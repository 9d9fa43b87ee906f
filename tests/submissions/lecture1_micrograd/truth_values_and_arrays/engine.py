"""micrograd's engine: a number that remembers how it was made, and can send gradients back.

Lecture 1, 0:19 to 1:40. Plain Python: no torch, no numpy, no other autodiff library in this file.
What is left out: arrays. Every Value is one number, so that the chain rule stays in plain sight.

Fixed for the checks: `data`, `grad`, `label`, `backward()`, the operators, `exp`, `log`, `tanh`, `relu`.
Everything else (how you remember children and closures) is yours; the names here are the lecture's.
"""

import math


class Value:
    """One number in an expression graph: its value in `data`, d(output)/d(this) in `grad`."""

    def __init__(self, data, _children=(), _op="", label=""):
        self.data = data                    # the number
        self.grad = 0.0                     # d(output)/d(self), filled in by backward()
        self.label = label                  # a name for the drawing
        self._prev = tuple(_children)       # the Values this one was made from (the video keeps a set)
        self._op = _op                      # the operation that made it: '+', '*', 'tanh', ...
        self._backward = lambda: None       # hands self.grad on to the children; a leaf has none

    def __repr__(self):
        """The text that print shows: the class name and the data.

        >>> Value(2.0)
        Value(data=2.0)

        Source: lecture 1, 0:19.
        """
        return f"Value(data={self.data})"

    def __add__(self, other):
        """self + other, and how the gradient flows back through it.

        other: a Value. Returns a new Value whose closure adds to self.grad and other.grad.
        (Plain numbers on the right, as in a + 1, belong to the exercise value-reflected.)

        >>> (Value(2.0) + Value(-3.0)).data
        -1.0

        Source: lecture 1, 0:22 and 1:09; using a node twice, as in a + a, 1:22.
        """
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), "+")

        def _backward():
            # a sum hands its gradient on unchanged, to both sides
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        """self * other, and how the gradient flows back through it.

        other: a Value. Returns a new Value.
        (Plain numbers on the right, as in a * 2, belong to the exercise value-reflected.)

        >>> (Value(2.0) * Value(-3.0)).data
        -6.0

        Source: lecture 1, 0:26 and 1:10.
        """
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other), "*")

        def _backward():
            # each factor's slope is the other factor, times what arrives from above
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def __radd__(self, other):
        """other + self, where other is a plain number: Python comes here for 1 + a, and for sum([...]).

        The exercise value-reflected is about plain numbers on either side of + and *: make a + 1 and
        a * 2 work too (in `__add__` and `__mul__`, by turning the number into a Value).

        >>> (1 + Value(2.0)).data
        3.0

        Source: lecture 1, 1:27.
        """
        return self + other

    def __rmul__(self, other):
        """other * self, where other is a plain number: Python comes here for 2 * a.

        >>> (2 * Value(3.0)).data
        6.0

        Source: lecture 1, 1:29.
        """
        return self * other

    def __neg__(self):
        """-self.

        >>> (-Value(2.0)).data
        -2.0

        Source: lecture 1, 1:34.
        """
        return self * -1

    def __sub__(self, other):
        """self - other, where other is a Value or a plain number.

        >>> (Value(2.0) - Value(-3.0)).data
        5.0

        Source: lecture 1, 1:34.
        """
        # a difference is a sum: nothing new to differentiate
        return self + (-other)

    def __rsub__(self, other):
        """other - self, where other is a plain number: Python comes here for 2 - a.

        >>> (2 - Value(3.0)).data
        -1.0

        Source: lecture 1, 1:34; the reflected form is in the lecture's repository.
        """
        return (-self) + other

    def __pow__(self, other):
        """self to the power of other, where other is a plain int or float (not a Value).

        >>> (Value(2.0) ** 3).data
        8.0

        Source: lecture 1, 1:32.
        """
        assert isinstance(other, (int, float)), "the exponent must be a plain number"
        out = Value(self.data**other, (self,), f"**{other}")

        def _backward():
            # the power rule: the exponent comes down, and is one lower above
            self.grad += other * self.data ** (other - 1) * out.grad

        out._backward = _backward
        return out

    def __truediv__(self, other):
        """self / other, where other is a Value or a plain number.

        >>> (Value(3.0) / Value(2.0)).data
        1.5

        Source: lecture 1, 1:31.
        """
        # dividing is multiplying by the power -1: the power rule does the rest
        other = other if isinstance(other, Value) else Value(other)
        return self * other**-1

    def __rtruediv__(self, other):
        """other / self, where other is a plain number: Python comes here for 2 / a.

        >>> (2 / Value(4.0)).data
        0.5

        Source: lecture 1, 1:31; the reflected form is in the lecture's repository.
        """
        return self**-1 * other

    def exp(self):
        """e to the power of self.

        >>> Value(2.0).exp().data
        7.38905609893065

        Source: lecture 1, 1:29.
        """
        out = Value(math.exp(self.data), (self,), "exp")

        def _backward():
            # the one function that is its own slope, and out.data already holds it
            self.grad += out.data * out.grad

        out._backward = _backward
        return out

    def log(self):
        """The natural logarithm of self, whose data is above 0.

        >>> Value(2.0).log().data
        0.6931471805599453

        Source: lecture 1, exercises, part 2 (the loss needs it).
        """
        out = Value(math.log(self.data), (self,), "log")

        def _backward():
            self.grad += (1 / self.data) * out.grad

        out._backward = _backward
        return out

    def tanh(self):
        """The hyperbolic tangent of self: squashes any number into (-1, 1).

        >>> Value(0.8813735870195432).tanh().data
        0.7071067811865477

        Source: lecture 1, 0:55 and 1:11.
        """
        out = Value(math.tanh(self.data), (self,), "tanh")

        def _backward():
            # steepest (slope 1) where the output is 0, flat where it is near -1 or 1
            self.grad += (1 - out.data**2) * out.grad

        out._backward = _backward
        return out

    def relu(self):
        """self where it is above 0, else 0. At exactly 0 either slope, 0 or 1, is fine.

        >>> Value(-3.0).relu().data, Value(2.0).relu().data
        (0.0, 2.0)

        Source: lecture 1, 2:16 (the repository's engine).
        """
        out = Value(self.data > 0, (self,), "relu")

        def _backward():
            # where the output is flat at 0, a nudge of the input changes nothing
            self.grad += (self.data > 0) * out.grad

        out._backward = _backward
        return out

    def backward(self):
        """Fill in `grad` of every Value that self was made from: d(self)/d(that Value).

        Order: a node hands its gradient on only after it has received all of it. self.grad becomes 1.
        Gradients add up, so a node that is used twice collects from both uses. It is up to you whether
        a second call starts again from zero or adds to what is there.

        >>> a, b, c, f = Value(2.0), Value(-3.0), Value(10.0), Value(-2.0)
        >>> L = (a*b + c) * f
        >>> L.backward()
        >>> a.grad, b.grad, c.grad, f.grad
        (6.0, -4.0, -2.0, 4.0)

        Source: lecture 1, 1:17 (the order) and 1:22 (a node used twice).
        """
        # topological order: every node stands behind all the nodes it was made from
        topo = []
        visited = set()

        def build_topo(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build_topo(child)
                topo.append(v)

        build_topo(self)

        # from the output back: d(self)/d(self) is 1, the chain rule does the rest
        self.grad = 1.0
        for v in reversed(topo):
            v._backward()
