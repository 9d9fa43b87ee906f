from __future__ import annotations

import math
from typing import Iterable

import torch
from torch import Tensor

from layers import BatchNorm1d, Linear

NAMES = ["C", "W1", "b1", "W2", "b2"]
TABLE = {
    # parameter: what may not be zero, in one of these combinations
    "C": [{"W1", "W2"}],
    "W1": [{"C", "W2"}],
    "b1": [{"W2"}],
    "W2": [{"b1"}, {"C", "W1"}],
    "b2": [set()],
}


def predicted_to_move(zeroed: Iterable[str]) -> list[str]:
    zeros = set(zeroed)
    if not zeros <= set(NAMES):
        raise ValueError(f"there is no parameter called {(zeros - set(NAMES)).pop()}")
    moving = [name for name in NAMES if any(not needed & zeros for needed in TABLE[name])]
    assert "b2" in moving
    return moving


def seen_to_move(parameters: list[Tensor], X: Tensor, Y: Tensor) -> list[str]:
    copies = [p.detach().to(torch.float64).clone().requires_grad_(True) for p in parameters]
    C, W1, b1, W2, b2 = copies
    emb = C[X].reshape(X.shape[0], X.shape[1] * C.shape[1])
    logits = torch.tanh(emb @ W1 + b1) @ W2 + b2
    loss = (torch.logsumexp(logits, dim=1) - logits.gather(1, Y.unsqueeze(1)).squeeze(1)).mean()
    loss.backward()
    moving: list[str] = []
    for name, p in zip(NAMES, copies, strict=True):
        assert p.grad is not None
        if int(torch.count_nonzero(p.grad)) > 0:
            moving.append(name)
    return moving


def zero_start_limit(Y: Tensor, vocab_size: int) -> float:
    assert int(Y.max()) < vocab_size
    total = Y.numel()
    entropy = 0.0
    for symbol in range(vocab_size):
        share = int((Y == symbol).sum()) / total
        if share > 0:
            entropy -= share * math.log(share)
    assert 0 <= entropy <= math.log(vocab_size)
    return entropy


def fold_batchnorm(linear: Linear, bn: BatchNorm1d) -> Linear:
    fan_in, fan_out = linear.weight.shape
    if bn.gamma.numel() != fan_out:
        raise ValueError("the two layers do not fit")
    folded = Linear(fan_in, fan_out, bias=True)
    with torch.no_grad():
        std = (bn.running_var.reshape(-1) + bn.eps) ** 0.5
        weight = torch.empty_like(linear.weight)
        bias = torch.empty_like(bn.beta)
        for j in range(fan_out):
            slope = bn.gamma[j] / std[j]
            weight[:, j] = slope * linear.weight[:, j]
            before = 0.0 if linear.bias is None else linear.bias[j]
            bias[j] = bn.beta[j] + slope * (before - bn.running_mean.reshape(-1)[j])
    folded.weight, folded.bias = weight, bias
    assert folded.bias.shape == (fan_out,)
    return folded
