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
from grader.inside.probes.lecture6_wavenet.shared import (
    BUFFERS,
    DRAWN,
    attribute,
    buffers_of,
    given,
    in_a_row,
    in_float64,
    kept_copy,
    listed,
    listed_shapes,
    of_shape,
    only,
    options,
    send_back,
    set_buffer,
    set_parameter,
    short,
    tensor_in,
)
from grader.inside.tensors import FLOAT64, as_tensor, generator, gradient_of, leaf, tensor

PER_CHANNEL = ("bias", "gamma", "beta")


def called(layer: Any, inputs: dict[str, torch.Tensor], x: torch.Tensor, upstream: Array) -> dict[str, Any]:
    """One call: what comes out, what is kept, what flows back, and what is listed."""
    kind = type(layer).__name__
    out = of_shape(layer(x), upstream.shape, f"the result of {kind}")
    found = {"result": kept_copy(out), ".out": kept_copy(tensor_in(layer, "out"))}
    send_back(out, upstream, f"the result of {kind}")
    flowed = {**inputs, "x": x} if x.is_floating_point() else inputs
    gradients = {f"{name}.grad": _gradient(name, value) for name, value in flowed.items()}
    return {**found, **gradients, "shapes of parameters()": listed_shapes(layer)}


def _gradient(name: str, value: torch.Tensor) -> torch.Tensor:
    """What has arrived; of what has one number per channel in one row, for its shape is asked elsewhere."""
    return gradient_of(value).reshape(-1) if name in PER_CHANNEL else gradient_of(value)


def arriving(upstream: Array) -> str:
    return f"    (the gradient {shown(upstream)} arriving at its result)"


# ---- Embedding


def _embedding(num: int, dim: int, seed: int) -> str:
    return f"Embedding({num}, {dim}, generator=torch.Generator().manual_seed({seed}))"


@probe(DRAWN, _embedding)
@steady_chance()
def fresh_embedding(layers: ModuleType, *, num: int, dim: int, seed: int) -> Any:
    """The table of a new Embedding, and what it lists as parameters."""
    layer = layers.Embedding(num, dim, generator=generator(seed))
    return {"weight": kept_copy(tensor_in(layer, "weight")), "shapes of parameters()": listed_shapes(layer)}


@probe(
    FLOAT64,
    short(
        lambda weight, IX, upstream: (
            f"Embedding with {given(weight=weight)}, called with {shown(IX)}{arriving(upstream)}"
        )
    ),
)
def embedding_output(layers: ModuleType, *, weight: Array, IX: Array, upstream: Array) -> Any:
    """The rows that an Embedding with given numbers looks up, what it keeps of them, and the gradient of its table."""
    with in_float64():
        layer = layers.Embedding(*weight.shape, generator=generator(0))
        return called(layer, {"weight": set_parameter(layer, "weight", weight)}, tensor(IX), upstream)


# ---- Linear


def _linear(fan_in: int, fan_out: int, bias: bool, seed: int) -> str:
    without = "" if bias else ", bias=False"
    return f"Linear({fan_in}, {fan_out}{without}, generator=torch.Generator().manual_seed({seed}))"


@probe(DRAWN, _linear)
@steady_chance()
def fresh_linear(layers: ModuleType, *, fan_in: int, fan_out: int, bias: bool, seed: int) -> Any:
    """The weight and bias of a new Linear, and what it lists as parameters."""
    layer = layers.Linear(fan_in, fan_out, bias=bias, generator=generator(seed))
    weight, own = kept_copy(tensor_in(layer, "weight")), attribute(layer, "bias")
    return {
        "weight.shape": list(weight.shape),
        "weight.std()": float(weight.std()),
        "weight": weight,
        "bias": None if own is None else as_tensor(own, "Linear's .bias").detach(),
        "shapes of parameters()": listed_shapes(layer),
    }


def _linear_call(weight: Array, bias: Array | None, x: Array, upstream: Array) -> str:
    own = "bias=False" if bias is None else given(bias=bias)
    return f"Linear with {given(weight=weight)}, {own}, called with {shown(x)}{arriving(upstream)}"


@probe(FLOAT64, short(_linear_call))
def linear_output(layers: ModuleType, *, weight: Array, bias: Array | None, x: Array, upstream: Array) -> Any:
    """The output of a Linear with given numbers, what it keeps of it, and the gradients it hands on."""
    with in_float64():
        layer = layers.Linear(*weight.shape, bias=bias is not None, generator=generator(0))
        inputs = {"weight": set_parameter(layer, "weight", weight)}
        if bias is not None:
            inputs["bias"] = set_parameter(layer, "bias", bias)
        return called(layer, inputs, leaf(x), upstream)


# ---- BatchNorm1d


@probe(EXACT, lambda dim: f"BatchNorm1d({dim})")
@steady_chance()
def fresh_batchnorm(layers: ModuleType, *, dim: int) -> Any:
    """What a new BatchNorm1d starts with."""
    layer = layers.BatchNorm1d(dim)
    start = {name: in_a_row(tensor_in(layer, name)).tolist() for name in ("gamma", "beta", *BUFFERS)}
    return {
        **start,
        "training": attribute(layer, "training"),
        "parameters()": [in_a_row(p).tolist() for p in listed(layer)],
        "shapes of parameters()": listed_shapes(layer),
    }


