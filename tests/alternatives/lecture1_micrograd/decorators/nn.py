import random
from functools import reduce
from itertools import chain
from operator import add, mul

import engine


class Parametrised:
    parts = ()

    def parameters(self):
        return list(chain.from_iterable(part.parameters() for part in self.parts))

    def zero_grad(self):
        any(setattr(p, "grad", 0) for p in self.parameters())


class Neuron(Parametrised):
    def __init__(self, nin, rng=random):
        *self.w, self.b = (engine.Value(rng.uniform(-1, 1)) for _ in range(nin + 1))

    def __call__(self, x):
        return reduce(add, map(mul, self.w, x), self.b).tanh()

    def parameters(self):
        return *self.w, self.b


class Layer(Parametrised):
    def __init__(self, nin, nout, rng=random):
        self.parts = tuple(Neuron(nin, rng) for _ in range(nout))

    def __call__(self, x):
        match [neuron(x) for neuron in self.parts]:
            case [single]:
                return single
            case several:
                return several


class MLP(Parametrised):
    def __init__(self, nin, nouts, rng=random):
        self.parts = []
        for nout in nouts:
            self.parts.append(Layer(nin, nout, rng))
            nin = nout

    def __call__(self, x):
        return reduce(lambda values, layer: layer(values), self.parts, x)
