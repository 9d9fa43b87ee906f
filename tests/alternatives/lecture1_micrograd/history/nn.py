import random
from typing import Dict, List, Sequence

from engine import Value


class Parameter(Value):
    """A Value that training changes."""


class Module:
    """Modules and parameters are found by being attributes, as in a certain library."""

    def __init__(self) -> None:
        self.__dict__["_modules"] = {}
        self.__dict__["_parameters"] = {}

    def __setattr__(self, key, value) -> None:
        if isinstance(value, Module):
            self._modules[key] = value
        elif isinstance(value, Parameter):
            self._parameters[key] = value
        super().__setattr__(key, value)

    def named_parameters(self) -> Dict[str, Parameter]:
        found = dict(self._parameters)
        for name, module in self._modules.items():
            found.update({f"{name}.{key}": p for key, p in module.named_parameters().items()})
        return found

    def parameters(self) -> List[Parameter]:
        return list(self.named_parameters().values())

    def zero_grad(self) -> None:
        for p in self.parameters():
            p.derivative = 0.0

    def __call__(self, *args):
        return self.forward(*args)


class Neuron(Module):
    def __init__(self, nin: int, rng=random) -> None:
        super().__init__()
        self.w = []
        for i in range(nin):
            weight = Parameter(rng.uniform(-1, 1))
            setattr(self, f"weight_{i}", weight)
            self.w.append(weight)
        self.b = Parameter(rng.uniform(-1, 1))

    def forward(self, x: Sequence) -> Value:
        total = self.b
        for weight, xi in zip(self.w, x):
            total = weight * xi + total
        return total.tanh()


class Layer(Module):
    def __init__(self, nin: int, nout: int, rng=random) -> None:
        super().__init__()
        self.nout = nout
        for j in range(nout):
            setattr(self, f"neuron_{j}", Neuron(nin, rng))

    def forward(self, x):
        outs = [neuron(x) for neuron in self._modules.values()]
        return outs if self.nout > 1 else outs[0]


class MLP(Module):
    def __init__(self, nin: int, nouts: List[int], rng=random) -> None:
        super().__init__()
        for k, (m, n) in enumerate(zip([nin, *nouts], nouts)):
            setattr(self, f"layer_{k}", Layer(m, n, rng))

    def forward(self, x):
        for layer in self._modules.values():
            x = layer.forward(x)
        return x
