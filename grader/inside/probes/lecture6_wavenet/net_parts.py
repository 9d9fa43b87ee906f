"""What is measured of the nets that model.py builds: their parts, their draws, their logits, and a short training."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.chance import steady_chance
from grader.inside.late import F, torch
from grader.inside.plain import Array
from grader.inside.probe import NotAsStated, probe
from grader.inside.probes.lecture6_wavenet.bare_net import (
    TORCHS,
    Shape,
    fill,
    filled,
    flat_shapes,
    kind_of,
    ready_net,
    sized,
    stack_of,
    tree_shapes,
)
from grader.inside.probes.lecture6_wavenet.doubles import doubles
from grader.inside.probes.lecture6_wavenet.shared import (
    DRAWN,
    buffers_of,
    in_float64,
    kept_copy,
    listed,
    listed_shapes,
    of_kind,
    of_shape,
    short,
    tensor_in,
)
from grader.inside.tensors import FLOAT64, TRAJECTORY, described, generator, next_number, tensor


@probe(FLOAT64, short(lambda sizes, numbers: f"prepare(model) of {filled(sizes)}"))
@steady_chance()
def prepared_net(layers: ModuleType, model: ModuleType, *, sizes: list[int], numbers: Array) -> Any:
    """What becomes of a model that is prepared: its numbers, and if each tensor is a leaf that wants a gradient."""
    with in_float64(), doubles(layers):
        net = ready_net(layers, sizes, numbers)
        for p in listed(net):
            p.requires_grad_(False)
        found = model.prepare(net)
        parameters = listed(net)
    return {
        "the same model is returned": found is net,
        "requires_grad": [p.requires_grad for p in parameters],
        "is_leaf": [p.is_leaf for p in parameters],
        "parameters": [kept_copy(p) for p in parameters],
    }


# ---- parts, draws and logits of both nets


def _parts(layers: ModuleType, build: Callable[..., Any], sizes: list[int], seed: int) -> Any:
    """The classes and shapes of the layers, and what is learned."""
    with doubles(layers):
        source = generator(seed)
        net = build(*sizes, source)
        stack, parameters = stack_of(net), listed(net)
        norms = of_kind(layers, stack, "BatchNorm1d")
        return {
            "kind": kind_of(layers, net),
            "layers": [
                " ".join([kind_of(layers, layer), *map(str, map(tuple, listed_shapes(layer)))]) for layer in stack
            ],
            "layers that occur again": len(stack) - len({id(layer) for layer in stack}),
            "eps and momentum of each BatchNorm1d": [[norm.eps, norm.momentum] for norm in norms],
            "numbers in parameters()": sum(p.numel() for p in parameters),
            "requires_grad of all parameters": all(p.requires_grad for p in parameters),
            "weights": [tensor_in(layer, "weight").detach() for layer in stack if hasattr(layer, "weight")],
            "next number of the generator": next_number(source),
        }


@probe(DRAWN, lambda sizes, seed: f"{sized('build_flat', sizes, seed)}{TORCHS}")
@steady_chance()
def flat_parts(layers: ModuleType, model: ModuleType, *, sizes: list[int], seed: int) -> Any:
    """What build_flat is made of."""
    return _parts(layers, model.build_flat, sizes, seed)


@probe(DRAWN, lambda sizes, seed: f"{sized('build_model', sizes, seed)}{TORCHS}")
@steady_chance()
def tree_parts(layers: ModuleType, model: ModuleType, *, sizes: list[int], seed: int) -> Any:
    """What build_model is made of."""
    return _parts(layers, model.build_model, sizes, seed)


def _logits(
    layers: ModuleType, build: Callable[..., Any], shapes: Sequence[Shape], sizes: list[int], numbers: Array, X: Array
) -> Any:
    with in_float64(), doubles(layers):
        net = build(*sizes, generator(0))
        fill(net, shapes, numbers)
        return kept_copy(of_shape(net(tensor(X)), (X.shape[0], sizes[0]), "model(X)"))


def _called(function: str) -> Callable[..., str]:
    def show(sizes: list[int], numbers: Array, X: Array) -> str:
        return f"{function}({', '.join(map(str, sizes))}, ...)(X) with given numbers, X = {shown(X)}{TORCHS}"

    return short(show)


@probe(FLOAT64, _called("build_flat"))
@steady_chance()
def flat_logits(layers: ModuleType, model: ModuleType, *, sizes: list[int], numbers: Array, X: Array) -> Any:
    """The logits of build_flat's net with given numbers, in training."""
    return {"logits": _logits(layers, model.build_flat, flat_shapes(sizes), sizes, numbers, X)}


@probe(FLOAT64, _called("build_model"))
@steady_chance()
def tree_logits(layers: ModuleType, model: ModuleType, *, sizes: list[int], numbers: Array, X: Array) -> Any:
    """The logits of build_model's net with given numbers, in training."""
    return {"logits": _logits(layers, model.build_model, tree_shapes(sizes), sizes, numbers, X)}


# ---- everything of the student's together


def _steps(sizes: list[int], numbers: Array, X: Array, Y: Array, steps: int, lr: float) -> str:
    net = f"build_model({', '.join(map(str, sizes))}, ...) with given numbers"
    return f"{steps} steps of gradient descent with lr = {lr} on X = {shown(X)}, Y = {shown(Y)}, of {net}"


@probe(TRAJECTORY, short(_steps), seconds=5.0)
@steady_chance()
def own_losses(
    layers: ModuleType, model: ModuleType, *, sizes: list[int], numbers: Array, X: Array, Y: Array, steps: int,
    lr: float,
) -> Any:  # fmt: skip
    """The losses of a short training of build_model's net out of the student's layers, and the buffers at its end."""
    with in_float64():
        net = model.build_model(*sizes, generator(0))
        parameters, losses = fill(net, tree_shapes(sizes), numbers), []
        for _ in range(steps):
            logits = of_shape(net(tensor(X)), (X.shape[0], sizes[0]), "model(X)")
            loss = F.cross_entropy(logits, tensor(Y))
            losses.append(float(loss.detach()))
            _step(parameters, loss, lr)
        norms = of_kind(layers, stack_of(net), "BatchNorm1d")
        return {"losses": losses, "buffers afterwards": [buffers_of(norm) for norm in norms]}


def _step(parameters: list[torch.Tensor], loss: torch.Tensor, lr: float) -> None:
    """One step of gradient descent, as the lecture makes it."""
    for p in parameters:
        p.grad = None
    torch.autograd.backward(loss)
    for i, p in enumerate(parameters):
        if not p.is_leaf or p.grad is None:
            raise NotAsStated(f"parameter {i}, {described(p)}, has no gradient after backward(), so training skips it")
        p.data += -lr * p.grad
