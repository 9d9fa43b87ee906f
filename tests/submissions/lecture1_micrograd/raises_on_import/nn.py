import random
from engine import Value

class Module:
    def parameters(self):
        return []

    def zero_grad(self):
        for p in self.parameters():
            p.grad = 0.0

class Neuron(Module):
    def __init__(self, nin, rng=random):
        self.w = [Value(rng.uniform(-1, 1)) for i in range(nin)]
        self.b = Value(rng.uniform(-1, 1))

    def __call__(self, x):
        z = self.b
        for wi, xi in zip(self.w, x):
            z = z + wi * xi
        return z.tanh()

    def parameters(self):
        return self.w + [self.b]

class Layer(Module):
    def __init__(self, nin, nout, rng=random):
        self.neurons = [Neuron(nin, rng) for i in range(nout)]

    def __call__(self, x):
        y = [n(x) for n in self.neurons]
        return y if len(y) > 1 else y[0]

    def parameters(self):
        ps = []
        for n in self.neurons:
            ps += n.parameters()
        return ps

class MLP(Module):
    def __init__(self, nin, nouts, rng=random):
        self.layers = []
        for nout in nouts:
            self.layers.append(Layer(nin, nout, rng))
            nin = nout

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def parameters(self):
        ps = []
        for layer in self.layers:
            ps += layer.parameters()
        return ps
