"""What is measured of the net in layers.py: its parts, its logits, its modes and a short training."""

from __future__ import annotations

from itertools import pairwise
from math import prod
from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.chance import steady_chance
from grader.inside.late import F, torch
from grader.inside.plain import Array
from grader.inside.probe import EXACT, NotAsStated, probe, several
from grader.inside.probes.lecture4_batchnorm.doubles import doubles
from grader.inside.probes.lecture4_batchnorm.shared import (
    DRAWN,
    FLOAT64,
    attribute,
    buffers_of,
    in_float64,
    listed_shapes,
    of_shape,
    short,
)
from grader.inside.tensors import TRAJECTORY, as_items, as_tensor, described, generator, tensor

KINDS = ("Linear", "BatchNorm1d", "Tanh")


TORCHS = "    (with layers of torch's in place of yours)"


def _net(sizes: list[int], seed: int = 0, **more: Any) -> str:
    return f"deep_net({', '.join(map(str, sizes))}, torch.Generator().manual_seed({seed})){TORCHS}"


def _deep_net(layers: ModuleType, sizes: list[int], seed: int) -> tuple[torch.Tensor, list[Any]]:
    """The embedding table and the layers of a new net."""
    found = as_items(layers.deep_net(*sizes, generator(seed)), "deep_net(...)")
    if len(found) != 2:
        raise NotAsStated(
            f"deep_net(...) gives {several(len(found), 'thing')}; the statement asks for the pair (C, layers)"
        )
    return as_tensor(found[0], "the C of deep_net(...)"), as_items(found[1], "the layers of deep_net(...)")


def _kind(layers: ModuleType, layer: Any) -> str:
    return next((kind for kind in KINDS if isinstance(layer, getattr(layers, kind))), type(layer).__name__)


def _parameters_of(layers: ModuleType, C: torch.Tensor, stack: list[Any]) -> list[torch.Tensor]:
    found = as_items(layers.parameters_of(C, stack), "parameters_of(C, layers)")
    return [as_tensor(p, "an item of parameters_of(C, layers)") for p in found]


@probe(DRAWN, _net)
@steady_chance()
def deep_net_parts(layers: ModuleType, *, sizes: list[int], seed: int) -> Any:
    """Which layers a net has, with the shapes of their parameters, how many numbers it learns, and how it starts."""
    with doubles(layers):
        C, stack = _deep_net(layers, sizes, seed)
        parameters = _parameters_of(layers, C, stack)
        norms = [layer for layer in stack if isinstance(layer, layers.BatchNorm1d)]
        kinds = [_kind(layers, layer) for layer in stack]
    return {
        "layers": [
            " ".join([kind, *map(str, map(tuple, listed_shapes(layer)))])
            for kind, layer in zip(kinds, stack, strict=True)
        ],
        "numbers in parameters_of(C, layers)": sum(p.numel() for p in parameters),
        "requires_grad of all parameters": all(p.requires_grad for p in parameters),
        "smallest gamma of each BatchNorm1d": [round(float(layer.gamma.detach().min()), 5) for layer in norms],
        "largest gamma of each BatchNorm1d": [round(float(layer.gamma.detach().max()), 5) for layer in norms],
    }


@probe(DRAWN, _net)
@steady_chance()
def deep_net_draws(layers: ModuleType, *, sizes: list[int], seed: int) -> Any:
    """The random numbers of a new net: C and the weights in order."""
    with doubles(layers):
        C, stack = _deep_net(layers, sizes, seed)
        return {"C": C, "weights": [layer.weight for layer in stack if isinstance(layer, layers.Linear)]}


def parameter_shapes(sizes: list[int]) -> list[tuple[int, ...]]:
    """The shapes of a deep net's parameters in the stated order, for a suite that hands them in."""
    vocab_size, block_size, n_embd, n_hidden, depth = sizes
    widths = [n_embd * block_size, *[n_hidden] * depth, vocab_size]
    return [(vocab_size, n_embd), *(shape for m, n in pairwise(widths) for shape in ((m, n), (n,), (n,)))]


def _given_net(layers: ModuleType, sizes: list[int], numbers: Array) -> tuple[torch.Tensor, list[Any]]:
    """A net whose parameters are these numbers, in the stated order."""
    C, stack = _deep_net(layers, sizes, 0)
    parameters, shapes = _parameters_of(layers, C, stack), parameter_shapes(sizes)
    if [tuple(p.shape) for p in parameters] != shapes:
        total = sum(p.numel() for p in parameters)
        raise NotAsStated(
            f"parameters_of(C, layers) gives {several(len(parameters), 'tensor')} with {total:,} numbers; "
            f"the statement asks for {len(shapes)} tensors with {sum(map(prod, shapes)):,}"
        )
    pieces = torch.split(tensor(numbers), [prod(shape) for shape in shapes])
    for p, piece, shape in zip(parameters, pieces, shapes, strict=True):
        p.data = piece.reshape(shape).clone()
    return C, stack


