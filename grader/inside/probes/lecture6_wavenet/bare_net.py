"""Nets for the probes of lecture 6: made of the student's classes or of doubles, with given numbers."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2, prod
from types import ModuleType
from typing import Any

from grader.inside.late import torch
from grader.inside.plain import Array
from grader.inside.probe import NotAsStated, several
from grader.inside.probes.lecture6_wavenet.shared import attribute, listed, of_kind
from grader.inside.tensors import as_items, described, tensor

KINDS = ("Embedding", "Linear", "BatchNorm1d", "Tanh", "FlattenConsecutive", "Flatten", "Sequential")
EARLIER = 0.5  # every entry of a gradient that was there before
TORCHS = "    (with layers of torch's in place of yours)"

Shape = tuple[int, ...]


def flat_shapes(sizes: Sequence[int]) -> list[Shape]:
    """The shapes of the parameters of build_flat's net in the stated order."""
    vocab_size, block_size, n_embd, n_hidden = sizes
    return [(vocab_size, n_embd), *_level(block_size * n_embd, n_hidden), (n_hidden, vocab_size), (vocab_size,)]


def tree_shapes(sizes: Sequence[int]) -> list[Shape]:
    """The shapes of the parameters of build_model's net in the stated order."""
    vocab_size, block_size, n_embd, n_hidden = sizes
    levels = int(log2(block_size))
    inner = [shape for fan_in in [n_embd, *[n_hidden] * levels][:levels] for shape in _level(2 * fan_in, n_hidden)]
    return [(vocab_size, n_embd), *inner, (n_hidden, vocab_size), (vocab_size,)]


def _level(fan_in: int, n_hidden: int) -> list[Shape]:
    return [(fan_in, n_hidden), (n_hidden,), (n_hidden,)]


def count(shapes: Sequence[Shape]) -> int:
    """How many numbers these are: so many a suite hands in."""
    return sum(map(prod, shapes))


# ---- a net that the probe makes


def ready_net(layers: ModuleType, sizes: Sequence[int], numbers: Array) -> Any:
    """A net like build_model's, which need not be written: parameters, buffers and old gradients are all there."""
    model = layers.Sequential(_tree(layers, sizes))
    fill(model, tree_shapes(sizes), numbers)
    for p in listed(model):
        p.grad = torch.full_like(p, EARLIER)
    for norm in of_kind(layers, model.layers, "BatchNorm1d"):
        norm.running_mean = torch.linspace(-0.5, 0.4, sizes[3])
        norm.running_var = torch.linspace(0.5, 1.7, sizes[3])
    return model


def _tree(layers: ModuleType, sizes: Sequence[int]) -> list[Any]:
    vocab_size, block_size, n_embd, n_hidden = sizes
    stack, fan_in = [layers.Embedding(vocab_size, n_embd)], n_embd
    for _ in range(int(log2(block_size))):
        stack += [layers.FlattenConsecutive(2), layers.Linear(2 * fan_in, n_hidden, bias=False)]
        stack += [layers.BatchNorm1d(n_hidden), layers.Tanh()]
        fan_in = n_hidden
    return [*stack, layers.Linear(fan_in, vocab_size)]


# ---- a net that the student made


def stack_of(model: Any) -> list[Any]:
    """The layers of a Sequential."""
    return as_items(attribute(model, "layers"), "model.layers")


def kind_of(layers: ModuleType, layer: Any) -> str:
    """Which of the student's classes it is."""
    return next((kind for kind in KINDS if isinstance(layer, getattr(layers, kind))), described(layer))


def fill(model: Any, shapes: Sequence[Shape], numbers: Array) -> list[torch.Tensor]:
    """Give a model's parameters these numbers in order."""
    parameters = listed(model)
    if [tuple(p.shape) for p in parameters] != list(shapes):
        total = sum(p.numel() for p in parameters)
        raise NotAsStated(
            f"model.parameters() gives {several(len(parameters), 'tensor')} with {total:,} numbers; "
            f"the statement asks for {len(shapes)} tensors with {count(shapes):,}"
        )
    pieces = torch.split(tensor(numbers), [prod(shape) for shape in shapes])
    for p, piece, shape in zip(parameters, pieces, shapes, strict=True):
        p.data = piece.reshape(shape).clone()
        p.requires_grad_()
    return parameters


def modes_of(layers: ModuleType, model: Any) -> list[Any]:
    """The `training` of every batch norm in it."""
    return [attribute(layer, "training") for layer in of_kind(layers, model.layers, "BatchNorm1d")]


# ---- as a student would read it


def sized(function: str, sizes: Sequence[int], seed: int) -> str:
    return f"{function}({', '.join(map(str, sizes))}, torch.Generator().manual_seed({seed}))"


def filled(sizes: Sequence[int]) -> str:
    return f"the net of build_model({', '.join(map(str, sizes))}, ...) with given numbers{TORCHS}"
