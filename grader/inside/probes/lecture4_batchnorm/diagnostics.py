"""What is measured of diagnostics.py: statistics of given outputs, gradients and weights."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.late import torch
from grader.inside.plain import Array
from grader.inside.probe import NotAsStated, probe, several
from grader.inside.probes.lecture4_batchnorm.shared import NEAR, in_float64, only, options, short, with_output
from grader.inside.tensors import as_items, gradient_of, leaf, number_of, tensor


def _outs(kinds: list[str], outs: list[Array], threshold: float | None = None) -> str:
    layers = ", ".join(f"{kind} with out = {shown(out)}" for kind, out in zip(kinds, outs, strict=True))
    return f"activation_stats([{layers}]{options(threshold=threshold)})"


@probe(NEAR, short(_outs))
def activation_numbers(
    layers: ModuleType, diagnostics: ModuleType, *,
    kinds: list[str], outs: list[Array], threshold: float | None = None,
) -> Any:  # fmt: skip
    """Mean, spread and saturated share of given outputs."""
    with in_float64():
        stack = [with_output(layers, kind, tensor(out)) for kind, out in zip(kinds, outs, strict=True)]
        found = diagnostics.activation_stats(stack, **only(threshold=threshold))
        names = ("mean", "standard deviation", "saturated share")
        return _rows(found, names, kinds, "activation_stats(...)")


def _rows(found: Any, names: tuple[str, ...], kinds: list[str], what: str) -> dict[str, float]:
    """The numbers by name, Tanh layer by Tanh layer."""
    rows = [as_items(row, f"item {i} of {what}") for i, row in enumerate(as_items(found, what))]
    if len(rows) != kinds.count("Tanh"):
        raise NotAsStated(
            f"{what} gives {several(len(rows), 'item')}; of the layers handed in, {kinds.count('Tanh')} are Tanh"
        )
    for i, row in enumerate(rows):
        if len(row) != len(names):
            raise NotAsStated(f"item {i} of {what} has {several(len(row), 'number')}; it should have {len(names)}")
    places = [f"Tanh layer {i}: {name}" for i in range(1, len(rows) + 1) for name in names]
    return {place: number_of(x, place) for place, x in zip(places, (x for row in rows for x in row), strict=True)}


def _chain(kinds: list[str], x: Array, weights: list[Array], upstream: Array) -> str:
    made = f"{', '.join(kinds)}, called one after the other, first with {shown(x)}"
    return f"gradient_stats(layers, loss) with layers {made}, and loss = (last output * {shown(upstream)}).sum()"


@probe(NEAR, short(_chain))
def gradient_numbers(
    layers: ModuleType, diagnostics: ModuleType, *, kinds: list[str], x: Array, weights: list[Array], upstream: Array
) -> Any:
    """Mean and spread of the gradients at the Tanh outputs of a small chain of layers."""
    with in_float64():
        out, stack, remaining = leaf(x), [], [leaf(weight) for weight in weights]
        for kind in kinds:
            out = torch.tanh(out) if kind == "Tanh" else out @ remaining.pop(0)
            stack.append(with_output(layers, kind, out))
        found = diagnostics.gradient_stats(stack, (out * tensor(upstream)).sum())
        return _rows(found, ("mean", "standard deviation"), kinds, "gradient_stats(...)")


def _parameters(data: list[Array], grads: list[Array]) -> str:
    return ", ".join(f"{shown(p)} with grad {shown(g)}" for p, g in zip(data, grads, strict=True))


def _with_gradients(data: list[Array], grads: list[Array]) -> list[torch.Tensor]:
    parameters = [leaf(p) for p in data]
    for p, grad in zip(parameters, grads, strict=True):
        p.grad = tensor(grad)
    return parameters


def _numbers(found: Any, parameters: list[torch.Tensor], what: str) -> dict[str, Any]:
    """The ratios, and what the parameters and their gradients hold when all has been measured."""
    return {
        "ratios": [number_of(x, f"item {i} of {what}") for i, x in enumerate(as_items(found, what))],
        "parameters afterwards": [p.detach() for p in parameters],
        "gradients afterwards": [gradient_of(p) for p in parameters],
    }


@probe(NEAR, short(lambda data, grads: f"grad_to_data([{_parameters(data, grads)}])"))
def gradient_ratios(diagnostics: ModuleType, *, data: list[Array], grads: list[Array]) -> Any:
    """The spread of gradients beside that of weights."""
    with in_float64():
        parameters = _with_gradients(data, grads)
        return _numbers(diagnostics.grad_to_data(parameters), parameters, "grad_to_data(...)")


@probe(NEAR, short(lambda data, grads, lr: f"update_ratios([{_parameters(data, grads)}], {lr})"))
def step_ratios(diagnostics: ModuleType, *, data: list[Array], grads: list[Array], lr: float) -> Any:
    """The spread of updates beside that of weights, as powers of ten."""
    with in_float64():
        parameters = _with_gradients(data, grads)
        return _numbers(diagnostics.update_ratios(parameters, lr), parameters, "update_ratios(...)")
