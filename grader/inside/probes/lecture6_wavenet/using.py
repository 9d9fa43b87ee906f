"""What is measured of the functions in model.py that use a net: modes, losses, training, the smoothed curve."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.chance import steady_chance
from grader.inside.late import torch
from grader.inside.plain import Array
from grader.inside.probe import EXACT, Tolerance, probe
from grader.inside.probes.lecture6_wavenet.bare_net import EARLIER, filled, modes_of, ready_net
from grader.inside.probes.lecture6_wavenet.doubles import doubles
from grader.inside.probes.lecture6_wavenet.shared import (
    buffers_of,
    in_float64,
    kept_copy,
    listed,
    of_kind,
    short,
)
from grader.inside.tensors import (
    FLOAT64,
    TRAJECTORY,
    as_items,
    as_tensor,
    float_of,
    generator,
    gradient_of,
    next_number,
    tensor,
)

MEANS = Tolerance(1e-6, "means in float32 are off by 1e-7 of their size, those of other groups by 1e-3", 5e-6)
SWITCHES = ("train_mode", "eval_mode", "eval_mode", "train_mode")
OPTIMISER = 6.0  # seconds: the first optimiser of a process makes torch import a compiler, which takes one or two


def _afterwards(layers: ModuleType, net: Any) -> dict[str, Any]:
    """Modes, buffers, parameters and gradients, as a function leaves them."""
    norms, parameters = of_kind(layers, net.layers, "BatchNorm1d"), listed(net)
    return {
        "training of each BatchNorm1d afterwards": modes_of(layers, net),
        "buffers afterwards": [buffers_of(norm) for norm in norms],
        "parameters afterwards": [kept_copy(p) for p in parameters],
        "requires_grad afterwards": [p.requires_grad for p in parameters],
    }


# ---- modes


@probe(
    EXACT,
    lambda sizes, numbers: f"{', '.join(f'{name}(model)' for name in SWITCHES)}, of {filled(sizes)}",
)
def switched_modes(layers: ModuleType, model: ModuleType, *, sizes: list[int], numbers: Array) -> Any:
    """The mode of each BatchNorm1d after each of four switches, two of which change nothing."""
    with doubles(layers):
        net, found = ready_net(layers, sizes, numbers), {}
        for number, name in enumerate(SWITCHES, 1):
            getattr(model, name)(net)
            found[f"modes after call {number}, {name}"] = modes_of(layers, net)
    return found


# ---- the loss of a split


def _rows(sizes: list[int], numbers: Array, X: Array, Y: Array) -> str:
    given = f"X = {shown(X)}, Y = {shown(Y)}"
    return f"split_loss(model, X, Y) of {given} and {filled(sizes)}, each with a gradient of {EARLIER} throughout"


@probe(FLOAT64, short(_rows))
def loss_of_rows(layers: ModuleType, model: ModuleType, *, sizes: list[int], numbers: Array, X: Array, Y: Array) -> Any:
    """The loss of some rows, and what has become of the model."""
    with in_float64(), doubles(layers):
        net = ready_net(layers, sizes, numbers)
        loss = float_of(model.split_loss(net, tensor(X), tensor(Y)), "split_loss(...)")
        gradients = [kept_copy(gradient_of(p)) for p in listed(net)]
        return {"loss": loss, **_afterwards(layers, net), "gradients afterwards": gradients}


# ---- training


def _rate(schedule: list[Any], steps: int) -> str:
    early, until, late = schedule
    return f"lambda step: {early}" if steps <= until else f"lambda step: {early} if step < {until} else {late}"


def _training(
    sizes: list[int], numbers: Array, X: Array, Y: Array, steps: int, batch_size: int, schedule: list[Any], seed: int
) -> str:
    source = f"torch.Generator().manual_seed({seed})"
    call = f"train(model, X, Y, {steps}, {batch_size}, {_rate(schedule, steps)}, {source})"
    given = f"X = {shown(X)}, Y = {shown(Y)}"
    return f"{call} of {given} and {filled(sizes)}, each with an earlier gradient of {EARLIER}, in evaluation mode"


@probe(TRAJECTORY, short(_training), seconds=OPTIMISER)
@steady_chance()
def training_losses(
    layers: ModuleType, model: ModuleType, *, sizes: list[int], numbers: Array, X: Array, Y: Array, steps: int,
    batch_size: int, schedule: list[Any], seed: int,
) -> Any:  # fmt: skip
    """The loss of every step, the model when training is over, and the next random number."""
    early, until, late = schedule
    source = generator(seed)
    with in_float64(), doubles(layers):
        net = ready_net(layers, sizes, numbers)
        for norm in of_kind(layers, net.layers, "BatchNorm1d"):
            norm.training = False
        rate = lambda step: early if step < until else late  # noqa: E731  (as a student writes it)
        losses = model.train(net, tensor(X), tensor(Y), steps, batch_size, rate, source)
        found = as_items(losses, "train(...)")
        return {
            "losses": [float_of(loss, f"losses[{i}]") for i, loss in enumerate(found)],
            **_afterwards(layers, net),
            "next number of the generator": next_number(source),
        }


# ---- the curve


@probe(MEANS, lambda losses, block: f"smooth_losses({losses}, {block})")
def smoothed_losses(model: ModuleType, *, losses: list[float], block: int) -> Any:
    """The means of groups of losses."""
    found = as_tensor(model.smooth_losses(list(losses), block), "smooth_losses(...)").detach()
    return {"shape": list(found.shape), "means": found.to(torch.float64)}
