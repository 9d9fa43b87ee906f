import random, numpy as np
from .engine import Value

class Module:
    def parameters(self): return []
    def zero_grad(self):
        for p in self.parameters(): p.grad = 0

class Neuron(Module):
    def __init__(self, nin, rng=random):
        self.w = np.array([Value(rng.uniform(-1, 1)) for _ in range(nin)])
        self.b = Value(rng.uniform(-1, 1))
    def __call__(self, x): return (np.dot(self.w, x) + self.b).tanh()
    def parameters(self): return np.append(self.w, self.b)

class Layer(Module):
    def __init__(self, nin, nout, rng=random): self.ns = [Neuron(nin, rng) for _ in range(nout)]
    def __call__(self, x): return out if len(out := [n(x) for n in self.ns]) > 1 else out[0]
    def parameters(self): return sum((list(n.parameters()) for n in self.ns), [])

class MLP(Module):
    def __init__(self, nin, nouts, rng=random): self.ls = [Layer(i, o, rng) for i, o in zip([nin] + nouts, nouts)]
    def __call__(self, x):
        for l in self.ls: x = l(x)
        return x
    def parameters(self): return sum((l.parameters() for l in self.ls), [])
