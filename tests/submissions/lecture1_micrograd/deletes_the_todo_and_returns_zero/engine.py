import math


class Value:

    def __init__(self, data, _children=(), _op="", label=""):
        self.data = data                    # the number
        self.grad = 0.0                     # d(output)/d(self), filled in by backward()
        self.label = label                  # a name for the drawing
        self._prev = tuple(_children)       # the Values this one was made from (the video keeps a set)
        self._op = _op                      # the operation that made it: '+', '*', 'tanh', ...
        self._backward = lambda: None       # hands self.grad on to the children; a leaf has none

    def __repr__(self):
        return "0"

    def __add__(self, other):
        return Value(0)

    def __mul__(self, other):
        return Value(0)

    def __radd__(self, other):
        return Value(0)

    def __rmul__(self, other):
        return Value(0)

    def __neg__(self):
        return Value(0)

    def __sub__(self, other):
        return Value(0)

    def __rsub__(self, other):
        return Value(0)

    def __pow__(self, other):
        return Value(0)

    def __truediv__(self, other):
        return Value(0)

    def __rtruediv__(self, other):
        return Value(0)

    def exp(self):
        return Value(0)

    def log(self):
        return Value(0)

    def tanh(self):
        return Value(0)

    def relu(self):
        return Value(0)

    def backward(self):
        return Value(0)
