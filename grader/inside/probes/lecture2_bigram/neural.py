"""What is measured of neural.py: the dataset, the net's parts each alone, its training, and names from it."""

import warnings
from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.on_the_way import watched
from grader.inside.plain import Array
from grader.inside.probe import EXACT, Tolerance, probe
from grader.inside.probes.lecture2_bigram.shared import (
    brief,
    dictated,
    fraction,
    fractions,
    loss_and_gradient,
    made_up,
    numbered,
    parts,
    seeded,
    told,
    typed,
    vocabulary,
)
from grader.inside.tensors import FLOAT32, TRAJECTORY, as_items, as_tensor, float_of, leaf, tensor, whole_numbers

LARGE = Tolerance(1e-4, "at 100 float32 goes in steps of 8e-6, so shares may be off by 4e-6; a mistake gives nan")


@probe(EXACT, lambda words, letters: typed(f"bigram_dataset({brief(words)}, stoi)", stoi=letters))
def pairs_of_dataset(neural: ModuleType, *, words: list[str], letters: str) -> Any:
    """Inputs and targets."""
    pairs = neural.bigram_dataset(list(words), vocabulary(letters))
    xs, ys = parts(pairs, "bigram_dataset(...)", "xs, ys")
    return {"xs": whole_numbers(xs, "xs"), "ys": whole_numbers(ys, "ys")}


@probe(EXACT, lambda xs, classes: f"one_hot({shown(xs)}, {classes})")
def encoded_rows(neural: ModuleType, *, xs: Array, classes: int) -> Any:
    """The rows, and whether they hold floats."""
    rows = as_tensor(neural.one_hot(tensor(xs), classes), "one_hot(...)")
    return {"rows": rows.double(), "type of its numbers": "float" if rows.is_floating_point() else "int"}


def _output(xs: Array, W: Array) -> str:
    return typed("probabilities(xs, W)", xs=xs, W=W)


@probe(FLOAT32, _output)
def net_output(neural: ModuleType, *, xs: Array, W: Array) -> Any:
    """The probabilities, in whatever precision they come."""
    return {"probs": fractions(neural.probabilities(tensor(xs), tensor(W)), "probabilities(...)")}


@probe(LARGE, _output)
def output_of_large_logits(neural: ModuleType, *, xs: Array, W: Array) -> Any:
    """The same, where the logits themselves are known to few digits only."""
    return {"probs": fractions(neural.probabilities(tensor(xs), tensor(W)), "probabilities(...)")}


@probe(EXACT, lambda xs, W: f"{_output(xs, W)}.dtype")
def precision_of_output(neural: ModuleType, *, xs: Array, W: Array) -> Any:
    """The precision of the probabilities."""
    return {"dtype": str(as_tensor(neural.probabilities(tensor(xs), tensor(W)), "probabilities(...)").dtype)}


def _loss(xs: Array, ys: Array, W: Array, l2: float) -> str:
    return typed(f"nll_loss(xs, ys, W, {l2})", xs=xs, ys=ys, W=W)


@probe(FLOAT32, _loss)
def net_loss(neural: ModuleType, *, xs: Array, ys: Array, W: Array, l2: float) -> Any:
    """The loss alone."""
    return {"loss": fraction(neural.nll_loss(tensor(xs), tensor(ys), leaf(W), l2), "nll_loss(...)")}


@probe(FLOAT32, lambda xs, ys, W, l2: f"{_loss(xs, ys, W, l2)}.backward()")
def net_gradient(neural: ModuleType, *, xs: Array, ys: Array, W: Array, l2: float) -> Any:
    """The loss, and the gradient that it sends to W."""
    weights = leaf(W)
    return loss_and_gradient(neural.nll_loss(tensor(xs), tensor(ys), weights, l2), weights, "nll_loss(...)")


def _training(xs: Array, ys: Array, W: Array, steps: int, lr: float, l2: float) -> str:
    call = f"W.requires_grad = True; train(xs, ys, W, steps={steps}, lr={lr}, l2={l2})"
    return typed(call, xs=xs, ys=ys, W=W)


@probe(TRAJECTORY, _training)
def training(neural: ModuleType, *, xs: Array, ys: Array, W: Array, steps: int, lr: float, l2: float) -> Any:
    """The loss of every step, and what W holds when training is over."""
    weights = leaf(W)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch warns where a mistake reads a gradient that is not there
        losses = as_items(neural.train(tensor(xs), tensor(ys), weights, steps, lr, l2), "train(...)")
    found = [float_of(loss, f"losses[{i}]") for i, loss in enumerate(losses)]
    return {"losses": found, "W afterwards": weights.detach()}


def _shown_names(W: Array, letters: str, count: int, seed: int) -> str:
    return typed(f"sample_names(W, itos, {count}, generator)", W=W, itos=letters, generator=seeded(seed))


@probe(EXACT, _shown_names)
def names_from_net(neural: ModuleType, *, W: Array, letters: str, count: int, seed: int) -> Any:
    """Names from given weights, and where the generator stands afterwards."""
    return made_up(neural, lambda source: neural.sample_names(tensor(W), numbered(letters), count, source), seed)


def _dictated_names(W: Array, letters: str, count: int, script: list[int]) -> str:
    return typed(f"sample_names(W, itos, {count}, generator); {told(script)}", W=W, itos=letters)


@probe(FLOAT32, _dictated_names)
def draws_from_net(neural: ModuleType, *, W: Array, letters: str, count: int, script: list[int]) -> Any:
    """Names when the draws are dictated, and the probabilities behind each draw."""
    return dictated(neural, lambda source: neural.sample_names(tensor(W), numbered(letters), count, source), script)


watched(net_output, net_loss)
