import random

from lecture1_micrograd.engine import Value


class Module:
    def parameters(self):
        return []

    def zero_grad(self):
        for p in self.parameters():
            assert isinstance(p, Value)
            p.grad = 0.0


class Neuron(Module):
    def __init__(self, nin, rng=random):
        if nin < 1:
            raise ValueError("a neuron needs an input")
        self.w = [Value(rng.uniform(-1, 1), label=f"w{i}") for i in range(nin)]
        self.b = Value(rng.uniform(-1, 1), label="b")

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"{len(self.w)} inputs expected, not {len(x)}")
        act = self.b
        for i in range(len(self.w)):
            act = x[i] * self.w[i] + act
        print("activation", act)
        return act.tanh()

    def parameters(self):
        return list(self.w) + [self.b]


class Layer(Module):
    def __init__(self, nin, nout, rng=random):
        self.neurons = [Neuron(nin, rng) for _ in range(nout)]

    def __call__(self, x):
        outs = tuple(n(x) for n in self.neurons)
        if len(outs) == 1:
            (single,) = outs
            return single
        return outs

    def parameters(self):
        found = []
        for n in self.neurons:
            found += n.parameters()
        return found


class MLP(Module):
    def __init__(self, nin, nouts, rng=random):
        assert len(nouts) > 0
        self.layers = [Layer(nin, nouts[0], rng)]
        for i in range(1, len(nouts)):
            self.layers.append(Layer(nouts[i - 1], nouts[i], rng))

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]
