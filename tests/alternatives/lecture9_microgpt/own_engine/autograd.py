import math


class Value:
    """A number with the numbers it was made from, and for each of them what to do with a gradient that arrives."""

    def __init__(self, data, *ways):
        self.data, self.grad, self.ways = data, 0, ways

    def __add__(self, other):
        other = of(other)
        return Value(self.data + other.data, (self, lambda g: g), (other, lambda g: g))

    def __mul__(self, other):
        other = of(other)
        return Value(self.data * other.data, (self, lambda g: g * other.data), (other, lambda g: g * self.data))

    def __pow__(self, n):
        return Value(self.data**n, (self, lambda g: g * n * self.data ** (n - 1)))

    def exp(self):
        out = Value(math.exp(self.data))
        out.ways = ((self, lambda g: g * out.data),)
        return out

    def log(self):
        return Value(math.log(self.data), (self, lambda g: g / self.data))

    def relu(self):
        return Value(self.data * (self.data > 0), (self, lambda g: g * (self.data > 0)))

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -of(other)

    def __rsub__(self, other):
        return of(other) + -self

    def __truediv__(self, other):
        return self * of(other) ** -1

    def __rtruediv__(self, other):
        return of(other) * self**-1

    __radd__, __rmul__ = __add__, __mul__

    def backward(self):
        # how many gradients a number waits for, before it hands on what it has
        waiting, ahead = {id(self): 0}, [self]
        while ahead:
            for below, _ in ahead.pop().ways:
                if id(below) not in waiting:
                    waiting[id(below)] = 0
                    ahead.append(below)
                waiting[id(below)] += 1
        self.grad, ready = 1, [self]
        while ready:
            value = ready.pop()
            for below, way in value.ways:
                below.grad += way(value.grad)
                waiting[id(below)] -= 1
                if not waiting[id(below)]:
                    ready.append(below)


def of(number):
    return number if isinstance(number, Value) else Value(number)


def linear(x, w):
    return [sum([a * b for a, b in zip(row[1:], x[1:])], row[0] * x[0]) for row in w]


def softmax(logits):
    highest = sorted(logit.data for logit in logits)[-1]
    powers = [(logit + -highest).exp() for logit in logits]
    whole = sum(powers[1:], powers[0])
    return [power / whole for power in powers]


def net_gradients(net, token, target):
    kept = {}

    def value_at(name, i, j):
        return kept.setdefault((name, i, j), Value(net[name][i][j]))

    rows = {name: [[value_at(name, i, j) for j in range(len(row))] for i, row in enumerate(net[name])] for name in net}
    hidden = [number.relu() for number in linear(rows["wte"][token], rows["w1"])]
    loss = -softmax(linear(hidden, rows["w2"]))[target].log()
    loss.backward()
    return {
        name: [[kept[name, i, j].grad for j in range(len(row))] for i, row in enumerate(net[name])] for name in net
    }
