from __future__ import annotations

from typing import Mapping, Sequence

import torch
from torch import Generator, Tensor

from counts import bigrams


def _check(xs: Tensor, W: Tensor) -> None:
    if xs.dim() != 1 or xs.is_floating_point():
        raise TypeError("xs has to be one row of whole numbers")
    if W.dim() != 2 or not W.is_floating_point():
        raise TypeError("W has to be a matrix of floats")
    if xs.numel() and not 0 <= int(xs.min()) <= int(xs.max()) < W.shape[0]:
        raise IndexError(f"xs goes up to {int(xs.max())}, and W has {W.shape[0]} rows")


def bigram_dataset(words: Sequence[str], stoi: Mapping[str, int]) -> tuple[Tensor, Tensor]:
    pairs: list[tuple[int, int]] = []
    for word in words:
        for first, second in bigrams(word):
            pairs.append((stoi[first], stoi[second]))
    both = torch.tensor(pairs, dtype=torch.int64)
    assert both.shape == (sum(len(word) + 1 for word in words), 2)
    xs, ys = both.unbind(dim=1)
    return xs.contiguous(), ys.contiguous()


def one_hot(xs: Tensor, classes: int) -> Tensor:
    if xs.numel() and int(xs.max()) >= classes:
        raise ValueError(f"{int(xs.max())} does not fit into {classes} classes")
    rows = (xs.view(-1, 1) == torch.arange(classes).view(1, -1)).to(torch.float32)
    assert torch.equal(rows.sum(1), torch.ones(len(xs)))
    return rows


def log_probabilities(xs: Tensor, W: Tensor) -> Tensor:
    _check(xs, W)
    logits = one_hot(xs, W.shape[0]).to(torch.float64) @ W.to(torch.float64)
    largest = logits.detach().amax(dim=1, keepdim=True)
    shifted = logits - largest
    assert bool((shifted <= 0).all())
    return shifted - shifted.exp().sum(dim=1, keepdim=True).log()


def probabilities(xs: Tensor, W: Tensor) -> Tensor:
    probs = log_probabilities(xs, W).exp().to(W.dtype)
    assert probs.shape == (len(xs), W.shape[1])
    assert not bool(probs.isnan().any())
    return probs


def nll_loss(xs: Tensor, ys: Tensor, W: Tensor, l2: float) -> Tensor:
    if xs.shape != ys.shape:
        raise ValueError("as many targets as inputs are needed")
    picked = log_probabilities(xs, W).gather(dim=1, index=ys.view(-1, 1)).view(-1)
    assert picked.shape == ys.shape
    loss = picked.mean().neg() + float(l2) * W.to(torch.float64).square().mean()
    assert loss.dim() == 0
    return loss


def train(xs: Tensor, ys: Tensor, W: Tensor, steps: int, lr: float, l2: float) -> list[float]:
    if not (W.requires_grad and W.is_leaf):
        raise ValueError("W has to be a leaf that requires a gradient")
    losses: list[float] = []
    for step in range(steps):
        if W.grad is not None:
            W.grad.zero_()
        loss = nll_loss(xs, ys, W, l2)
        loss.backward()
        assert W.grad is not None and W.grad.shape == W.shape
        with torch.no_grad():
            W.sub_(lr * W.grad)
        losses.append(float(loss))
        assert len(losses) == step + 1
    return losses


def sample_names(W: Tensor, itos: Mapping[int, str], count: int, generator: Generator) -> list[str]:
    assert W.shape[1] == len(itos)
    names: list[str] = []
    for _ in range(count):
        name: list[str] = []
        ix = torch.zeros(1, dtype=torch.int64)
        while True:
            with torch.no_grad():
                p = probabilities(ix, W)
            ix = torch.multinomial(p, num_samples=1, replacement=True, generator=generator).view(1)
            if int(ix) == 0:
                break
            name.append(itos[int(ix)])
        names.append("".join(name))
    return names
