from __future__ import annotations

import math
from typing import Final, Literal

import torch
from torch import Generator, Tensor

Nonlinearity = Literal["tanh", "relu", "linear"]
GAIN: Final[dict[str, float]] = {"tanh": 5.0 / 3.0, "relu": math.sqrt(2.0), "linear": 1.0}


def expected_initial_loss(vocab_size: int) -> float:
    if not isinstance(vocab_size, int) or vocab_size < 1:
        raise ValueError("there has to be at least one character")
    probability = 1.0 / vocab_size
    loss = -math.log(probability)
    assert loss >= 0.0
    return loss


def kaiming_std(fan_in: int, nonlinearity: Nonlinearity) -> float:
    if fan_in <= 0:
        raise ValueError("a layer has at least one input")
    try:
        gain = GAIN[nonlinearity]
    except KeyError:
        raise ValueError(f"unknown nonlinearity {nonlinearity!r}; known: {', '.join(GAIN)}") from None
    std = gain * math.pow(fan_in, -0.5)
    assert std > 0
    return std


def _drawn(shape: tuple[int, ...], std: float, generator: Generator) -> Tensor:
    assert all(n > 0 for n in shape)
    values = torch.randn(shape, generator=generator)
    return (values.double() * std).float().requires_grad_(True)


def init_parameters(
    vocab_size: int, block_size: int, n_embd: int, n_hidden: int, generator: Generator
) -> list[Tensor]:
    fan_in = n_embd * block_size
    C = _drawn((vocab_size, n_embd), 1.0, generator)
    W1 = _drawn((fan_in, n_hidden), kaiming_std(fan_in, "tanh"), generator)
    b1 = _drawn((n_hidden,), 0.01, generator)
    W2 = _drawn((n_hidden, vocab_size), 0.01, generator)
    b2 = torch.zeros((vocab_size,), dtype=torch.float32, requires_grad=True)
    parameters = [C, W1, b1, W2, b2]
    assert all(p.is_leaf and p.requires_grad for p in parameters)
    return parameters


def _check_activations(h: Tensor) -> None:
    if h.dim() != 2:
        raise ValueError(f"h has {h.dim()} dimensions, not 2")
    assert bool((h.abs() <= 1).all()), "these are not outputs of tanh"


def saturated_fraction(h: Tensor, threshold: float = 0.99) -> float:
    _check_activations(h)
    flat = 0
    for row in h.tolist():
        for value in row:
            if value > threshold or value < -threshold:
                flat += 1
    fraction = flat / h.numel()
    assert 0.0 <= fraction <= 1.0
    return fraction


def dead_neurons(h: Tensor, threshold: float = 0.99) -> int:
    _check_activations(h)
    dead = [j for j in range(h.shape[1]) if bool((h[:, j].abs() > threshold).all())]
    assert len(dead) <= h.shape[1]
    return len(dead)
