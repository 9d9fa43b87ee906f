"""What is measured of batchnorm.py: each step of batch norm alone, on numbers of its own."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.chance import steady_chance
from grader.inside.late import torch
from grader.inside.on_the_way import watched
from grader.inside.plain import Array
from grader.inside.probe import NotAsStated, measured_alone, probe, several
from grader.inside.probes.lecture4_batchnorm.shared import (
    DRAWN,
    FLOAT64,
    described_parameters,
    given,
    in_float64,
    named,
    of_shape,
    only,
    options,
    per_unit,
    send_back,
    short,
)
from grader.inside.tensors import as_items, as_tensor, described, generator, gradient_of, leaf, number_of, tensor

NAMES = ("C", "W1", "W2", "b2", "bngain", "bnbias")


def _normalise(
    hpreact: Array, bngain: Array, bnbias: Array, eps: float | None = None, upstream: Array | None = None
) -> str:
    call = f"normalise_batch(hpreact, bngain, bnbias{options(eps=eps)})"
    arrives = f"    (the gradient {shown(upstream)} arriving at the result)" if upstream else ""
    return f"{given(hpreact=hpreact, bngain=bngain, bnbias=bnbias)}; {call}{arrives}"


@probe(FLOAT64, short(_normalise))
def normalised_batch(
    batchnorm: ModuleType, *, hpreact: Array, bngain: Array, bnbias: Array, eps: float | None = None
) -> Any:
    """What batch norm makes of a batch."""
    with in_float64():
        out = batchnorm.normalise_batch(tensor(hpreact), tensor(bngain), tensor(bnbias), **only(eps=eps))
        return {"result": as_tensor(out, "normalise_batch(...)")}


@probe(FLOAT64, short(_normalise))
def normalised_gradients(
    batchnorm: ModuleType, *, hpreact: Array, bngain: Array, bnbias: Array, upstream: Array, eps: float | None = None
) -> Any:
    """The gradients that batch norm hands on."""
    with in_float64():
        inputs = {"hpreact": leaf(hpreact), "bngain": leaf(bngain), "bnbias": leaf(bnbias)}
        out = as_tensor(batchnorm.normalise_batch(*inputs.values(), **only(eps=eps)), "normalise_batch(...)")
        send_back(out, upstream, "normalise_batch(...)")
        return {f"{name}.grad": gradient_of(value) for name, value in inputs.items()}


def _running(mean: Array, std: Array, batches: list[Array], momentum: float | None = None) -> str:
    calls = f"update_running(bnmean_running, bnstd_running, hpreact{options(momentum=momentum)})"
    start = given(bnmean_running=mean, bnstd_running=std)
    return f"{start}; {calls} with hpreact = {', then '.join(map(shown, batches))}"


@probe(FLOAT64, short(_running))
def running_statistics(
    batchnorm: ModuleType, *, mean: Array, std: Array, batches: list[Array], momentum: float | None = None
) -> Any:
    """The running mean and spread after each batch, and whether they hang on the graph."""
    found: dict[str, Any] = {}
    with in_float64():
        pair: Any = tensor(mean), tensor(std)
        for i, batch in enumerate(batches, 1):
            updated = batchnorm.update_running(*pair, leaf(batch) * 1.0, **only(momentum=momentum))
            pair = _pair(updated, "update_running")
            for name, value in zip(("bnmean_running", "bnstd_running"), pair, strict=True):
                found[f"after batch {i}: {name}"] = per_unit(value, name).clone()
                found[f"after batch {i}: {name}.requires_grad"] = value.requires_grad
    return found


def _pair(found: Any, function: str) -> tuple[torch.Tensor, torch.Tensor]:
    """The two tensors that a function returns."""
    if not hasattr(found, "__iter__"):
        raise NotAsStated(f"{function}(...) is {described(found)}; it should be a pair of tensors")
    items = as_items(found, f"{function}(...)")
    if len(items) != 2:
        raise NotAsStated(f"{function}(...) gives {several(len(items), 'thing')}; it should be a pair of tensors")
    return as_tensor(items[0], f"{function}(...)[0]"), as_tensor(items[1], f"{function}(...)[1]")


def _splits(C: Array, W1: Array, train: Array, dev: Array, test: Array) -> str:
    contexts = ", ".join(f"{name} {shown(X)}" for name, X in (("train", train), ("dev", dev), ("test", test)))
    return f"{given(C=C, W1=W1)}; calibrate(C, W1, splits) with the contexts {contexts}"


@probe(FLOAT64, short(_splits))
def calibrated_statistics(
    batchnorm: ModuleType, *, C: Array, W1: Array, train: Array, dev: Array, test: Array
) -> Any:  # fmt: skip
    """The statistics of a calibration, and whether they hang on the graph."""
    with in_float64():
        contexts = {"train": tensor(train), "dev": tensor(dev), "test": tensor(test)}
        splits = {name: (X, X[:, 0].clone()) for name, X in contexts.items()}
        mean, std = _pair(batchnorm.calibrate(leaf(C), leaf(W1), splits), "calibrate")
    return {
        "bnmean": per_unit(mean, "bnmean"),
        "bnstd": per_unit(std, "bnstd"),
        "bnmean.requires_grad": mean.requires_grad,
        "bnstd.requires_grad": std.requires_grad,
    }


def _predict(parameters: list[Array], X: Array, bnmean: Array, bnstd: Array, eps: float | None = None) -> str:
    start = given(**dict(zip(NAMES, parameters, strict=True)), bnmean=bnmean, bnstd=bnstd, X=X)
    return f"{start}; predict([{', '.join(NAMES)}], X, bnmean, bnstd{options(eps=eps)})"


@probe(FLOAT64, short(_predict))
def predicted_logits(
    batchnorm: ModuleType, *, parameters: list[Array], X: Array, bnmean: Array, bnstd: Array, eps: float | None = None
) -> Any:
    """The logits of some contexts, or of a single one."""
    with in_float64():
        weights = [leaf(p) for p in parameters]
        out = batchnorm.predict(weights, tensor(X), tensor(bnmean), tensor(bnstd), **only(eps=eps))
        return {"logits": as_tensor(out, "predict(...)")}


def _parameters(vocab_size: int, block_size: int, n_embd: int, n_hidden: int, seed: int) -> str:
    sizes = f"{vocab_size}, {block_size}, {n_embd}, {n_hidden}"
    return f"bn_parameters({sizes}, torch.Generator().manual_seed({seed}))"


@probe(DRAWN, _parameters)
@steady_chance()
def useful_parameters(
    batchnorm: ModuleType,
    initialisation: ModuleType,
    *,
    vocab_size: int,
    block_size: int,
    n_embd: int,
    n_hidden: int,
    seed: int,
) -> Any:
    """Shapes, spreads and numbers of the parameters of a net with batch norm."""
    found = batchnorm.bn_parameters(vocab_size, block_size, n_embd, n_hidden, generator(seed))
    own = number_of(initialisation.kaiming_std(n_embd * block_size, "tanh"), "kaiming_std(...)")
    return described_parameters(named(found, NAMES, "bn_parameters(...)"), own)


@steady_chance()
def _without_kaiming_std(
    batchnorm: ModuleType,
    initialisation: ModuleType,
    *,
    vocab_size: int,
    block_size: int,
    n_embd: int,
    n_hidden: int,
    seed: int,
) -> Any:
    found = batchnorm.bn_parameters(vocab_size, block_size, n_embd, n_hidden, generator(seed))
    return described_parameters(named(found, NAMES, "bn_parameters(...)"))


measured_alone(useful_parameters, _without_kaiming_std)


def _bias(hpreact: Array, b1: Array, bngain: Array, bnbias: Array, upstream: Array) -> str:
    start = given(hpreact=hpreact, b1=b1, bngain=bngain, bnbias=bnbias, upstream=upstream)
    return f"{start}; bias_gradients(hpreact, b1, bngain, bnbias, upstream)"


@probe(FLOAT64, short(_bias), seconds=5.0)
def bias_gradients(
    batchnorm: ModuleType, *, hpreact: Array, b1: Array, bngain: Array, bnbias: Array, upstream: Array
) -> Any:
    """The gradients of the bias in front of batch norm and of the one behind it."""
    with in_float64():
        arguments = [tensor(values) for values in (hpreact, b1, bngain, bnbias, upstream)]
        db1, dbnbias = _pair(batchnorm.bias_gradients(*arguments), "bias_gradients")
    return {
        "db1": of_shape(db1, b1.shape, "db1"),
        "dbnbias": per_unit(dbnbias, "dbnbias"),
    }


watched(normalised_batch, predicted_logits)