def _batchnorm_call(x: Array, gamma: Array, beta: Array, upstream: Array, eps: float | None = None) -> str:
    layer = f"BatchNorm1d({gamma.shape[0]}{options(eps=eps)}) with {given(gamma=gamma, beta=beta)}"
    return f"{layer}, called with {shown(x)}{arriving(upstream)}"


@probe(FLOAT64, short(_batchnorm_call))
def batchnorm_output(
    layers: ModuleType, *, x: Array, gamma: Array, beta: Array, upstream: Array, eps: float | None = None
) -> Any:
    """The output in training with given gain and shift, what is kept of it, and the gradients handed on."""
    with in_float64():
        layer = layers.BatchNorm1d(*gamma.shape, **only(eps=eps))
        inputs = {"gamma": set_parameter(layer, "gamma", gamma), "beta": set_parameter(layer, "beta", beta)}
        return called(layer, inputs, leaf(x), upstream)


@probe(EXACT, lambda x: f"BatchNorm1d({x.shape[-1]}) called in training with a tensor of shape {x.shape}")
def buffer_sizes(layers: ModuleType, *, x: Array) -> Any:
    """How many numbers the buffers hold before and after a batch: as many as there are channels."""
    with in_float64():
        layer = layers.BatchNorm1d(x.shape[-1])
        found = {f"numbers in {name} at first": tensor_in(layer, name).numel() for name in BUFFERS}
        layer(tensor(x))
        return found | {f"numbers in {name} afterwards": tensor_in(layer, name).numel() for name in BUFFERS}


def _batches(mean: Array, var: Array, batches: list[Array], momentum: float | None = None) -> str:
    start = given(running_mean=mean, running_var=var)
    layer = f"BatchNorm1d({mean.shape[0]}{options(momentum=momentum)}) with {start}"
    return f"{layer}, called in training with {', then '.join(map(shown, batches))}"


@probe(FLOAT64, short(_batches))
def batchnorm_buffers(
    layers: ModuleType, *, mean: Array, var: Array, batches: list[Array], momentum: float | None = None
) -> Any:
    """The buffers after each batch in training, and whether they hang on the graph."""
    found: dict[str, Any] = {}
    with in_float64():
        layer = layers.BatchNorm1d(*mean.shape, **only(momentum=momentum))
        set_buffer(layer, "running_mean", mean)
        set_buffer(layer, "running_var", var)
        for i, batch in enumerate(batches, 1):
            layer(leaf(batch) * 1.0)
            for name, values in buffers_of(layer).items():
                found[f"after batch {i}: {name}"] = values
                found[f"after batch {i}: {name}.requires_grad"] = getattr(layer, name).requires_grad
    return found


def _evaluation(mean: Array, var: Array, gamma: Array, beta: Array, x: Array, eps: float | None = None) -> str:
    start = given(running_mean=mean, running_var=var, gamma=gamma, beta=beta)
    layer = f"BatchNorm1d({mean.shape[0]}{options(eps=eps)}) with {start}, training = False"
    return f"{layer}, called with the first example alone, then with all of {shown(x)}"


@probe(FLOAT64, short(_evaluation))
def batchnorm_evaluation(
    layers: ModuleType, *, mean: Array, var: Array, gamma: Array, beta: Array, x: Array, eps: float | None = None
) -> Any:
    """In evaluation: one example alone, the same among others, and the buffers afterwards."""
    with in_float64():
        layer = layers.BatchNorm1d(*mean.shape, **only(eps=eps))
        for name, values in (("gamma", gamma), ("beta", beta)):
            set_parameter(layer, name, values)
        for name, values in (("running_mean", mean), ("running_var", var)):
            set_buffer(layer, name, values)
        layer.training = False
        found = {
            "first example alone": kept_copy(as_tensor(layer(tensor(x)[:1]), "the result of BatchNorm1d")),
            "all examples": kept_copy(as_tensor(layer(tensor(x)), "the result of BatchNorm1d")),
        }
        return found | {f"{name} afterwards": values for name, values in buffers_of(layer).items()}


# ---- Flatten and FlattenConsecutive


@probe(FLOAT64, short(lambda x, upstream: f"Flatten() called with {shown(x)}{arriving(upstream)}"))
def flat_output(layers: ModuleType, *, x: Array, upstream: Array) -> Any:
    """What a Flatten makes of it, what it keeps, and the gradient that it hands on."""
    with in_float64():
        return called(layers.Flatten(), {}, leaf(x), upstream)


def _grouped(n: int, x: Array, upstream: Array) -> str:
    return f"FlattenConsecutive({n}) called with {shown(x)}{arriving(upstream)}"


@probe(FLOAT64, short(_grouped))
def grouped_output(layers: ModuleType, *, n: int, x: Array, upstream: Array) -> Any:
    """What a FlattenConsecutive makes of it, what it keeps, and the gradient that it hands on."""
    with in_float64():
        layer = layers.FlattenConsecutive(n)
        return {"n": attribute(layer, "n"), **called(layer, {}, leaf(x), upstream)}


watched(batchnorm_output, linear_output)
