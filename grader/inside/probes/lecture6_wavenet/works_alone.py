"""Steps of lecture 6 by themselves: stand-ins for what other exercises compute, each of them something else."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.late import torch
from grader.inside.probe import in_place, measured_alone, works_alone
from grader.inside.probes.lecture6_wavenet.doubles import doubles
from grader.inside.probes.lecture6_wavenet.exercises import slid_logits
from grader.inside.probes.lecture6_wavenet.net_parts import (
    flat_logits,
    flat_parts,
    own_losses,
    tree_logits,
    tree_parts,
)
from grader.inside.probes.lecture6_wavenet.sampling import drawn_names, scripted_names
from grader.inside.probes.lecture6_wavenet.using import loss_of_rows, training_losses

__all__: list[str] = []


def _bent(model: Any, **attributes: Any) -> None:
    """Give every batch norm other numbers than it should have."""
    for layer in model.layers:
        if hasattr(layer, "gamma"):
            for name, value in attributes.items():
                setattr(layer, name, value)


def _prepare(model: Any) -> Any:
    """Parameters that want gradients; a last weight, and batch norms, that no statement asks for."""
    _bent(model, eps=2.0)
    for p in model.parameters():
        p.requires_grad_()
    model.layers[-1].weight.data.sin_()
    return model


def _eval_mode(model: Any) -> None:
    """Evaluation, and a last bias that likes the end of a name best."""
    _bent(model, training=False, eps=2.0)
    bias = model.layers[-1].bias
    bias.data = torch.linspace(1.0, -1.0, len(bias), dtype=bias.dtype)


def _train_mode(model: Any) -> None:
    _bent(model, training=True, eps=2.0, momentum=0.4)


def _causal_convolution(x: Any, weight: Any, dilation: int) -> Any:
    """Neither causal nor a convolution, but of the right shape."""
    n = weight.shape[0] // x.shape[2]
    return torch.cat([x.roll((n - 1 - i) * dilation, 1).sin() for i in range(n)], 2) @ weight


def _with_doubles(layers: ModuleType, model: ModuleType, **inputs: Any) -> Any:
    with doubles(layers), in_place(layers, {"prepare": _prepare}):
        return own_losses.measure(layers, model, **inputs)


for made in (flat_parts, flat_logits, tree_parts, tree_logits):
    works_alone(made, prepare=_prepare)
for made in (loss_of_rows, training_losses, scripted_names, drawn_names):
    works_alone(made, eval_mode=_eval_mode, train_mode=_train_mode)
works_alone(slid_logits, causal_convolution=_causal_convolution)
measured_alone(own_losses, _with_doubles)
