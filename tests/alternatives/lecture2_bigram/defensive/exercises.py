from __future__ import annotations

import math
from random import Random
from typing import Mapping, Sequence

import torch
from torch import Tensor

from counts import MARKER, bigram_probabilities, build_vocabulary
from neural import _check


def _triples(word: str, stoi: Mapping[str, int]) -> list[tuple[int, int, int]]:
    a = b = stoi[MARKER]
    found: list[tuple[int, int, int]] = []
    for ch in word + MARKER:
        c = stoi[ch]
        found.append((a, b, c))
        a, b = b, c
    assert len(found) == len(word) + 1
    return found


def trigram_dataset(words: Sequence[str], stoi: Mapping[str, int]) -> tuple[Tensor, Tensor]:
    V = len(stoi)
    triples = [triple for word in words for triple in _triples(word, stoi)]
    xs = torch.tensor([a * V + b for a, b, _ in triples], dtype=torch.int64)
    ys = torch.tensor([c for _, _, c in triples], dtype=torch.int64)
    assert xs.shape == ys.shape
    assert int(xs.max()) < V * V and int(ys.max()) < V
    return xs, ys


def count_trigrams(words: Sequence[str], stoi: Mapping[str, int]) -> Tensor:
    V = len(stoi)
    N = torch.zeros((V * V, V), dtype=torch.int64)
    for word in words:
        for a, b, c in _triples(word, stoi):
            N[a * V + b, c] += 1
    assert int(N.sum()) == sum(len(word) + 1 for word in words)
    return N


def trigram_nll(P: Tensor, words: Sequence[str], stoi: Mapping[str, int]) -> float:
    V = len(stoi)
    if P.shape != (V * V, V):
        raise ValueError(f"P has the shape {tuple(P.shape)}, not {(V * V, V)}")
    total, n = 0.0, 0
    for word in words:
        for a, b, c in _triples(word, stoi):
            prob = P[a * V + b, c].item()
            total += math.log(prob) if prob > 0 else -math.inf
            n += 1
    assert n > 0
    return -total / n


def split(words: Sequence[str], rng: Random) -> tuple[list[str], list[str], list[str]]:
    before = list(words)
    rest = list(words)
    rng.shuffle(rest)
    dev = [rest.pop() for _ in range(len(words) // 10)]
    test = [rest.pop() for _ in range(len(words) // 10)]
    assert sorted(rest + dev + test) == sorted(words)
    assert list(words) == before
    return rest, dev, test


def tune_smoothing(
    train: Sequence[str], dev: Sequence[str], strengths: Sequence[float]
) -> tuple[float, list[float], list[float]]:
    if not strengths:
        raise ValueError("nothing to choose from")
    stoi, _ = build_vocabulary([*train, *dev])
    N = count_trigrams(train, stoi)
    tables = [bigram_probabilities(N, strength) for strength in strengths]
    train_losses = [trigram_nll(P, train, stoi) for P in tables]
    dev_losses = [trigram_nll(P, dev, stoi) for P in tables]
    best = 0
    for i in range(1, len(strengths)):
        if dev_losses[i] < dev_losses[best]:
            best = i
    return strengths[best], train_losses, dev_losses


def logits_by_indexing(xs: Tensor, W: Tensor) -> Tensor:
    _check(xs, W)
    logits = torch.stack([W[int(x)] for x in xs])
    assert logits.shape == (len(xs), W.shape[1])
    return logits


def loss_by_cross_entropy(xs: Tensor, ys: Tensor, W: Tensor, l2: float) -> Tensor:
    loss = torch.nn.functional.cross_entropy(input=logits_by_indexing(xs, W), target=ys)
    assert bool(loss >= 0)
    return loss + float(l2) * torch.mean(torch.square(W))
