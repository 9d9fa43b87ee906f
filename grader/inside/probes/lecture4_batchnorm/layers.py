"""What is measured of the classes in layers.py: each layer alone with given numbers."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.chance import steady_chance
from grader.inside.late import torch
from grader.inside.on_the_way import watched
from grader.inside.plain import Array
from grader.inside.probe import EXACT, probe
from grader.inside.probes.lecture4_batchnorm.shared import (
    DRAWN,
    FLOAT64,
    attribute,
    buffers_of,
    built,
    in_float64,
    kept_copy,
    listed,
    listed_shapes,
    of_shape,
    only,
    options,
    per_unit,
    send_back,
    set_buffer,
    set_parameter,
    short,
)
from grader.inside.tensors import as_tensor, generator, gradient_of, leaf, tensor

PER_UNIT = ("bias", "gamma", "beta")


def _linear(fan_in: int, fan_out: int, bias: bool, seed: int) -> str:
    without = "" if bias else ", bias=False"
    return f"Linear({fan_in}, {fan_out}{without}, generator=torch.Generator().manual_seed({seed}))"


@probe(DRAWN, _linear)
@steady_chance()
def fresh_linear(layers: ModuleType, *, fan_in: int, fan_out: int, bias: bool, seed: int) -> Any:
    """The weight and bias of a new Linear, and what it lists as parameters."""
    layer = layers.Linear(fan_in, fan_out, bias=bias, generator=generator(seed))
    weight = as_tensor(attribute(layer, "weight", "Linear"), "Linear's .weight").detach()
    own = attribute(layer, "bias", "Linear")
    return {
        "weight.shape": list(weight.shape),
        "weight.std()": float(weight.std()),
        "weight": weight,
        "bias": None if own is None else as_tensor(own, "Linear's .bias").detach(),
        "shapes of parameters()": listed_shapes(layer),
    }


def _linear_call(weight: Array, bias: Array | None, x: Array, upstream: Array) -> str:
    own = "bias=False" if bias is None else f"bias = {shown(bias)}"
    call = f"Linear with weight = {shown(weight)}, {own}, called with {shown(x)}"
    return f"{call}    (the gradient {shown(upstream)} arriving at its result)"


@probe(FLOAT64, short(_linear_call))
def linear_output(layers: ModuleType, *, weight: Array, bias: Array | None, x: Array, upstream: Array) -> Any:
    """The output of a Linear with given numbers, what it keeps of it, and the gradients it hands on."""
    with in_float64():
        layer = built(layers, "Linear", *weight.shape, bias=bias is not None, generator=generator(0))
        inputs = {"weight": set_parameter(layer, "weight", weight)}
        if bias is not None:
            inputs["bias"] = set_parameter(layer, "bias", bias)
        return _called(layer, inputs, x, upstream)


def _called(layer: Any, inputs: dict[str, torch.Tensor], x: Array, upstream: Array) -> dict[str, Any]:
    """One call: what comes out, what is kept, and what flows back."""
    kind, given = type(layer).__name__, leaf(x)
    out = of_shape(layer(given), upstream.shape, f"the result of {kind}")
    kept = as_tensor(attribute(layer, "out", kind), f"{kind}'s .out")
    found = {"result": kept_copy(out), ".out": kept_copy(kept)}
    send_back(out, upstream, f"the result of {kind}")
    return found | {f"{name}.grad": _gradient(name, value) for name, value in {**inputs, "x": given}.items()}


def _gradient(name: str, value: torch.Tensor) -> torch.Tensor:
    """What has arrived; of what has one number per unit in one row, for the shape of that is asked elsewhere."""
    return gradient_of(value).reshape(-1) if name in PER_UNIT else gradient_of(value)


@probe(EXACT, lambda dim: f"BatchNorm1d({dim})")
@steady_chance()
def fresh_batchnorm(layers: ModuleType, *, dim: int) -> Any:
    """What a new BatchNorm1d starts with."""
    layer = layers.BatchNorm1d(dim)
    names = ("gamma", "beta", "running_mean", "running_var")
    start = {name: per_unit(attribute(layer, name, "BatchNorm1d"), f"BatchNorm1d's .{name}").tolist() for name in names}
    return {
        **start,
        "training": attribute(layer, "training", "BatchNorm1d"),
        "parameters()": [per_unit(p, "an item of parameters()").tolist() for p in listed(layer)],
        "shapes of parameters()": listed_shapes(layer),
    }


def _batchnorm_call(x: Array, gamma: Array, beta: Array, upstream: Array, eps: float | None = None) -> str:
    layer = f"BatchNorm1d({gamma.shape[0]}{options(eps=eps)}) with gamma = {shown(gamma)}, beta = {shown(beta)}"
    return f"{layer}, called with {shown(x)}    (the gradient {shown(upstream)} arriving at its result)"


@probe(FLOAT64, short(_batchnorm_call))
def batchnorm_output(
    layers: ModuleType, *, x: Array, gamma: Array, beta: Array, upstream: Array, eps: float | None = None
) -> Any:
    """The output in training with given gain and shift, what is kept of it, and the gradients handed on."""
    with in_float64():
        layer = built(layers, "BatchNorm1d", *gamma.shape, **only(eps=eps))
        inputs = {"gamma": set_parameter(layer, "gamma", gamma), "beta": set_parameter(layer, "beta", beta)}
        return _called(layer, inputs, x, upstream)


def _batches(mean: Array, var: Array, batches: list[Array], momentum: float | None = None) -> str:
    start = f"running_mean = {shown(mean)}, running_var = {shown(var)}"
    layer = f"BatchNorm1d({mean.shape[0]}{options(momentum=momentum)}) with {start}"
    return f"{layer}, called in training with {', then '.join(map(shown, batches))}"


@probe(FLOAT64, short(_batches))
def batchnorm_buffers(
    layers: ModuleType, *, mean: Array, var: Array, batches: list[Array], momentum: float | None = None
) -> Any:
    """The buffers after each batch in training, and whether they hang on the graph."""
    found: dict[str, Any] = {}
    with in_float64():
        layer = built(layers, "BatchNorm1d", *mean.shape, **only(momentum=momentum))
        set_buffer(layer, "running_mean", mean)
        set_buffer(layer, "running_var", var)
        for i, batch in enumerate(batches, 1):
            layer(leaf(batch) * 1.0)
            for name in ("running_mean", "running_var"):
                found[f"after batch {i}: {name}"] = per_unit(getattr(layer, name), name).clone()
                found[f"after batch {i}: {name}.requires_grad"] = getattr(layer, name).requires_grad
    return found


def _evaluation(mean: Array, var: Array, gamma: Array, beta: Array, rows: Array, eps: float | None = None) -> str:
    start = f"running_mean = {shown(mean)}, running_var = {shown(var)}, gamma = {shown(gamma)}, beta = {shown(beta)}"
    return (
        f"BatchNorm1d({mean.shape[0]}{options(eps=eps)}) with {start}, training = False, "
        f"called with the first row alone, then with all of {shown(rows)}"
    )


@probe(FLOAT64, short(_evaluation))
def batchnorm_evaluation(
    layers: ModuleType, *, mean: Array, var: Array, gamma: Array, beta: Array, rows: Array, eps: float | None = None
) -> Any:
    """In evaluation: one row alone, the same row among others, and the buffers afterwards."""
    with in_float64():
        layer = built(layers, "BatchNorm1d", *mean.shape, **only(eps=eps))
        for name, values in (("gamma", gamma), ("beta", beta)):
            set_parameter(layer, name, values)
        for name, values in (("running_mean", mean), ("running_var", var)):
            set_buffer(layer, name, values)
        layer.training = False
        alone = as_tensor(layer(tensor(rows)[:1]), "the result of BatchNorm1d").detach()
        after_one = buffers_of(layer)
        together = as_tensor(layer(tensor(rows)), "the result of BatchNorm1d").detach()
    return {
        "first row alone: result": alone, "all rows: result": together,
        **{f"after the first row: {name}": value for name, value in after_one.items()},
        **{f"after all rows: {name}": value for name, value in buffers_of(layer).items()},
    }  # fmt: skip


def _tanh_call(x: Array, upstream: Array) -> str:
    return f"Tanh() called with {shown(x)}    (the gradient {shown(upstream)} arriving at its result)"


@probe(FLOAT64, short(_tanh_call))
def tanh_output(layers: ModuleType, *, x: Array, upstream: Array) -> Any:
    """The output of a Tanh, what is kept of it, the gradient handed on, and what it lists as parameters."""
    with in_float64():
        layer = layers.Tanh()
        return {**_called(layer, {}, x, upstream), "shapes of parameters()": listed_shapes(layer)}


watched(batchnorm_output)
