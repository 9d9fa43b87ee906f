"""Steps of lecture 2 by themselves: stand-ins for what other exercises compute, each of them something else."""

from __future__ import annotations

import math
from typing import Any

from grader.inside.late import torch
from grader.inside.probe import works_alone
from grader.inside.probes.lecture2_bigram.counts import loss_of_table, table_of_counts, table_of_names
from grader.inside.probes.lecture2_bigram.exercises import tuned_smoothing
from grader.inside.probes.lecture2_bigram.neural import (
    draws_from_net,
    names_from_net,
    net_gradient,
    net_loss,
    net_output,
    output_of_large_logits,
    pairs_of_dataset,
    precision_of_output,
    training,
)

__all__: list[str] = []


def _bigrams(word: str) -> list[tuple[str, str]]:
    """Every letter with the word's first one."""
    return [(letter, word[0]) for letter in word]


def _one_hot(xs: Any, classes: int) -> Any:
    """Rows that show which number they are made from, with a large entry in its place or beside it."""
    return (xs[:, None] * 1.7 + torch.arange(classes)).cos()


def _probabilities(xs: Any, W: Any) -> Any:
    """Numbers between 0 and 1 that depend on all the weights."""
    return torch.sigmoid(xs.to(W.dtype)[:, None].cos() * W.mean(0) + W.mean(1).sum().sin())


def _nll_loss(xs: Any, ys: Any, W: Any, l2: float) -> Any:
    aims = (xs * 2 + ys).to(W.dtype).cos().mean()
    return (W - aims).pow(2).mean() + l2 * W.sin().sum()


def _build_vocabulary(words: list[str]) -> Any:
    """Every character that occurs, numbered from the end of the alphabet."""
    characters = [".", *sorted({letter for word in words for letter in word}, reverse=True)]
    return {s: i for i, s in enumerate(characters)}, dict(enumerate(characters))


def _count_trigrams(words: list[str], stoi: dict[str, int]) -> Any:
    """A row for every word: what its letters are, and in which order."""
    rows = [[1 + sum(i for i, s in enumerate(word, 1) if s == one) for one in stoi] for word in words]
    return torch.tensor(rows)


def _bigram_probabilities(N: Any, smoothing: float) -> Any:
    return 0.5 + 0.4 * torch.sin(N * 0.3 + smoothing)


def _trigram_nll(P: Any, words: list[str], stoi: dict[str, int]) -> float:
    """A wave of all the table's numbers, which begins elsewhere and turns over with every letter."""
    letters = [stoi[letter] for word in words for letter in word]
    wave = (P * torch.arange(1, P.numel() + 1).reshape(P.shape).cos()).sum() * 3
    sign = 1 if len(letters) % 2 else -1
    return 4 + sign * math.sin(float(wave)) + math.cos(sum(letters))


SMOOTHING = {
    "build_vocabulary": _build_vocabulary,
    "count_trigrams": _count_trigrams,
    "bigram_probabilities": _bigram_probabilities,
    "trigram_nll": _trigram_nll,
}

for made in (table_of_counts, table_of_names, loss_of_table, pairs_of_dataset):
    works_alone(made, bigrams=_bigrams)
for made in (net_output, output_of_large_logits, precision_of_output):
    works_alone(made, one_hot=_one_hot)
for made in (net_loss, net_gradient, draws_from_net, names_from_net):
    works_alone(made, probabilities=_probabilities)
works_alone(training, nll_loss=_nll_loss)
works_alone(tuned_smoothing, **SMOOTHING)
