"""Steps of lecture 1 by themselves: other operations in an engine; numbers, a net, a loss that need no engine."""

import math
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import Any

from grader.inside.probe import Probe, in_place, measured_alone, works_alone
from grader.inside.probes.lecture1_micrograd.drawing import drawn_graph, drawn_operations, traced_graph
from grader.inside.probes.lecture1_micrograd.engine import gradients, values
from grader.inside.probes.lecture1_micrograd.nn import (
    gradients_after_zero_grad,
    layer_output,
    layer_parameters,
    mlp_output,
    mlp_parameters,
    neuron_output,
    neuron_parameters,
)
from grader.inside.probes.lecture1_micrograd.other_operations import Way, in_place_of
from grader.inside.probes.lecture1_micrograd.softmax import (
    likelihood_loss,
    softmax_gradients,
    softmax_loss,
    softmax_values,
)
from grader.inside.probes.lecture1_micrograd.training import (
    squared_error_gradients,
    squared_error_value,
    training_losses,
)

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


class Neuron:
    """One parameter more than inputs, and an output in which each has its place."""

    def __init__(self, nin: int, rng: Any) -> None:
        self.inner = [Value(rng.uniform(-2, 3)) for _ in range(nin + 1)]

    def __call__(self, x: list[Any]) -> Value:
        numbers = [getattr(one, "data", one) for one in x]
        return Value(sum(math.cos(p.data * one) for p, one in zip(self.inner, [*numbers, 2.0], strict=True)))

    def parameters(self) -> list[Value]:
        return list(self.inner)


class Layer:
    """Such neurons beside each other, the last one first."""

    def __init__(self, nin: int, nout: int, rng: Any) -> None:
        self.inner = [Neuron(nin, rng) for _ in range(nout)]

    def __call__(self, x: list[Any]) -> Any:
        outs = [neuron(x) for neuron in reversed(self.inner)]
        return outs if len(outs) > 1 else outs[0]

    def parameters(self) -> list[Value]:
        return [p for neuron in self.inner for p in neuron.inner]


def _cleared(nn: ModuleType, *, kind: str, sizes: list[Any]) -> Any:
    """The gradients of a module that lists parameters of ours."""
    parameters = [Parameter(0.5 * i) for i in range(len(repr(sizes)))]
    module = type(kind, (nn.Module,), {"__init__": lambda self: None, "parameters": lambda self: parameters})()
    for p in parameters:
        p.grad = 0.5
    module.zero_grad()
    return [p.grad for p in parameters]


def _with_other_operations(original: Probe) -> None:
    """Let a step be measured with other operations in the student's Value, for all but the exercise's own."""

    def measure(engine: ModuleType, *modules: ModuleType, without: list[str], **inputs: Any) -> Any:
        with in_place_of(engine.Value, without) as way, _functions(modules, way, without):
            return original.measure(engine, *modules, **inputs)

    measured_alone(original, measure)


@contextmanager
def _functions(modules: tuple[ModuleType, ...], way: Way | None, without: list[str]) -> Iterator[None]:
    """Other functions for those that such a step calls."""
    others = {"trace": lambda root: _nearest(way, root), "softmax": lambda logits: [logit.exp() for logit in logits]}
    with ExitStack() as stack:
        for module in modules:
            stack.enter_context(in_place(module, {name: others[name] for name in others if name in without}))
        yield


def _nearest(way: Way | None, root: Any) -> Any:
    """A Value and what it was made from, no further."""
    below = way.below(root) if way else []
    return {root, *below}, {(child, root) for child in below}


for made in (
    neuron_output, neuron_parameters, layer_output, layer_parameters, mlp_output, mlp_parameters,
    gradients_after_zero_grad,
):  # fmt: skip
    works_alone(made, Value=Value)
for made in (layer_output, layer_parameters):
    works_alone(made, Value=Value, Neuron=Neuron)
for made in (mlp_output, mlp_parameters):
    works_alone(made, Value=Value, Layer=Layer)
measured_alone(gradients_after_zero_grad, _cleared)
works_alone(training_losses, MLP=Net, squared_error=Loss, gradient_step=_gradient_step)
for made in (
    values, gradients, traced_graph, drawn_graph, drawn_operations, squared_error_value, squared_error_gradients,
    softmax_values, softmax_gradients, likelihood_loss, softmax_loss,
):  # fmt: skip
    _with_other_operations(made)
