"""What is measured of averaging.py: the same means, three times."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.late import torch
from grader.inside.on_the_way import watched
from grader.inside.plain import Array
from grader.inside.probe import NotAsStated, probe
from grader.inside.probes.lecture7_gpt.shared import given, in_float64, kept_copy, of_shape, short
from grader.inside.tensors import FLOAT64, gradient_of, leaf, tensor


def _called(function: str) -> Callable[..., str]:
    def show(x: Array, upstream: Array) -> str:
        return f"{function}(x) of {given(x=x)}    (the gradient {shown(upstream)} arriving at its result)"

    return short(show)


def _means(function: Callable[[torch.Tensor], Any], what: str, x: Array, upstream: Array) -> Any:
    """What comes out, and the gradient that flows back."""
    with in_float64():
        inputs = leaf(x)
        out = of_shape(function(inputs), x.shape, f"{what}(x)")
        found = {"result": kept_copy(out)}
        if not out.requires_grad:
            raise NotAsStated(f"{what}(x) is cut off from the graph: no gradient flows back through it")
        torch.autograd.backward((out * tensor(upstream)).sum())
        return {**found, "x.grad": kept_copy(gradient_of(inputs))}


@probe(FLOAT64, _called("mean_loop"))
def means_by_loop(averaging: ModuleType, *, x: Array, upstream: Array) -> Any:
    """The means of the version with loops."""
    return _means(averaging.mean_loop, "mean_loop", x, upstream)


@probe(FLOAT64, _called("mean_matmul"))
def means_by_matrix(averaging: ModuleType, *, x: Array, upstream: Array) -> Any:
    """The means of the version with a matrix."""
    return _means(averaging.mean_matmul, "mean_matmul", x, upstream)


@probe(FLOAT64, _called("mean_softmax"))
def means_by_softmax(averaging: ModuleType, *, x: Array, upstream: Array) -> Any:
    """The means of the version with a softmax."""
    return _means(averaging.mean_softmax, "mean_softmax", x, upstream)


watched(means_by_matrix, means_by_softmax)
