from __future__ import annotations

from itertools import islice

import torch
from torch import Generator, Tensor

import mlp


def candidate_rates(low: float, high: float, count: int) -> Tensor:
    assert count > 1
    step = (high - low) / (count - 1)
    return torch.tensor([10.0 ** (low + i * step) for i in range(count)], dtype=torch.float64)


def sweep(
    parameters: mlp.Parameters,
    X: Tensor,
    Y: Tensor,
    low: float,
    high: float,
    count: int,
    batch_size: int,
    generator: Generator,
) -> tuple[list[float], list[float]]:
    rates = candidate_rates(low, high, count).tolist()
    losses = mlp.training(parameters, X, Y, batch_size, rates.__getitem__, generator)
    return rates, list(islice(losses, count))


def pick(rates: list[float], losses: list[float], block: int = 50) -> float:
    assert len(rates) == len(losses) >= block
    whole = zip(*[iter(zip(losses, rates))] * block)  # blocks of pairs; what is left over is dropped
    best = min(whole, key=lambda pairs: sum(loss for loss, _ in pairs))
    return best[block // 2][1]
