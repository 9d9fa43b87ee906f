"""What is measured of exercises.py: which parameters move from a start at zero, and a folded layer."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.late import torch
from grader.inside.plain import Array
from grader.inside.probe import EXACT, NotAsStated, probe
from grader.inside.probes.lecture4_batchnorm.doubles import doubles
from grader.inside.probes.lecture4_batchnorm.shared import (
    FLOAT64,
    NEAR,
    attribute,
    built,
    given,
    in_float64,
    kept_copy,
    of_shape,
    options,
    per_unit,
    set_buffer,
    set_parameter,
    short,
)
from grader.inside.tensors import as_items, as_tensor, generator, leaf, number_of, tensor

NAMES = ("C", "W1", "b1", "W2", "b2")


@probe(EXACT, lambda zeroed: f"predicted_to_move({zeroed})")
def predicted_names(exercises: ModuleType, *, zeroed: list[str]) -> Any:
    """Which parameters are said to move."""
    return _names(exercises.predicted_to_move(list(zeroed)), "predicted_to_move(...)")


def _names(found: Any, what: str) -> list[str]:
    """Names, in the order in which they came."""
    names = as_items(found, what)
    for name in names:
        if name not in NAMES:
            raise NotAsStated(f"{what} names {name!r}; the parameters are called {', '.join(NAMES)}")
    return names


def _parameters(parameters: list[Array], X: Array, Y: Array, earlier: float | None = None) -> str:
    start = given(**dict(zip(NAMES, parameters, strict=True)), X=X, Y=Y)
    before = "" if earlier is None else f", where every entry of every grad is {earlier} from an earlier backward()"
    return f"{start}; seen_to_move([{', '.join(NAMES)}], X, Y){before}"


@probe(EXACT, short(_parameters))
def seen_names(
    exercises: ModuleType, *, parameters: list[Array], X: Array, Y: Array, earlier: float | None = None
) -> Any:  # fmt: skip
    """Which parameters of a given net are found to have a gradient, also where an `earlier` one is still there."""
    leaves = [leaf(p) for p in parameters]
    for p in leaves:
        p.grad = None if earlier is None else torch.full_like(p, earlier)
    with in_float64():
        return _names(exercises.seen_to_move(leaves, tensor(X), tensor(Y)), "seen_to_move(...)")


@probe(NEAR, lambda Y, vocab_size: f"zero_start_limit({shown(Y)}, {vocab_size})")
def limit_loss(exercises: ModuleType, *, Y: Array, vocab_size: int) -> Any:
    """The loss that a start at zero ends at."""
    with in_float64():
        return number_of(exercises.zero_start_limit(tensor(Y), vocab_size), "zero_start_limit(...)")


def _fold(
    weight: Array, bias: Array | None, gamma: Array, beta: Array, mean: Array, var: Array, x: Array,
    eps: float | None = None,
) -> str:  # fmt: skip
    linear = given(weight=weight, bias=bias) if bias else f"{given(weight=weight)}, bias=False"
    norm = given(gamma=gamma, beta=beta, running_mean=mean, running_var=var)
    layers = f"Linear with {linear}, and BatchNorm1d({gamma.shape[0]}{options(eps=eps)}) with {norm}"
    return f"fold_batchnorm(linear, bn) of torch's {layers}; the result called with x = {shown(x)}"


@probe(FLOAT64, short(_fold))
def folded_layer(
    layers: ModuleType, exercises: ModuleType, *,
    weight: Array, bias: Array | None, gamma: Array, beta: Array, mean: Array, var: Array, x: Array,
    eps: float | None = None,
) -> Any:  # fmt: skip
    """The output, weight and bias of a folded layer, and what became of the two layers it was made from."""
    with in_float64(), doubles(layers, exercises):
        linear = built(layers, "Linear", *weight.shape, bias=bias is not None, generator=generator(0))
        bn = built(layers, "BatchNorm1d", *gamma.shape, **({} if eps is None else {"eps": eps}))
        set_parameter(linear, "weight", weight)
        if bias is not None:
            set_parameter(linear, "bias", bias)
        for name, values in (("gamma", gamma), ("beta", beta)):
            set_parameter(bn, name, values)
        for name, values in (("running_mean", mean), ("running_var", var)):
            set_buffer(bn, name, values)
        bn.training = False
        folded = exercises.fold_batchnorm(linear, bn)
        found = {name: attribute(folded, name, "what fold_batchnorm gives") for name in ("weight", "bias")}
        result = as_tensor(folded(tensor(x)), "the folded layer's result")
    return {
        "result": kept_copy(result),
        "weight": kept_copy(as_tensor(found["weight"], "the folded weight")),
        "bias": kept_copy(of_shape(found["bias"], gamma.shape, "the folded bias")),
        "linear.weight afterwards": kept_copy(linear.weight),
        "linear.bias afterwards": None if linear.bias is None else per_unit(linear.bias, "linear.bias"),
        "bn.gamma afterwards": per_unit(bn.gamma, "bn.gamma"),
        "bn.running_mean afterwards": per_unit(bn.running_mean, "bn.running_mean"),
    }
