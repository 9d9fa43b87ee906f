"""What is measured of exercises.py: trigrams, splits, tuned smoothing, and the two short cuts."""

from __future__ import annotations

import random
from collections import Counter
from types import ModuleType
from typing import Any

from grader.inside.late import torch
from grader.inside.plain import Array
from grader.inside.probe import EXACT, NotAsStated, probe
from grader.inside.probes.lecture2_bigram.counts import AVERAGE
from grader.inside.probes.lecture2_bigram.shared import (
    SHARES,
    brief,
    fraction,
    fractions,
    loss_and_gradient,
    parts,
    plain_number,
    typed,
    vocabulary,
)
from grader.inside.tensors import FLOAT32, as_items, as_tensor, gradient_of, leaf, number_of, tensor, whole_numbers


@probe(EXACT, lambda words, letters: typed(f"trigram_dataset({brief(words)}, stoi)", stoi=letters))
def pairs_of_trigrams(exercises: ModuleType, *, words: list[str], letters: str) -> Any:
    """Contexts and targets."""
    pairs = exercises.trigram_dataset(list(words), vocabulary(letters))
    xs, ys = parts(pairs, "trigram_dataset(...)", "xs, ys")
    return {"xs": whole_numbers(xs, "xs"), "ys": whole_numbers(ys, "ys")}


@probe(EXACT, lambda words, letters: typed(f"count_trigrams({brief(words)}, stoi)", stoi=letters))
def table_of_trigrams(exercises: ModuleType, *, words: list[str], letters: str) -> Any:
    """The table of counts."""
    return {"N": whole_numbers(exercises.count_trigrams(list(words), vocabulary(letters)), "count_trigrams(...)")}


@probe(AVERAGE, lambda P, words, letters: typed(f"trigram_nll(P, {brief(words)}, stoi)", P=P, stoi=letters))
def loss_of_trigrams(exercises: ModuleType, *, P: Array, words: list[str], letters: str) -> Any:
    """The average loss of a table on some words."""
    return {"loss": number_of(exercises.trigram_nll(tensor(P), list(words), vocabulary(letters)), "trigram_nll(...)")}


def _what_holds(measured: Any, *, words: list[str], seed: int) -> Any:
    """What must hold for a split, whatever the way of shuffling."""
    split, again, other, given = (measured[name] for name in ("split", "again", "other", "given"))
    if not all(type(word) is str for part in split for word in part):  # other keys could be made to collide
        raise NotAsStated("a part of split(...) holds something that is not text; it should be a list of words")
    placed = Counter(word for part in split for word in part)
    return {
        "sizes": [len(part) for part in split],
        "words in more than one part": sum(count > 1 for count in placed.values()),
        "words in no part": len(set(words) - set(placed)),
        "train is simply the first words": set(split[0]) == set(words[: len(split[0])]),
        "words is left as it was": given == list(words),
        "the same rng gives the same split": again == split,
        "another rng gives another split": other != split,
    }


@probe(EXACT, lambda words, seed: f"split({brief(words)}, random.Random({seed}))", conclude=_what_holds)
def shares_of_split(exercises: ModuleType, *, words: list[str], seed: int) -> Any:
    """The parts, twice with the same rng and once with another, and the list of words afterwards."""
    given = list(words)
    return {
        "split": [_names(part) for part in _split(exercises, given, seed)],
        "again": [_names(part) for part in _split(exercises, list(words), seed)],
        "other": [_names(part) for part in _split(exercises, list(words), seed + 1)],
        "given": given,
    }


def _split(exercises: ModuleType, words: list[str], seed: int) -> list[Any]:
    return parts(exercises.split(words, random.Random(seed)), "split(...)", "train, dev, test")


def _names(part: Any) -> list[Any]:
    return as_items(part, "a part of split(...)")


@probe(SHARES, lambda train, dev, strengths: f"tune_smoothing({brief(train)}, {brief(dev)}, {strengths})")
def tuned_smoothing(exercises: ModuleType, *, train: list[str], dev: list[str], strengths: list[float]) -> Any:
    """The chosen strength, and the losses it was chosen by."""
    found = exercises.tune_smoothing(list(train), list(dev), list(strengths))
    best, train_losses, dev_losses = parts(found, "tune_smoothing(...)", "best, train_losses, dev_losses")
    return {
        "best": plain_number(best, "best"),
        "train_losses": _losses(train_losses, "train_losses"),
        "dev_losses": _losses(dev_losses, "dev_losses"),
    }


def _losses(losses: Any, what: str) -> list[float]:
    return [fraction(loss, f"{what}[{i}]") for i, loss in enumerate(as_items(losses, what))]


def _picking(xs: Array, W: Array, upstream: Array) -> str:
    return typed("(logits_by_indexing(xs, W) * G).sum().backward()", xs=xs, W=W, G=upstream)


@probe(FLOAT32, _picking)
def picked_rows(exercises: ModuleType, *, xs: Array, W: Array, upstream: Array) -> Any:
    """The logits, and what arrives at W from an irregular gradient."""
    weights = leaf(W)
    logits = as_tensor(exercises.logits_by_indexing(tensor(xs), weights), "logits_by_indexing(...)")
    if logits.requires_grad and logits.shape == upstream.shape:
        torch.autograd.backward((logits * tensor(upstream)).sum())
    return {"logits": fractions(logits, "logits_by_indexing(...)"), "W.grad": fractions(gradient_of(weights), "W.grad")}


def _loss(xs: Array, ys: Array, W: Array, l2: float) -> str:
    return typed(f"loss_by_cross_entropy(xs, ys, W, {l2})", xs=xs, ys=ys, W=W)


@probe(FLOAT32, _loss)
def cross_entropy(exercises: ModuleType, *, xs: Array, ys: Array, W: Array, l2: float) -> Any:
    """The loss, and the gradient that it sends to W."""
    weights = leaf(W)
    loss = exercises.loss_by_cross_entropy(tensor(xs), tensor(ys), weights, l2)
    return loss_and_gradient(loss, weights, "loss_by_cross_entropy(...)")
