import random
from engine import Value

class Module:
    def zero_grad(self):
        for p in self.parameters:
            p.grad = 0.0

class Neuron(Module):
    def __init__(self, nin, rng=random):
        self.w = [Value(rng.uniform(-1, 1)) for i in range(nin)]
        self.b = Value(rng.uniform(-1, 1))
        self.parameters = self.w + [self.b]

    def __call__(self, x):
        z = self.b
        for wi, xi in zip(self.w, x):
            z = z + wi * xi
        return z.tanh()

class Layer(Module):
    def __init__(self, nin, nout, rng=random):
        self.neurons = [Neuron(nin, rng) for i in range(nout)]
        self.parameters = [p for n in self.neurons for p in n.parameters]

    def __call__(self, x):
        y = [n(x) for n in self.neurons]
        return y if len(y) > 1 else y[0]

class MLP(Module):
    def __init__(self, nin, nouts, rng=random):
        self.layers = []
        for nout in nouts:
            self.layers.append(Layer(nin, nout, rng))
            nin = nout
        self.parameters = [p for layer in self.layers for p in layer.parameters]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x
