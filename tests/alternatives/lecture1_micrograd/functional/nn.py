import random
from functools import reduce
from itertools import chain

import engine


class Module:
    def parameters(self):
        return []

    def zero_grad(self):
        for p in self.parameters():
            p.grad = 0.0


class Neuron(Module):
    def __init__(self, nin, rng=random):
        *self.w, self.b = [engine.Value(rng.uniform(-1, 1)) for _ in range(nin + 1)]

    def __call__(self, x):
        pairs = zip(self.w, x, strict=True)
        return (sum(w * v for w, v in pairs) + self.b).tanh()

    def parameters(self):
        return list(self.w) + [self.b]


class Group(Module):
    """Something whose parameters are those of its parts."""

    def parameters(self):
        return list(chain.from_iterable(part.parameters() for part in self.parts))


class Layer(Group):
    def __init__(self, nin, nout, rng=random):
        self.parts = tuple(Neuron(nin, rng) for _ in range(nout))

    def __call__(self, x):
        outputs = [neuron(x) for neuron in self.parts]
        if len(outputs) > 1:
            return outputs
        return outputs[0]


class MLP(Group):
    def __init__(self, nin, nouts, rng=random):
        widths = [nin, *nouts]
        self.parts = [Layer(before, after, rng) for before, after in zip(widths, widths[1:])]

    def __call__(self, x):
        return reduce(lambda signal, layer: layer(signal), self.parts, x)
