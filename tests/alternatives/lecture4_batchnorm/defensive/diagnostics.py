from __future__ import annotations

import math
import statistics
from typing import NamedTuple

from torch import Tensor

from layers import Layer, Tanh


class ActivationStats(NamedTuple):
    mean: float
    std: float
    saturated: float


class GradientStats(NamedTuple):
    mean: float
    std: float


def _numbers(tensor: Tensor) -> list[float]:
    numbers = tensor.detach().reshape(-1).tolist()
    assert len(numbers) > 1, "one number has no spread"
    return numbers


def _outs(layers: list[Layer]) -> list[Tensor]:
    outs = [layer.out for layer in layers if isinstance(layer, Tanh)]
    if not outs:
        raise ValueError("there is no Tanh among these layers")
    return outs


def activation_stats(layers: list[Layer], threshold: float = 0.97) -> list[ActivationStats]:
    found: list[ActivationStats] = []
    for out in _outs(layers):
        numbers = _numbers(out)
        share = len([x for x in numbers if abs(x) > threshold]) / len(numbers)
        found.append(ActivationStats(statistics.fmean(numbers), statistics.stdev(numbers), share))
    return found


def gradient_stats(layers: list[Layer], loss: Tensor) -> list[GradientStats]:
    outs = _outs(layers)
    for out in outs:
        if not out.requires_grad:
            raise ValueError("this output is not part of a graph")
        out.retain_grad()
    loss.backward()
    found: list[GradientStats] = []
    for out in outs:
        assert out.grad is not None
        numbers = _numbers(out.grad)
        found.append(GradientStats(statistics.fmean(numbers), statistics.stdev(numbers)))
    return found


def grad_to_data(parameters: list[Tensor]) -> list[float]:
    ratios: list[float] = []
    for p in parameters:
        if p.dim() != 2:
            continue
        if p.grad is None:
            raise ValueError("call backward() first")
        ratios.append(statistics.stdev(_numbers(p.grad)) / statistics.stdev(_numbers(p)))
    return ratios


def update_ratios(parameters: list[Tensor], lr: float) -> list[float]:
    if lr <= 0:
        raise ValueError("the learning rate is positive")
    return [math.log(lr * ratio) / math.log(10) for ratio in grad_to_data(parameters)]
