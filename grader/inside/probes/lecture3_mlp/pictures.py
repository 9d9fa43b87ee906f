"""What the pictures of lecture 3 show: rows of a few names, a sweep of rates, training runs, an embedding."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.late import F, torch
from grader.inside.probe import EXACT, probe
from grader.inside.probes.lecture3_mlp.shared import pair, rows_of, table
from grader.inside.tensors import as_items, generator, number_of, whole_numbers


def started(sizes: list[int], seed: int, calm: bool) -> list[torch.Tensor]:
    """[C, W1, b1, W2, b2] in float32: drawn from N(0, 1) as in the lecture, or so small that training is short."""
    vocab_size, block_size, n_embd, n_hidden = sizes
    fan_in, source = block_size * n_embd, generator(seed)
    shapes: list[tuple[int, ...]] = [
        (vocab_size, n_embd), (fan_in, n_hidden), (n_hidden,), (n_hidden, vocab_size), (vocab_size,),
    ]  # fmt: skip
    scales = (0.5, fan_in**-0.5, 0.01, 0.02, 0.0) if calm else (1.0,) * 5
    drawn = [scale * torch.randn(shape, generator=source) for shape, scale in zip(shapes, scales, strict=True)]
    return [parameter.requires_grad_() for parameter in drawn]


def losses_of(thing: Any, what: str) -> list[float]:
    """Losses as numbers, whatever they came as."""
    return [number_of(loss, f"{what}[{i}]") for i, loss in enumerate(as_items(thing, what))]


def loss_on(parameters: list[torch.Tensor], rows: tuple[torch.Tensor, torch.Tensor]) -> float:
    """The loss of these parameters on rows that they were not trained on, by a net of our own."""
    C, W1, b1, W2, b2 = parameters
    X, Y = rows
    with torch.no_grad():
        return float(F.cross_entropy(torch.tanh(C[X].flatten(1) @ W1 + b1) @ W2 + b2, Y))


@probe(EXACT, lambda words, block_size: f"build_dataset({words}, stoi, {block_size})")
def pictured_rows(dataset: ModuleType, *, words: list[str], block_size: int) -> Any:
    """Contexts and targets of a few names."""
    found = pair(dataset.build_dataset(list(words), table(), block_size), "build_dataset(...)")
    return {name: whole_numbers(part, name) for name, part in zip("XY", found, strict=True)}


@probe(
    EXACT,
    lambda words, sizes, seed, low, high, count, batch_size: (
        f"sweep(parameters, X, Y, {low}, {high}, {count}, {batch_size}, g)  with the rows of {len(words):,} names"
    ),
    seconds=20,
)
def pictured_sweep(
    learning_rate: ModuleType, *, words: list[str], sizes: list[int], seed: int,
    low: float, high: float, count: int, batch_size: int,
) -> Any:  # fmt: skip
    """The loss at each rate, and the rate that is picked."""
    X, Y = rows_of(words, sizes[1])
    made = learning_rate.sweep(
        started(sizes, seed, calm=False), X, Y, low, high, count, batch_size, generator(seed + 1)
    )
    rates, losses = (
        losses_of(part, name) for part, name in zip(pair(made, "sweep(...)"), ("rates", "losses"), strict=True)
    )
    picked = number_of(learning_rate.pick(list(rates), list(losses)), "pick(rates, losses)")
    return {"rates": rates, "losses": losses, "picked": picked}


@probe(
    EXACT,
    lambda words, unseen, sizes, seed, steps, batch_size, lr: (
        f"train(parameters, X, Y, {steps}, {batch_size}, lambda step: {lr}, g)  with the rows of {len(words):,} names"
    ),
    seconds=20,
)
def pictured_training(
    mlp: ModuleType, *, words: list[str], unseen: list[str], sizes: list[int], seed: int,
    steps: int, batch_size: int, lr: float,
) -> Any:  # fmt: skip
    """The loss of every step, and ten times along the way the loss on names that were not trained on."""
    parameters, source = started(sizes, seed, calm=False), generator(seed + 1)
    rows, others = rows_of(words, sizes[1]), rows_of(unseen, sizes[1])
    losses, dev = [], [loss_on(parameters, others)]
    for _ in range(10):
        made = mlp.train(parameters, *rows, steps // 10, batch_size, lambda step: lr, source)
        losses += losses_of(made, "train(...)")
        dev.append(loss_on(parameters, others))
    return {"losses": losses, "dev": dev}


@probe(
    EXACT,
    lambda words, sizes, seed, steps, batch_size, lr: (
        f"train(parameters, X, Y, {steps}, {batch_size}, lambda step: {lr}, g)  with the rows of {len(words):,} names"
    ),
    seconds=20,
)
def pictured_embedding(
    mlp: ModuleType, *, words: list[str], sizes: list[int], seed: int, steps: int, batch_size: int, lr: float
) -> Any:
    """The table C before and after training from a calm start."""
    parameters, source = started(sizes, seed, calm=True), generator(seed + 1)
    before = parameters[0].detach().clone()
    mlp.train(parameters, *rows_of(words, sizes[1]), steps, batch_size, lambda step: lr, source)
    return {"before": before, "after": parameters[0]}
