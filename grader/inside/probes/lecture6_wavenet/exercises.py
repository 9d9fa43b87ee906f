"""What is measured of exercises.py: shapes, a convolution, the net slid over a row, and how far back it sees."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.late import F, torch
from grader.inside.on_the_way import watched
from grader.inside.plain import Array, article
from grader.inside.probe import EXACT, NotAsStated, probe
from grader.inside.probes.lecture6_wavenet.bare_net import filled, ready_net
from grader.inside.probes.lecture6_wavenet.doubles import doubles
from grader.inside.probes.lecture6_wavenet.shared import (
    given,
    in_float64,
    kept_copy,
    of_kind,
    of_shape,
    send_back,
    short,
)
from grader.inside.tensors import FLOAT64, as_items, generator, gradient_of, leaf, tensor


def _shapes(found: Any, what: str) -> list[list[int]]:
    """Shapes as lists, whether they came as tuples, lists or torch.Size."""
    shapes = [(f"{what}[{i}]", shape) for i, shape in enumerate(as_items(found, what))]
    return [[_whole(n, name) for n in as_items(shape, name)] for name, shape in shapes]


def _whole(thing: Any, what: str) -> int:
    if isinstance(thing, bool) or not isinstance(thing, int):
        raise NotAsStated(f"{what} holds {article(type(thing).__name__)}; it should hold ints")
    return int(thing)


@probe(EXACT, lambda sizes, batch_size: f"predicted_shapes({', '.join(map(str, sizes))}, {batch_size})")
def predicted_shapes(exercises: ModuleType, *, sizes: list[int], batch_size: int) -> Any:
    """The shapes that are said to come out of each layer."""
    return _shapes(exercises.predicted_shapes(*sizes, batch_size), "predicted_shapes(...)")


@probe(EXACT, lambda sizes, numbers, X: f"seen_shapes(model, X) of X = {shown(X)} and {filled(sizes)}")
def seen_shapes(layers: ModuleType, exercises: ModuleType, *, sizes: list[int], numbers: Array, X: Array) -> Any:
    """The shapes that are found to come out of each layer."""
    with in_float64(), doubles(layers):
        net = ready_net(layers, sizes, numbers)
        return _shapes(exercises.seen_shapes(net, tensor(X)), "seen_shapes(...)")


# ---- convolutions


def _convolution(x: Array, weight: Array, dilation: int, upstream: Array) -> str:
    call = f"causal_convolution(x, weight, {dilation}) of {given(x=x, weight=weight)}"
    return f"{call}    (the gradient {shown(upstream)} arriving at its result)"


@probe(FLOAT64, short(_convolution))
def convolved(exercises: ModuleType, *, x: Array, weight: Array, dilation: int, upstream: Array) -> Any:
    """What comes out at every position, and the gradients handed on."""
    with in_float64():
        inputs, matrix = leaf(x), leaf(weight)
        out = of_shape(
            exercises.causal_convolution(inputs, matrix, dilation), upstream.shape, "causal_convolution(...)"
        )
        found = {"result": kept_copy(out)}
        send_back(out, upstream, "causal_convolution(...)")
    return {**found, "x.grad": gradient_of(inputs), "weight.grad": gradient_of(matrix)}


def _once(found: Any, *, X: Array, **others: Any) -> Any:
    """How many more symbols were looked up than the rows hold."""
    again = _whole(found["symbols looked up"], "what was counted") - prod(X.shape)
    return {"logits": found["logits"], "symbols looked up again": max(0, again)}


@probe(
    FLOAT64, short(lambda sizes, numbers, X: f"slide(model, X) of X = {shown(X)} and {filled(sizes)}"), conclude=_once
)
def slid_logits(layers: ModuleType, exercises: ModuleType, *, sizes: list[int], numbers: Array, X: Array) -> Any:
    """The logits of every window of some rows, and how many symbols were looked up for them."""
    windows = (X.shape[0], X.shape[1] - sizes[1] + 1, sizes[0])
    with in_float64(), doubles(layers):
        net = ready_net(layers, sizes, numbers)
        for norm in of_kind(layers, net.layers, "BatchNorm1d"):
            norm.training = False
        logits = kept_copy(of_shape(exercises.slide(net, tensor(X)), windows, "slide(model, X)"))
        (embedding,) = of_kind(layers, net.layers, "Embedding")
        return {"logits": logits, "symbols looked up": embedding.looked_up}


# ---- how far back


@probe(EXACT, lambda kernel_size, dilations: f"receptive_field({kernel_size}, {dilations})")
def field_size(exercises: ModuleType, *, kernel_size: int, dilations: list[int]) -> Any:
    """How many inputs the last output is said to depend on."""
    return _whole(exercises.receptive_field(kernel_size, list(dilations)), "receptive_field(...)")


def _stack(kernel_size: int, dilations: list[int], length: int) -> str:
    layers = f"{kernel_size} inputs each and the dilations {dilations}, with a tanh behind each"
    return f"seen_inputs(net, x) of x of shape (1, {length}, 2), for a net of causal convolutions with {layers}"


@probe(EXACT, _stack)
def seen_inputs(exercises: ModuleType, *, kernel_size: int, dilations: list[int], length: int) -> Any:
    """Which positions the last output is found to depend on, and whether the input stayed as it was."""
    source = generator(1)
    with in_float64():
        x = torch.randn((1, length, 2), generator=source)
        before = x.clone()
        found = as_items(exercises.seen_inputs(_net(kernel_size, dilations, source), x), "seen_inputs(...)")
        return {
            "positions": [_whole(t, f"seen_inputs(...)[{i}]") for i, t in enumerate(found)],
            "x stayed as it was": torch.equal(x.detach(), before),
        }


def _net(kernel_size: int, dilations: list[int], source: torch.Generator) -> Callable[[torch.Tensor], torch.Tensor]:
    kernels = [torch.randn((2, 2, kernel_size), generator=source) for _ in dilations]

    def net(x: torch.Tensor) -> torch.Tensor:
        out = x.transpose(1, 2)
        for kernel, dilation in zip(kernels, dilations, strict=True):
            out = F.conv1d(F.pad(out, ((kernel_size - 1) * dilation, 0)), kernel, dilation=dilation).tanh()
        return out.transpose(1, 2)

    return net


watched(convolved)
