# every node knows (parent, d node / d parent) for each of its parents; nothing else is needed
import math
from collections import Counter


class Value:
    def __init__(self, data, recipe=(), kind=None, label=""):
        self.data = data
        self.grad = 0.0
        self.recipe = recipe
        self.kind = kind
        self.label = label

    def __repr__(self):
        return f"{type(self).__name__}(data={self.data!r})"

    def __add__(self, other):
        other = node(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)), "+")

    def __sub__(self, other):
        other = node(other)
        return Value(self.data - other.data, ((self, 1.0), (other, -1.0)), "-")

    def __mul__(self, other):
        other = node(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)), "*")

    def __truediv__(self, other):
        other = node(other)
        ratio = self.data / other.data
        return Value(ratio, ((self, 1 / other.data), (other, -ratio / other.data)), "/")

    def __radd__(self, other):
        return node(other) + self

    def __rsub__(self, other):
        return node(other) - self

    def __rmul__(self, other):
        return node(other) * self

    def __rtruediv__(self, other):
        return node(other) / self

    def __neg__(self):
        return Value(-self.data, ((self, -1.0),), "-")

    def __pow__(self, power):
        lower = self.data ** (power - 1)
        return Value(lower * self.data, ((self, power * lower),), f"pow {power}")

    def exp(self):
        y = math.exp(self.data)
        return Value(y, ((self, y),), "exp")

    def log(self):
        return Value(math.log(self.data), ((self, 1 / self.data),), "log")

    def tanh(self):
        up, down = math.exp(self.data), math.exp(-self.data)
        return Value((up - down) / (up + down), ((self, 4 / (up + down) ** 2),), "tanh")

    def relu(self):
        return Value(max(self.data, 0), ((self, 1.0 if self.data > 0 else 0.0),), "relu")

    def backward(self):
        pending = Counter()
        stack, reached = [self], {id(self)}
        while stack:
            for parent, _ in stack.pop().recipe:
                pending[id(parent)] += 1
                if id(parent) not in reached:
                    reached.add(id(parent))
                    stack.append(parent)

        gradient = {id(self): 1.0}
        ready, finished = [self], []
        while ready:
            current = ready.pop()
            finished.append(current)
            for parent, slope in current.recipe:
                key = id(parent)
                gradient[key] = gradient.get(key, 0.0) + slope * gradient[id(current)]
                pending[key] -= 1
                if pending[key] == 0:
                    ready.append(parent)

        for done in finished[1:]:
            done.grad += gradient[id(done)]
        self.grad = 1.0


def node(x):
    if isinstance(x, Value):
        return x
    return Value(x)
