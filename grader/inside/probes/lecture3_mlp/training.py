"""What is measured of training and evaluation in mlp.py, and what has become of the parameters and gradients."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.chance import steady_chance
from grader.inside.late import torch
from grader.inside.probe import probe
from grader.inside.probes.lecture3_mlp.shared import (
    EARLIER,
    OPTIMISER,
    PARAMETERS,
    afterwards,
    fill_gradients,
    gradients,
    rows_of,
    weighed,
    weights,
)
from grader.inside.tensors import (
    FLOAT64,
    TRAJECTORY,
    as_items,
    float_of,
    generator,
    gradient_of,
    next_number,
    number_of,
)


def shown_training(
    sizes: list[int], seed: int, words: list[str], steps: int, batch_size: int, schedule: list[Any]
) -> str:
    early, until, late = schedule
    rate = f"lambda step: {early}" if steps <= until else f"lambda step: {early} if step < {until} else {late}"
    return (
        f"train(parameters, X, Y, {steps}, {batch_size}, {rate}, torch.Generator().manual_seed({seed + 1}))"
        f" for the rows of {words} and {weighed(sizes, seed)}, each with an earlier gradient of {EARLIER} throughout"
    )


@probe(TRAJECTORY, shown_training, seconds=OPTIMISER)
@steady_chance()
def training_losses(
    mlp: ModuleType, *, sizes: list[int], seed: int, words: list[str], steps: int, batch_size: int, schedule: list[Any]
) -> Any:
    """The loss of every step, the parameters when training is over, the next random number, and if gradients came."""
    early, until, late = schedule
    parameters, source = weights(sizes, seed), generator(seed + 1)
    fill_gradients(parameters)
    X, Y = rows_of(words, sizes[1])
    losses = mlp.train(parameters, X, Y, steps, batch_size, lambda step: early if step < until else late, source)
    return {
        "losses": [float_of(loss, f"losses[{i}]") for i, loss in enumerate(as_items(losses, "train(...)"))],
        **afterwards(parameters),
        "next number of the generator": next_number(source),
        "a gradient arrived": _moved(parameters, weights(sizes, seed)) or _gradient_arrived(parameters),
    }


def _moved(parameters: list[torch.Tensor], start: list[torch.Tensor]) -> bool:
    return any(not torch.equal(p.detach(), s.detach()) for p, s in zip(parameters, start, strict=False))


def _gradient_arrived(parameters: list[torch.Tensor]) -> bool:
    """Whether a backward pass has left something new at a parameter, for a training that moves nothing."""
    found = [gradient_of(p).flatten() for p in parameters]
    return any(bool((gradient != gradient[0]).any()) for gradient in found)


@probe(
    FLOAT64,
    lambda sizes, seed, words: (
        f"evaluate(parameters, X, Y) for the rows of {words} and {weighed(sizes, seed)}, "
        f"each with a gradient of {EARLIER} throughout"
    ),
)
def loss_of_all_rows(mlp: ModuleType, *, sizes: list[int], seed: int, words: list[str]) -> Any:
    """The loss over all rows of the words, and what has become of the parameters and their gradients."""
    parameters = weights(sizes, seed)
    fill_gradients(parameters)
    found = number_of(mlp.evaluate(parameters, *rows_of(words, sizes[1])), "evaluate(...)")
    return {
        "loss": found,
        **afterwards(parameters),
        **{f"{name} afterwards": gradient for name, gradient in gradients(parameters).items()},
        **{f"{name}.requires_grad": p.requires_grad for name, p in zip(PARAMETERS, parameters, strict=False)},
    }
