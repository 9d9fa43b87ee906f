import random

from engine import Value


class Module:

    def parameters(self):
        return []

    def zero_grad(self):
        return 0


class Neuron(Module):

    def __init__(self, nin, rng=random):
        self.w, self.b = [], Value(0)

    def __call__(self, x):
        return Value(0)

    def parameters(self):
        return []


class Layer(Module):

    def __init__(self, nin, nout, rng=random):
        pass

    def __call__(self, x):
        return Value(0)

    def parameters(self):
        return []


class MLP(Module):

    def __init__(self, nin, nouts, rng=random):
        pass

    def __call__(self, x):
        return Value(0)

    def parameters(self):
        return []
