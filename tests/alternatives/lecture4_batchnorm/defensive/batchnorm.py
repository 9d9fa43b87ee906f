from __future__ import annotations

from typing import Mapping

import torch
from torch import Generator, Tensor

import initialisation


def _check(hpreact: Tensor, **rows: Tensor) -> None:
    if hpreact.dim() != 2:
        raise ValueError(f"a batch has two dimensions, not {hpreact.dim()}")
    for name, row in rows.items():
        if tuple(row.shape) != (1, hpreact.shape[1]):
            raise ValueError(f"{name} has the shape {tuple(row.shape)}, not {(1, hpreact.shape[1])}")


def _moments(x: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and variance (n - 1) of each column, (1, n_hidden) each."""
    n = x.shape[0]
    if n < 2:
        raise ValueError("a single example has no variance")
    mean = torch.mean(x, dim=0, keepdim=True)
    deviation = x - mean.expand_as(x)
    variance = torch.sum(deviation * deviation, dim=0, keepdim=True) / float(n - 1)
    assert mean.shape == variance.shape == (1, x.shape[1])
    return mean, variance


def _welford(x: Tensor) -> tuple[Tensor, Tensor]:
    """The same, row by row."""
    mean = torch.zeros(x.shape[1], dtype=torch.float64)
    squares = torch.zeros(x.shape[1], dtype=torch.float64)
    for n, row in enumerate(x.to(torch.float64), start=1):
        step = row - mean
        mean = mean + step / n
        squares = squares + step * (row - mean)
    variance = squares / (x.shape[0] - 1)
    return mean.unsqueeze(0).to(x.dtype), variance.unsqueeze(0).to(x.dtype)


def normalise_batch(hpreact: Tensor, bngain: Tensor, bnbias: Tensor, eps: float = 1e-5) -> Tensor:
    _check(hpreact, bngain=bngain, bnbias=bnbias)
    mean, variance = _moments(hpreact)
    spread = torch.sqrt(torch.add(variance, eps))
    result = torch.add(torch.mul(bngain, torch.div(torch.sub(hpreact, mean), spread)), bnbias)
    assert result.shape == hpreact.shape
    assert not bool(result.isnan().any())
    return result


def update_running(
    bnmean_running: Tensor, bnstd_running: Tensor, hpreact: Tensor, momentum: float = 0.001
) -> tuple[Tensor, Tensor]:
    _check(hpreact, bnmean_running=bnmean_running, bnstd_running=bnstd_running)
    if not 0 <= momentum <= 1:
        raise ValueError("momentum is a share")
    with torch.no_grad():
        mean, variance = _welford(hpreact)
        new_mean = bnmean_running + momentum * (mean - bnmean_running)
        new_std = bnstd_running + momentum * (variance.sqrt() - bnstd_running)
    assert not new_mean.requires_grad and not new_std.requires_grad
    return new_mean, new_std


def calibrate(C: Tensor, W1: Tensor, splits: Mapping[str, tuple[Tensor, Tensor]]) -> tuple[Tensor, Tensor]:
    missing = {"train", "dev", "test"} - set(splits)
    if missing:
        raise KeyError(f"no split called {missing.pop()}")
    X = splits["train"][0]
    assert X.shape[1] * C.shape[1] == W1.shape[0]
    with torch.no_grad():
        rows = [torch.cat([C[ix] for ix in context]) @ W1 for context in X]
        mean, variance = _welford(torch.stack(rows))
    return mean, variance.sqrt()


def predict(parameters: list[Tensor], X: Tensor, bnmean: Tensor, bnstd: Tensor, eps: float = 1e-5) -> Tensor:
    if len(parameters) != 6:
        raise ValueError(f"six parameters are needed, and {len(parameters)} came")
    C, W1, W2, b2, bngain, bnbias = parameters
    logits = []
    for context in X:
        embcat = torch.cat([C[ix] for ix in context]).unsqueeze(0)
        hpreact = torch.matmul(embcat, W1)
        _check(hpreact, bnmean=bnmean, bnstd=bnstd, bngain=bngain, bnbias=bnbias)
        standard = (hpreact - bnmean) / torch.sqrt(torch.square(bnstd) + eps)
        h = torch.tanh(bngain * standard + bnbias)
        logits.append(torch.matmul(h, W2) + b2)
    result = torch.cat(logits, dim=0)
    assert result.shape == (X.shape[0], b2.shape[0])
    return result


def bn_parameters(
    vocab_size: int, block_size: int, n_embd: int, n_hidden: int, generator: Generator
) -> list[Tensor]:
    fan_in = n_embd * block_size
    C = torch.randn((vocab_size, n_embd), generator=generator)
    W1 = torch.randn((fan_in, n_hidden), generator=generator)
    W1 *= initialisation.kaiming_std(fan_in, "tanh")
    W2 = torch.randn((n_hidden, vocab_size), generator=generator)
    W2 /= 100.0
    b2 = torch.zeros(vocab_size)
    bngain = torch.ones((1, n_hidden))
    bnbias = torch.zeros((1, n_hidden))
    parameters = [C, W1, W2, b2, bngain, bnbias]
    for p in parameters:
        p.requires_grad_(True)
        assert p.is_leaf
    return parameters


def bias_gradients(
    hpreact: Tensor, b1: Tensor, bngain: Tensor, bnbias: Tensor, upstream: Tensor
) -> tuple[Tensor, Tensor]:
    if b1.shape != (hpreact.shape[1],):
        raise ValueError(f"b1 has the shape {tuple(b1.shape)}")
    front = b1.detach().clone().requires_grad_(True)
    behind = bnbias.detach().clone().requires_grad_(True)
    out = normalise_batch(hpreact.detach() + front.unsqueeze(0), bngain.detach(), behind)
    out.backward(gradient=upstream)
    assert front.grad is not None and behind.grad is not None
    return front.grad, behind.grad
