import random

from engine import Value


class Module:
    def parameters(self):
        return []

    def zero_grad(self):
        for parameter in self.parameters():
            parameter.grad = 0


class Neuron(Module):
    def __init__(self, nin, rng=random):
        self.w = []
        while len(self.w) < nin:
            self.w.append(Value(rng.uniform(-1, 1)))
        self.b = Value(rng.uniform(-1, 1))

    def __call__(self, x):
        total = self.b
        for weight, number in zip(self.w, x):
            total = total + weight * number
        return total.tanh()

    def parameters(self):
        return [*self.w, self.b]


class Layer(Module):
    def __init__(self, nin, nout, rng=random):
        self.cells = []
        for _ in range(nout):
            self.cells.append(Neuron(nin, rng))

    def __call__(self, x):
        if len(self.cells) == 1:
            return self.cells[0](x)
        return [cell(x) for cell in self.cells]

    def parameters(self):
        collected = []
        for cell in self.cells:
            collected.extend(cell.parameters())
        return collected


class MLP(Module):
    def __init__(self, nin, nouts, rng=random):
        self.stack = []
        for nout in nouts:
            self.stack.append(Layer(nin, nout, rng))
            nin = nout

    def __call__(self, x):
        signal = x
        for layer in self.stack:
            signal = layer(signal)
        return signal

    def parameters(self):
        collected = []
        for layer in self.stack:
            collected.extend(layer.parameters())
        return collected
