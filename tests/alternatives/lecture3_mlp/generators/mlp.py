from __future__ import annotations

from functools import reduce
from itertools import count as counting
from itertools import islice, takewhile
from typing import Callable, Iterator

import torch
from torch import Generator, Tensor

Parameters = list[Tensor]


def init_parameters(
    vocab_size: int, block_size: int, n_embd: int, n_hidden: int, generator: Generator
) -> Parameters:
    def tensors() -> Iterator[Tensor]:
        fan_in = block_size * n_embd
        for shape in ([vocab_size, n_embd], [fan_in, n_hidden], [n_hidden], [n_hidden, vocab_size], [vocab_size]):
            yield torch.randn(shape, generator=generator).requires_grad_(True)

    return list(tensors())


def embed(C: Tensor, X: Tensor) -> Tensor:
    assert X.dim() == 2
    return torch.stack([C[x] for x in X.unbind(1)], dim=1)


def affine(W: Tensor, b: Tensor) -> Callable[[Tensor], Tensor]:
    def apply(x: Tensor) -> Tensor:
        # (N, in, 1) * (in, out), added up over in
        return (x[:, :, None] * W).sum(1) + b.unsqueeze(0).expand(x.shape[0], -1)

    return apply


def net(parameters: Parameters) -> Callable[[Tensor], Tensor]:
    C, W1, b1, W2, b2 = parameters

    def flat(X: Tensor) -> Tensor:
        return torch.cat([C[X[:, t]] for t in range(X.shape[1])], dim=1)

    stages = (flat, affine(W1, b1), torch.tanh, affine(W2, b2))
    return lambda X: reduce(lambda x, stage: stage(x), stages, X)


def forward(parameters: Parameters, X: Tensor) -> Tensor:
    logits = net(parameters)(X)
    assert logits.shape == (len(X), parameters[-1].numel())
    return logits


def loss(logits: Tensor, Y: Tensor) -> Tensor:
    if len(logits) != len(Y):
        raise ValueError(f"{len(logits)} rows of logits and {len(Y)} targets")
    right = logits[range(len(Y)), Y.tolist()]
    return (torch.logsumexp(logits, dim=1) - right).mean()


def minibatch(X: Tensor, Y: Tensor, batch_size: int, generator: Generator) -> tuple[Tensor, Tensor]:
    ix = torch.randint(high=X.shape[0], size=(batch_size,), generator=generator).tolist()
    return torch.stack([X[i] for i in ix]), torch.stack([Y[i] for i in ix])


def sgd_step(parameters: Parameters, lr: float) -> None:
    with torch.no_grad():
        for p in parameters:
            assert p.grad is not None and p.grad.shape == p.shape
            p.copy_(p - lr * p.grad)


def training(
    parameters: Parameters, X: Tensor, Y: Tensor, batch_size: int, schedule: Callable[[int], float], generator: Generator
) -> Iterator[float]:
    for step in counting():
        Xb, Yb = minibatch(X, Y, batch_size, generator)
        found = loss(forward(parameters, Xb), Yb)
        for p, gradient in zip(parameters, torch.autograd.grad(found, parameters)):
            p.grad = gradient
        sgd_step(parameters, schedule(step))
        yield found.item()


def train(
    parameters: Parameters,
    X: Tensor,
    Y: Tensor,
    steps: int,
    batch_size: int,
    schedule: Callable[[int], float],
    generator: Generator,
) -> list[float]:
    return list(islice(training(parameters, X, Y, batch_size, schedule, generator), steps))


def evaluate(parameters: Parameters, X: Tensor, Y: Tensor) -> float:
    frozen = [p.detach() for p in parameters]
    pieces = zip(X.split(100), Y.split(100))
    total = sum(loss(forward(frozen, x), y).item() * len(y) for x, y in pieces)
    return total / len(Y)


def sample_names(
    parameters: Parameters, itos: dict[int, str], block_size: int, count: int, generator: Generator
) -> list[str]:
    frozen = [p.detach() for p in parameters]

    def symbols() -> Iterator[int]:
        context = torch.zeros(1, block_size, dtype=torch.int64)
        while True:
            logits = forward(frozen, context)
            probs = torch.exp(logits - torch.logsumexp(logits, dim=1, keepdim=True))
            drawn = torch.multinomial(probs, num_samples=1, generator=generator)
            yield int(drawn)
            context = torch.cat([context[:, 1:], drawn], dim=1)

    return ["".join(itos[ix] for ix in takewhile(lambda ix: ix != 0, symbols())) for _ in range(count)]
