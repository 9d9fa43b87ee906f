from math import exp, log, tanh

class Value:
    def __init__(self, number, *inputs, back=None, label=""):
        self.data = number
        self.grad = 0.0
        self.inputs = inputs
        self.back = back        # gets the gradient from above, returns one per input
        self.label = label

    def __repr__(self):
        return f"Value(data={self.data})"

    def __add__(self, other):
        other = value(other)
        return Value(self.data + other.data, self, other, back=lambda g: (g, g))

    def __mul__(self, other):
        other = value(other)
        return self.data * other.data

    def __radd__(self, number): return value(number) + self
    def __rmul__(self, number): return value(number) * self

    def __neg__(self):
        return Value(-self.data, self, back=lambda g: (-g,))

    def __sub__(self, other):
        other = value(other)
        return Value(self.data - other.data, self, other, back=lambda g: (g, -g))

    def __rsub__(self, number): return value(number) - self

    def __pow__(self, n):
        return Value(self.data ** n, self, back=lambda g: (g * n * self.data ** (n - 1),))

    def __truediv__(self, other):
        return self * value(other) ** -1

    def __rtruediv__(self, number): return value(number) / self

    def exp(self):
        e = exp(self.data)
        return Value(e, self, back=lambda g: (g * e,))

    def log(self):
        return Value(log(self.data), self, back=lambda g: (g / self.data,))

    def tanh(self):
        t = tanh(self.data)
        return Value(t, self, back=lambda g: (g * (1 - t * t),))

    def relu(self):
        on = self.data > 0
        return Value(self.data if on else 0.0, self, back=lambda g: (g if on else 0.0,))

    def backward(self):
        line, known = [], set()

        def queue_up(v):
            if id(v) in known:
                return
            known.add(id(v))
            for w in v.inputs:
                queue_up(w)
            line.append(v)

        queue_up(self)
        self.grad = 1.0
        while line:
            v = line.pop()
            if v.back:
                for w, share in zip(v.inputs, v.back(v.grad)):
                    w.grad += share


def value(x):
    return x if isinstance(x, Value) else Value(x)
