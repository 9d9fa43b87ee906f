from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import torch
from torch import Generator, Tensor
from torch.nn.functional import cross_entropy, softmax

from layers import BatchNorm1d, Embedding, Flatten, FlattenConsecutive, Linear, Sequential, Tanh


def prepare(model: Sequential) -> Sequential:
    last = model.layers[-1]
    if not isinstance(last, Linear):
        raise TypeError("the last layer should be a Linear")
    with torch.no_grad():
        last.weight.mul_(0.1)
    for p in model.parameters():
        p.requires_grad_()
        assert p.is_leaf
    return model


def build_flat(vocab_size: int, block_size: int, n_embd: int, n_hidden: int, generator: Generator) -> Sequential:
    if min(vocab_size, block_size, n_embd, n_hidden) < 1:
        raise ValueError("sizes are positive")
    embedding = Embedding(vocab_size, n_embd, generator=generator)
    hidden = Linear(n_embd * block_size, n_hidden, bias=False, generator=generator)
    output = Linear(n_hidden, vocab_size, bias=True, generator=generator)
    return prepare(Sequential([embedding, Flatten(), hidden, BatchNorm1d(n_hidden), Tanh(), output]))


def build_model(vocab_size: int, block_size: int, n_embd: int, n_hidden: int, generator: Generator) -> Sequential:
    levels = round(math.log2(block_size))
    if 2**levels != block_size:
        raise ValueError("block_size should be a power of two")
    layers: list = [Embedding(vocab_size, n_embd, generator=generator)]
    for level in range(levels):
        fan_in = 2 * (n_embd if level == 0 else n_hidden)
        layers.append(FlattenConsecutive(2))
        layers.append(Linear(fan_in, n_hidden, bias=False, generator=generator))
        layers.append(BatchNorm1d(n_hidden))
        layers.append(Tanh())
    layers.append(Linear(n_hidden, vocab_size, bias=True, generator=generator))
    assert len(layers) == 4 * levels + 2
    return prepare(Sequential(layers))


def _set_mode(model: Sequential, training: bool) -> None:
    norms = [layer for layer in model.layers if isinstance(layer, BatchNorm1d)]
    for norm in norms:
        norm.training = training
    assert all(norm.training is training for norm in norms)


def eval_mode(model: Sequential) -> None:
    _set_mode(model, False)


def train_mode(model: Sequential) -> None:
    _set_mode(model, True)


def split_loss(model: Sequential, X: Tensor, Y: Tensor) -> float:
    if X.dim() != 2 or Y.shape != X.shape[:1]:
        raise ValueError("X and Y do not belong together")
    eval_mode(model)
    with torch.no_grad():
        loss = cross_entropy(model(X).to(torch.float64), Y)
    assert not loss.requires_grad
    return float(loss)


def train(
    model: Sequential,
    X: Tensor,
    Y: Tensor,
    steps: int,
    batch_size: int,
    schedule: Callable[[int], float],
    generator: Generator,
) -> list[float]:
    if len(X) != len(Y) or batch_size < 1:
        raise ValueError("rows and targets do not belong together")
    train_mode(model)
    parameters = model.parameters()
    losses: list[float] = []
    for step in range(steps):
        ix = torch.randint(low=0, high=len(X), size=(batch_size,), generator=generator)
        loss = cross_entropy(model(X[ix]), Y[ix])
        assert loss.dim() == 0
        for p in parameters:
            p.grad = None
        loss.backward()
        rate = float(schedule(step))
        for p in parameters:
            assert p.grad is not None
            p.data.copy_(p.data - rate * p.grad)
        losses.append(float(loss.item()))
    assert len(losses) == steps
    return losses


def smooth_losses(losses: list[float], block: int) -> Tensor:
    if block < 1:
        raise ValueError("a group has at least one step")
    groups = len(losses) // block
    table = torch.tensor([losses[g * block : (g + 1) * block] for g in range(groups)], dtype=torch.float64)
    return table.mean(dim=1)


def sample_names(
    model: Sequential, itos: Mapping[int, str], block_size: int, count: int, generator: Generator
) -> list[str]:
    if itos[0] != ".":
        raise ValueError("0 should be '.'")
    eval_mode(model)
    names: list[str] = []
    for _ in range(count):
        letters: list[str] = []
        window = torch.zeros((1, block_size), dtype=torch.int64)
        while True:
            with torch.no_grad():
                probs = softmax(model(window), dim=1)
            assert probs.shape == (1, len(itos))
            drawn = int(torch.multinomial(probs, num_samples=1, generator=generator).item())
            if drawn == 0:
                break
            letters.append(itos[drawn])
            window = torch.roll(window, -1, dims=1)
            window[0, -1] = drawn
        names.append("".join(letters))
    return names
