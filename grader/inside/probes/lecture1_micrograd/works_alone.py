"""Nets and training by themselves: numbers, a net, a loss and a step that need no engine, each something else."""

import math
from typing import Any

from grader.inside.probe import works_alone
from grader.inside.probes.lecture1_micrograd.nn import (
    gradients_after_zero_grad,
    layer_output,
    layer_parameters,
    mlp_output,
    mlp_parameters,
    neuron_output,
    neuron_parameters,
)
from grader.inside.probes.lecture1_micrograd.training import training_losses

__all__: list[str] = []


class Value:
    """A number that can be added and multiplied, and squashed in another way than by tanh; it knows no slopes."""

    def __init__(self, data: float) -> None:
        self.data, self.grad = data, 0.0

    def __add__(self, other: Any) -> "Value":
        return Value(self.data + getattr(other, "data", other))

    def __mul__(self, other: Any) -> "Value":
        return Value(self.data * getattr(other, "data", other))

    def tanh(self) -> "Value":
        return Value(self.data / (2 + abs(self.data)))

    __radd__, __rmul__ = __add__, __mul__


class Parameter:
    """A number and its gradient."""

    def __init__(self, data: float) -> None:
        self.data, self.grad = data, 0.0


class Net:
    """As many parameters as inputs. What it gives is remembered with its input, for the way back."""

    def __init__(self, nin: int, nouts: list[int], rng: Any) -> None:
        self.inner = [Parameter(rng.uniform(-1, 1)) for _ in range(nin)]

    def __call__(self, x: list[float]) -> Any:
        return Output(self.inner, x)

    def parameters(self) -> list[Parameter]:
        return list(self.inner)

    def zero_grad(self) -> None:
        for p in self.inner:
            p.grad = 0.0


class Output:
    """A wave of each parameter, weighed by an input."""

    def __init__(self, inner: list[Parameter], x: list[float]) -> None:
        self.inner, self.x = inner, x
        self.data, self.grad = sum(math.sin(p.data) * xi for p, xi in zip(inner, x, strict=True)), 0.0

    def send_back(self, slope: float) -> None:
        for p, xi in zip(self.inner, self.x, strict=True):
            p.grad += slope * math.cos(p.data) * xi


class Loss:
    """The fourth powers of how far off each output is."""

    def __init__(self, outputs: list[Output], targets: list[float]) -> None:
        self.pairs = list(zip(outputs, targets, strict=True))
        self.data, self.grad = sum((o.data - t) ** 4 for o, t in self.pairs), 0.0

    def backward(self) -> None:
        for output, target in self.pairs:
            output.send_back(4 * (output.data - target) ** 3)


def _gradient_step(parameters: list[Parameter], lr: float) -> None:
    for p in parameters:
        p.data = p.data - lr * math.tanh(p.grad)


for made in (
    neuron_output, neuron_parameters, layer_output, layer_parameters, mlp_output, mlp_parameters,
    gradients_after_zero_grad,
):  # fmt: skip
    works_alone(made, Value=Value)
works_alone(training_losses, MLP=Net, squared_error=Loss, gradient_step=_gradient_step)
