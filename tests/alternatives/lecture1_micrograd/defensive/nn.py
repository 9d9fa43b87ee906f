from __future__ import annotations

import random
from abc import ABC, abstractmethod
from typing import Iterable, Sequence

from engine import Value, as_value


class Module(ABC):
    @abstractmethod
    def parameters(self) -> list[Value]: ...

    def zero_grad(self) -> None:
        for p in self.parameters():
            assert isinstance(p, Value)
            p.grad = 0.0


class Neuron(Module):
    def __init__(self, nin: int, rng=random) -> None:
        if nin < 1:
            raise ValueError("a neuron needs at least one input")
        self.w: list[Value] = []
        while len(self.w) < nin:
            self.w.append(Value(rng.uniform(-1.0, 1.0)))
        self.b: Value = Value(rng.uniform(-1.0, 1.0))

    def __call__(self, x: Sequence[Value | float]) -> Value:
        if len(x) != len(self.w):
            raise ValueError(f"{len(self.w)} inputs are needed, and {len(x)} came")
        act = as_value(0.0)
        for i in range(len(self.w)):
            act = act + self.w[i] * as_value(x[i])
        return (act + self.b).tanh()

    def parameters(self) -> list[Value]:
        return [*self.w, self.b]


class Layer(Module):
    def __init__(self, nin: int, nout: int, rng=random) -> None:
        assert nout >= 1
        self.neurons = [Neuron(nin, rng=rng) for _ in range(nout)]

    def __call__(self, x: Sequence[Value | float]) -> Value | list[Value]:
        outs = [neuron(x) for neuron in self.neurons]
        assert len(outs) == len(self.neurons)
        if len(outs) == 1:
            return outs[0]
        return outs

    def parameters(self) -> list[Value]:
        return _flat(neuron.parameters() for neuron in self.neurons)


class MLP(Module):
    def __init__(self, nin: int, nouts: Sequence[int], rng=random) -> None:
        if not nouts:
            raise ValueError("a net needs at least one layer")
        sizes = [nin, *nouts]
        self.layers = [Layer(sizes[k], sizes[k + 1], rng=rng) for k in range(len(sizes) - 1)]

    def __call__(self, x: Sequence[float]) -> Value | list[Value]:
        out: Value | list[Value] = [as_value(xi) for xi in x]
        for layer in self.layers:
            out = layer(out if isinstance(out, list) else [out])
        return out

    def parameters(self) -> list[Value]:
        return _flat(layer.parameters() for layer in self.layers)


def _flat(lists: Iterable[list[Value]]) -> list[Value]:
    flat: list[Value] = []
    for some in lists:
        flat += some
    assert len(flat) == len(set(flat)), "a parameter is listed twice"
    return flat
