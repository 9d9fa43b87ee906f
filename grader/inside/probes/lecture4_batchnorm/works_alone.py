"""Steps of lecture 4 by themselves: stand-ins for what other exercises compute, each of them something else."""

from __future__ import annotations

import math
from types import ModuleType
from typing import Any

from grader.inside.late import torch
from grader.inside.probe import measured_alone, works_alone
from grader.inside.probes.lecture4_batchnorm.batchnorm import bias_gradients, useful_parameters
from grader.inside.probes.lecture4_batchnorm.doubles import doubles
from grader.inside.probes.lecture4_batchnorm.initialisation import calm_parameters, first_loss
from grader.inside.probes.lecture4_batchnorm.net import deep_losses

__all__: list[str] = []


def _kaiming_std(fan_in: int, nonlinearity: str) -> float:
    """A spread that depends on both, and is too wide everywhere."""
    return 1.5 * len(nonlinearity) / math.sqrt(fan_in + 1)


def _normalise_batch(hpreact: Any, bngain: Any, bnbias: Any) -> Any:
    """A batch whose mean does not count, bent by what is learned."""
    centred = hpreact - hpreact.mean(0, keepdim=True)
    return torch.sin(centred) * (2 + bngain) + torch.sin(bnbias + 0.5)


def _with_doubles(layers: ModuleType, **inputs: Any) -> Any:
    with doubles(layers):
        return deep_losses.measure(layers, **inputs)


for made in (calm_parameters, first_loss, useful_parameters):
    works_alone(made, kaiming_std=_kaiming_std)
works_alone(bias_gradients, normalise_batch=_normalise_batch)
measured_alone(deep_losses, _with_doubles)
