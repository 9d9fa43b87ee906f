# lecture 1, typed along with the video
import math


class Value:

    def __init__(self, data, children=(), op='', label=''):
        self.data = data
        self.grad = 0.0
        self.label = label
        self._prev = children
        self._op = op
        self._backward = lambda: None

    def __repr__(self):
        return "Value(data=" + str(self.data) + ")"

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        res = Value(self.data + other.data, (self, other), '+')

        def back():
            self.grad += 1.0 * res.grad
            other.grad += 1.0 * res.grad
        res._backward = back
        return res

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        res = Value(self.data * other.data, (self, other), '*')

        def back():
            self.grad += res.grad * other.data
            other.grad += res.grad * self.data
        res._backward = back
        return res

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + other * -1

    def __rsub__(self, other):
        return self * -1 + other

    def __pow__(self, k):
        res = Value(self.data ** k, (self,), 'pow')

        def back():
            self.grad += res.grad * k * self.data ** (k - 1)
        res._backward = back
        return res

    def __truediv__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return self * other ** -1

    def __rtruediv__(self, other):
        return other * self ** -1

    def exp(self):
        res = Value(math.exp(self.data), (self,), 'exp')

        def back():
            self.grad += res.grad * res.data
        res._backward = back
        return res

    def log(self):
        res = Value(math.log(self.data), (self,), 'log')

        def back():
            self.grad += res.grad / self.data
        res._backward = back
        return res

    def tanh(self):
        t = math.tanh(self.data)
        res = Value(t, (self,), 'tanh')

        def back():
            self.grad += res.grad * (1 - t ** 2)
        res._backward = back
        return res

    def relu(self):
        res = Value(max(self.data, 0.0), (self,), 'relu')

        def back():
            if res.data > 0:
                self.grad += res.grad
        res._backward = back
        print(res)

    def backward(self):
        order = []
        seen = set()

        def walk(node):
            if node not in seen:
                seen.add(node)
                for child in node._prev:
                    walk(child)
                order.append(node)

        walk(self)
        self.grad = 1.0
        for node in order[::-1]:
            node._backward()