def _given(sizes: list[int], numbers: Array, X: Array, **more: Any) -> str:
    return f"deep_net({', '.join(map(str, sizes))}, ...) with given parameters, X = {shown(X)}"


def _logits(layers: ModuleType, C: torch.Tensor, stack: list[Any], X: torch.Tensor, vocab_size: int) -> torch.Tensor:
    return of_shape(layers.forward(C, stack, X), (X.shape[0], vocab_size), "forward(C, layers, X)")


@probe(FLOAT64, short(lambda **inputs: f"forward(C, layers, X) of {_given(**inputs)}{TORCHS}"))
def deep_logits(layers: ModuleType, *, sizes: list[int], numbers: Array, X: Array) -> Any:
    """The logits of a net with given parameters in training."""
    with in_float64(), doubles(layers):
        C, stack = _given_net(layers, sizes, numbers)
        return {"logits": _logits(layers, C, stack, tensor(X), sizes[0])}


def _switched(**inputs: Any) -> str:
    return f"set_training(layers, False), forward, set_training(layers, True) of {_given(**inputs)}{TORCHS}"


@probe(FLOAT64, short(_switched))
def deep_modes(layers: ModuleType, *, sizes: list[int], numbers: Array, X: Array) -> Any:
    """A net that is switched to evaluation and back: each layer's mode, its buffers, and the logits of one context."""
    with in_float64(), doubles(layers):
        C, stack = _given_net(layers, sizes, numbers)
        norms = [layer for layer in stack if isinstance(layer, layers.BatchNorm1d)]
        layers.set_training(stack, False)
        off = [attribute(layer, "training", "BatchNorm1d") for layer in norms]
        alone = _logits(layers, C, stack, tensor(X)[:1], sizes[0])
        buffers = [buffers_of(layer) for layer in norms]
        layers.set_training(stack, True)
        on = [layer.training for layer in norms]
    return {
        "training of each BatchNorm1d after set_training(layers, False)": off, "logits of one context": alone,
        "buffers afterwards": buffers, "training of each BatchNorm1d after set_training(layers, True)": on,
    }  # fmt: skip


def _thrice(sizes: list[int], numbers: Array) -> str:
    given = f"deep_net({', '.join(map(str, sizes))}, ...)"
    return f"set_training(layers, True), then False, then True of {given}{TORCHS}"


@probe(EXACT, _thrice)
def deep_switches(layers: ModuleType, *, sizes: list[int], numbers: Array) -> Any:
    """The mode of each BatchNorm1d after each of three switches, the first of which changes nothing."""
    with doubles(layers):
        _, stack = _given_net(layers, sizes, numbers)
        norms = [layer for layer in stack if isinstance(layer, layers.BatchNorm1d)]
        modes = []
        for training in (True, False, True):
            layers.set_training(stack, training)
            modes.append([attribute(layer, "training", "BatchNorm1d") for layer in norms])
    return {"training of each BatchNorm1d after each switch": modes}


def _training(steps: int, lr: float, **inputs: Any) -> str:
    return f"{steps} steps of gradient descent with lr = {lr} on all examples, of {_given(**inputs)}"


@probe(TRAJECTORY, short(_training), seconds=5.0)
def deep_losses(
    layers: ModuleType, *, sizes: list[int], numbers: Array, X: Array, Y: Array, steps: int, lr: float
) -> Any:
    """The losses of a short training with the student's own layers, and the buffers when it is over."""
    with in_float64():
        C, stack = _given_net(layers, sizes, numbers)
        parameters = _parameters_of(layers, C, stack)
        losses = []
        for _ in range(steps):
            loss = F.cross_entropy(_logits(layers, C, stack, tensor(X), sizes[0]), tensor(Y))
            losses.append(float(loss.detach()))
            _step(parameters, loss, lr)
    norms = [layer for layer in stack if isinstance(layer, layers.BatchNorm1d)]
    return {"losses": losses, "buffers afterwards": [buffers_of(layer) for layer in norms]}


def _step(parameters: list[torch.Tensor], loss: torch.Tensor, lr: float) -> None:
    """One step of gradient descent, as the lecture makes it."""
    for p in parameters:
        p.grad = None
    torch.autograd.backward(loss)
    for i, p in enumerate(parameters):
        if not p.is_leaf or p.grad is None:
            raise NotAsStated(f"parameter {i}, {described(p)}, has no gradient after backward(), so training skips it")
        p.data += -lr * p.grad
