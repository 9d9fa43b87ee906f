"""What the pictures of lecture 6 show: shapes, how far back a stack sees, a training, batch norm's statistics."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.late import torch
from grader.inside.probe import EXACT, probe
from grader.inside.probes.lecture6_wavenet.bare_net import stack_of
from grader.inside.probes.lecture6_wavenet.shared import of_shape
from grader.inside.tensors import as_items, as_tensor, generator, number_of

SYMBOLS = ".abcdefghijklmnopqrstuvwxyz"
BLOCK_SIZE = 8
Rows = tuple[torch.Tensor, torch.Tensor]


def rows_of(words: list[str]) -> Rows:
    """Contexts and targets of the words."""
    contexts, targets = [], []
    for word in words:
        symbols = [0] * BLOCK_SIZE + [SYMBOLS.index(symbol) for symbol in word] + [0]
        contexts += [symbols[i : i + BLOCK_SIZE] for i in range(len(word) + 1)]
        targets += symbols[BLOCK_SIZE:]
    return torch.tensor(contexts), torch.tensor(targets)


def _built(function: str, n_embd: int, n_hidden: int, seed: int) -> str:
    return f"{function}(27, {BLOCK_SIZE}, {n_embd}, {n_hidden}, torch.Generator().manual_seed({seed}))"


@probe(
    EXACT,
    lambda words, n_embd, n_hidden, batch, seed: (
        f"seen_shapes(model, X) of {batch} rows and model = {_built('build_model', n_embd, n_hidden, seed)}"
    ),
    seconds=10,
)
def pictured_shapes(
    model: ModuleType, exercises: ModuleType, *, words: list[str], n_embd: int, n_hidden: int, batch: int, seed: int
) -> Any:
    """The shape behind each layer of the student's net, and what the layers are called."""
    net = model.build_model(len(SYMBOLS), BLOCK_SIZE, n_embd, n_hidden, generator(seed))
    shapes = as_items(exercises.seen_shapes(net, rows_of(words)[0][:batch]), "seen_shapes(...)")
    return {
        "layers": [type(layer).__name__ for layer in stack_of(net)],
        "shapes": [[number_of(n, "a size") for n in as_items(shape, "a shape")] for shape in shapes],
    }


@probe(
    EXACT,
    lambda dilations, length: f"seen_inputs of causal_convolution with dilations {dilations}, on {length} positions",
    seconds=10,
)
def pictured_reach(exercises: ModuleType, *, dilations: list[int], length: int) -> Any:
    """Which inputs the last output depends on, behind each convolution of a stack of the student's."""
    source = generator(1)
    x, weights = (
        torch.randn((1, length, 2), generator=source),
        [torch.randn((4, 2), generator=source) for _ in dilations],
    )
    found = []
    for level in range(1, len(dilations) + 1):

        def net(x: torch.Tensor, level: int = level) -> torch.Tensor:
            for weight, dilation in zip(weights[:level], dilations, strict=False):
                x = as_tensor(exercises.causal_convolution(x, weight, dilation), "causal_convolution(...)").tanh()
            return x

        seen = as_items(exercises.seen_inputs(net, x.clone()), "seen_inputs(...)")
        found.append([float(t in seen) for t in range(length)])
    return found


@probe(
    EXACT,
    lambda words, n_embd, n_hidden, seed, steps, batch, lr, block: (
        f"train of {steps} steps and smooth_losses(losses, {block}), model = "
        f"{_built('build_model', n_embd, n_hidden, seed)}"
    ),
    seconds=20,
)
def pictured_training(
    model: ModuleType, *, words: list[str], n_embd: int, n_hidden: int, seed: int, steps: int, batch: int, lr: float,
    block: int,
) -> Any:  # fmt: skip
    """The loss of every step of a short training of the student's net, and the smoothed curve."""
    source = generator(seed)
    net = model.build_model(len(SYMBOLS), BLOCK_SIZE, n_embd, n_hidden, source)
    losses = as_items(model.train(net, *rows_of(words), steps, batch, lambda step: lr, source), "train(...)")
    values = [number_of(loss, f"losses[{i}]") for i, loss in enumerate(losses)]
    smooth = as_tensor(model.smooth_losses(values, block), "smooth_losses(...)")
    return {"losses": values, "smooth": of_shape(smooth, (steps // block,), "smooth_losses(...)")}


@probe(
    EXACT,
    lambda words, n_embd, channels, seed, batch: (
        f"BatchNorm1d({channels}) called in training with a tensor of shape ({batch}, {BLOCK_SIZE // 2}, {channels})"
    ),
    seconds=10,
)
def pictured_statistics(
    layers: ModuleType, *, words: list[str], n_embd: int, channels: int, seed: int, batch: int
) -> Any:
    """Mean and spread of each position and channel of what the student's batch norm makes of pairs of symbols."""
    source = generator(seed)
    rows = rows_of(words)[0]
    X = rows[torch.randint(0, len(rows), (batch,), generator=source)]
    table = torch.randn((len(SYMBOLS), n_embd), generator=source)
    weight = torch.randn((2 * n_embd, channels), generator=source) / (2 * n_embd) ** 0.5
    x = table[X].view(batch, BLOCK_SIZE // 2, 2 * n_embd) @ weight
    out = of_shape(layers.BatchNorm1d(channels)(x), x.shape, "the result of BatchNorm1d").detach()
    return {
        "means": out.mean(0), "spreads": out.std(0),
        "mean of all": out.mean((0, 1)), "spread of all": out.std((0, 1)),
    }  # fmt: skip
