"""What is measured of exercises.py: a calm start, and the net with direct connections."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.chance import steady_chance
from grader.inside.late import torch
from grader.inside.plain import Array
from grader.inside.probe import NotAsStated, Tolerance, probe, several
from grader.inside.probes.lecture3_mlp.shared import (
    PARAMETERS,
    SENT,
    as_parameters,
    call,
    drawn_parameters,
    gradients,
    send_back,
    short,
    weighed,
    weights,
)
from grader.inside.tensors import FLOAT32, FLOAT64, as_tensor, generator, leaf, number_of, tensor

SURPRISE = Tolerance(1e-6, "a logarithm in float32 is off by 3e-7, that of one symbol more or less by 1e-2")
BAND = Tolerance(0.101, "the statement lets the first loss lie 0.1 away from uniform; the lecture's start is off by 10")


@probe(SURPRISE, lambda vocab_size: f"uniform_loss({vocab_size})")
def loss_without_opinion(exercises: ModuleType, *, vocab_size: int) -> Any:
    """The loss of equal probabilities."""
    return number_of(exercises.uniform_loss(vocab_size), "uniform_loss(...)")


@probe(FLOAT32, lambda sizes, seed: call("uniform_start", sizes, seed))
@steady_chance()
def calm_parameters(exercises: ModuleType, *, sizes: list[int], seed: int) -> Any:
    """What kind of tensors all five are, and the draws of those three that are to be as init_parameters makes them."""
    source = generator(seed)
    found = drawn_parameters(exercises.uniform_start(*sizes, source), source, "uniform_start(...)")
    kinds = ("shapes", "requires_grad", "is_leaf", "dtype")
    return {name: found[name] for name in kinds} | {"parameters": found["parameters"][:3]}


def _loss_of(measured: Any, *, sizes: list[int], seed: int, X: Array, Y: Array) -> Any:
    """The loss of fresh parameters on given rows, by a forward pass of our own."""
    vocab_size, block_size, n_embd, n_hidden = sizes
    shapes = ((vocab_size, n_embd), (block_size * n_embd, n_hidden), (n_hidden,), (n_hidden, vocab_size), (vocab_size,))
    for name, p, shape in zip(PARAMETERS, measured, shapes, strict=False):
        if p.shape != shape:
            raise NotAsStated(f"the {name} of uniform_start(...) is of shape {p.shape}; it should be {shape}")
    C, W1, b1, W2, b2 = (tensor(p).to(torch.float64) for p in measured)
    logits = torch.tanh(C[tensor(X)].flatten(1) @ W1 + b1) @ W2 + b2
    return {"first loss": float(torch.nn.functional.cross_entropy(logits, tensor(Y)))}


@probe(
    BAND,
    lambda sizes, seed, X, Y: (
        f"the loss on {X.shape[0]} rows, before training, of {call('uniform_start', sizes, seed)}"
    ),
    conclude=_loss_of,
)
@steady_chance()
def first_loss(exercises: ModuleType, *, sizes: list[int], seed: int, X: Array, Y: Array) -> Any:
    """The fresh parameters."""
    parameters = as_parameters(exercises.uniform_start(*sizes, generator(seed)), "uniform_start(...)")
    if len(parameters) != 5:
        raise NotAsStated(
            f"uniform_start(...) returned {several(len(parameters), 'tensor')}; the statement asks for five"
        )
    return parameters


@probe(
    FLOAT64,
    lambda sizes, seed, X, W3: (
        f"forward_direct([*parameters, W3], X) for X = {shown(X)}, W3 = {short(W3)}, and {weighed(sizes, seed)}"
    ),
)
def direct_logits(exercises: ModuleType, *, sizes: list[int], seed: int, X: Array, W3: Array) -> Any:
    """The logits of float64 weights with direct connections."""
    parameters = [*weights(sizes, seed), leaf(W3)]
    return {"logits": as_tensor(exercises.forward_direct(parameters, tensor(X)), "forward_direct(...)")}


@probe(
    FLOAT64,
    lambda sizes, seed, X, W3: (
        f"out = forward_direct([*parameters, W3], X) {SENT}; "
        f"X = {shown(X)}, W3 = {short(W3)}, and {weighed(sizes, seed)}"
    ),
)
def direct_gradients(exercises: ModuleType, *, sizes: list[int], seed: int, X: Array, W3: Array) -> Any:
    """What arrives at each of the six parameters when an irregular gradient arrives at the logits."""
    parameters = [*weights(sizes, seed), leaf(W3)]
    send_back(as_tensor(exercises.forward_direct(parameters, tensor(X)), "forward_direct(...)"))
    return gradients(parameters)
