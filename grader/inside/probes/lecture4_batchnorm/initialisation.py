"""What is measured of initialisation.py: losses and spreads at the start, flat and dead neurons."""

from __future__ import annotations

from math import isfinite
from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.chance import steady_chance
from grader.inside.late import F, torch
from grader.inside.plain import Array
from grader.inside.probe import EXACT, measured_alone, probe
from grader.inside.probes.lecture4_batchnorm.shared import (
    DRAWN,
    NEAR,
    described_parameters,
    in_float64,
    named,
    of_shape,
    only,
    options,
    short,
)
from grader.inside.tensors import generator, number_of, tensor

NAMES = ("C", "W1", "b1", "W2", "b2")


@probe(NEAR, lambda vocab_size: f"expected_initial_loss({vocab_size})")
def uniform_loss(initialisation: ModuleType, *, vocab_size: int) -> Any:
    """The loss of a net without any preference."""
    with in_float64():
        return number_of(initialisation.expected_initial_loss(vocab_size), "expected_initial_loss(...)")


@probe(NEAR, lambda fan_in, nonlinearity: f'kaiming_std({fan_in}, "{nonlinearity}")')
def weight_spread(initialisation: ModuleType, *, fan_in: int, nonlinearity: str) -> Any:
    """The standard deviation for the weights of a layer."""
    with in_float64():
        return number_of(initialisation.kaiming_std(fan_in, nonlinearity), "kaiming_std(...)")


def _init(vocab_size: int, block_size: int, n_embd: int, n_hidden: int, seed: int, **more: Any) -> str:
    sizes = f"{vocab_size}, {block_size}, {n_embd}, {n_hidden}"
    return f"init_parameters({sizes}, torch.Generator().manual_seed({seed}))"


@probe(DRAWN, _init)
@steady_chance()
def calm_parameters(
    initialisation: ModuleType, *, vocab_size: int, block_size: int, n_embd: int, n_hidden: int, seed: int
) -> Any:
    """Shapes, spreads and numbers of the parameters that a net starts with."""
    found = initialisation.init_parameters(vocab_size, block_size, n_embd, n_hidden, generator(seed))
    own = number_of(initialisation.kaiming_std(n_embd * block_size, "tanh"), "kaiming_std(...)")
    return described_parameters(named(found, NAMES, "init_parameters(...)"), own)


@steady_chance()
def _without_kaiming_std(
    initialisation: ModuleType, *, vocab_size: int, block_size: int, n_embd: int, n_hidden: int, seed: int
) -> Any:
    found = initialisation.init_parameters(vocab_size, block_size, n_embd, n_hidden, generator(seed))
    return described_parameters(named(found, NAMES, "init_parameters(...)"))


measured_alone(calm_parameters, _without_kaiming_std)


def _first_loss(X: Array, Y: Array, **sizes: int) -> str:
    return f"the net with {_init(**sizes)}, on {X.shape[0]} examples, before any training"


def _loss_of(
    measured: Any, *, vocab_size: int, block_size: int, n_embd: int, n_hidden: int, seed: int, X: Array, Y: Array
) -> Any:
    """The loss of the lecture's net before its first step, to the nearest whole number: is it 3, or near 30?"""
    fan_in = n_embd * block_size
    shapes = ((vocab_size, n_embd), (fan_in, n_hidden), (n_hidden,), (n_hidden, vocab_size), (vocab_size,))
    C, W1, b1, W2, b2 = (
        of_shape(tensor(measured[name]).double(), shape, name) for name, shape in zip(NAMES, shapes, strict=True)
    )
    emb = C[tensor(X)]
    h = torch.tanh(emb.reshape(emb.shape[0], -1) @ W1 + b1)
    loss = float(F.cross_entropy(h @ W2 + b2, tensor(Y)))
    return {"first loss, rounded": round(loss) if isfinite(loss) else loss}


@probe(EXACT, _first_loss, conclude=_loss_of)
@steady_chance()
def first_loss(
    initialisation: ModuleType, *,
    vocab_size: int, block_size: int, n_embd: int, n_hidden: int, seed: int, X: Array, Y: Array,
) -> Any:  # fmt: skip
    """The parameters of the lecture's net before its first step."""
    found = initialisation.init_parameters(vocab_size, block_size, n_embd, n_hidden, generator(seed))
    return named(found, NAMES, "init_parameters(...)")


def _call(function: str) -> Any:
    return short(lambda h, threshold=None: f"{function}({shown(h)}{options(threshold=threshold)})")


@probe(NEAR, _call("saturated_fraction"))
def saturated_share(initialisation: ModuleType, *, h: Array, threshold: float | None = None) -> Any:
    """The share of activations on a flat end."""
    with in_float64():
        found = initialisation.saturated_fraction(tensor(h), **only(threshold=threshold))
        return number_of(found, "saturated_fraction(...)")


@probe(EXACT, _call("dead_neurons"))
def dead_count(initialisation: ModuleType, *, h: Array, threshold: float | None = None) -> Any:
    """How many columns are flat from top to bottom."""
    with in_float64():
        count = number_of(initialisation.dead_neurons(tensor(h), **only(threshold=threshold)), "dead_neurons(...)")
        return int(count) if count.is_integer() else count
