"""What the pictures of lecture 2 show: a table of counts, a training run from zero weights, a few names."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.late import torch
from grader.inside.probe import EXACT, NotAsStated, probe
from grader.inside.tensors import as_items, as_tensor, generator, number_of, whole_numbers

SYMBOLS = ".abcdefghijklmnopqrstuvwxyz"
LONGEST = 40  # characters of a name that are shown


def pairs_of(words: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """First and second character of every pair of neighbours."""
    lines = [[0, *map(SYMBOLS.index, word), 0] for word in words]
    first = [index for line in lines for index in line[:-1]]
    return torch.tensor(first), torch.tensor([index for line in lines for index in line[1:]])


@probe(EXACT, lambda words: f"count_bigrams(words, stoi)  with {len(words):,} names", seconds=20)
def pictured_counts(counts: ModuleType, *, words: list[str]) -> Any:
    """The table of counts."""
    stoi = {symbol: index for index, symbol in enumerate(SYMBOLS)}
    return {"N": whole_numbers(counts.count_bigrams(list(words), stoi), "count_bigrams(...)")}


@probe(
    EXACT, lambda words, steps, lr: f"train(xs, ys, W, {steps}, {lr}, 0.0)  with the pairs of {len(words):,} names",
    seconds=20,
)  # fmt: skip
def pictured_net(neural: ModuleType, *, words: list[str], steps: int, lr: float) -> Any:
    """The losses of a training run that starts at zero weights, and the weights when it is over."""
    W = torch.zeros((len(SYMBOLS), len(SYMBOLS)), requires_grad=True)
    losses = as_items(neural.train(*pairs_of(words), W, steps, lr, 0.0), "train(...)")
    return {"losses": [number_of(loss, f"losses[{i}]") for i, loss in enumerate(losses)], "W": as_tensor(W, "W")}


@probe(EXACT, lambda words, count, seed: f"sample_names(P, itos, {count}, torch.Generator().manual_seed({seed}))")
def pictured_names(counts: ModuleType, *, words: list[str], count: int, seed: int) -> Any:
    """Names drawn from a table that was made of the words, every count one higher."""
    P = torch.ones((len(SYMBOLS), len(SYMBOLS)))
    P.index_put_(pairs_of(words), torch.tensor(1.0), accumulate=True)
    names = counts.sample_names(P / P.sum(1, keepdim=True), dict(enumerate(SYMBOLS)), count, generator(seed))
    found = as_items(names, "sample_names(...)")
    if not all(isinstance(name, str) for name in found):
        raise NotAsStated("sample_names(...) gives something that is not text; it should be a list of names")
    return {"names": [name[:LONGEST] for name in found]}
