"""What is measured of the other files: a comparison, the forward pass, two fused gradients, and a net that trains."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.late import torch
from grader.inside.on_the_way import watched
from grader.inside.plain import Array
from grader.inside.probe import NotAsStated, Tolerance, probe, several
from grader.inside.probes.lecture5_backprop.shared import (
    LIBRARY,
    LIST,
    PARAMETERS,
    given,
    given_net,
    handed,
    in_float64,
    named,
    row,
    short,
    tensors_of,
)
from grader.inside.tensors import (
    FLOAT64,
    TRAJECTORY,
    as_items,
    as_tensor,
    described,
    float_of,
    generator,
    next_number,
    number_of,
    tensor,
)

ONE_STEP = Tolerance(1e-12, "the largest distance is one subtraction, the nearest mistake is off by 1e-8", 1e-9)
STEPS = (
    "emb", "embcat", "hprebn", "bnmeani", "bndiff", "bndiff2", "bnvar", "bnvar_inv", "bnraw", "hpreact", "h", "logits",
    "logit_maxes", "norm_logits", "counts", "counts_sum", "counts_sum_inv", "probs", "logprobs", "loss",
)  # fmt: skip


# ---- compare.py


@probe(ONE_STEP, short(lambda dt, t: f"cmp({shown(dt)}, {shown(t)})"))
def comparison(compare: ModuleType, *, dt: Array, t: Array) -> Any:
    """The three answers about two tensors."""
    found = as_items(compare.cmp(tensor(dt), tensor(t)), "cmp(...)")
    if len(found) != 3:
        raise NotAsStated(f"cmp(...) gives {several(len(found), 'thing')}; the statement asks for three")
    exact, approximate, largest = found
    return {
        "exact": _flag(exact, "exact"),
        "approximate": _flag(approximate, "approximate"),
        "largest_difference": number_of(largest, "largest_difference"),
    }


def _flag(found: Any, what: str) -> bool:
    """True or False, also as a tensor with one entry."""
    if isinstance(found, torch.Tensor) and found.numel() == 1:
        found = found.item()
    if not isinstance(found, bool):
        raise NotAsStated(f"{what} is {described(found)}; it should be True or False")
    return found


# ---- forward.py


def _forward(parameters: list[Array], Xb: Array, Yb: Array) -> str:
    return f"{given_net(parameters)}; {given(Xb=Xb, Yb=Yb)}; forward_pieces({LIST}, Xb, Yb)"


@probe(FLOAT64, short(_forward))
def forward_values(forward: ModuleType, *, parameters: list[Array], Xb: Array, Yb: Array) -> Any:
    """Everything that the forward pass computes, by name."""
    with in_float64():
        found = forward.forward_pieces([*tensors_of(parameters).values()], tensor(Xb), tensor(Yb))
    if not isinstance(found, dict):
        raise NotAsStated(f"forward_pieces(...) is {described(found)}; it should be a dict")
    missing = [name for name in STEPS if name not in found]
    if missing:
        raise NotAsStated(f"forward_pieces(...) has no {missing[0]!r}; the statement asks for it")
    values = {name: named(name, found[name], name) for name in STEPS[:-1]}
    return {**values, "loss": number_of(found["loss"], "loss")}


# ---- fused.py


def _cross_entropy(logits: Array, Yb: Array) -> str:
    return f"{given(logits=logits, Yb=Yb)}; cross_entropy_backward(logits, Yb)"


@probe(FLOAT64, short(_cross_entropy), seconds=LIBRARY)
def cross_entropy_gradient(fused: ModuleType, *, logits: Array, Yb: Array) -> Any:
    """The gradient at the logits."""
    with handed(logits=tensor(logits), Yb=tensor(Yb)) as watch:
        found = as_tensor(fused.cross_entropy_backward(*watch.tensors.values()), "cross_entropy_backward(...)")
    return {"dlogits": found, **watch.told()}


def _batchnorm(**arrays: Array) -> str:
    return f"{given(**arrays)}; batchnorm_backward({', '.join(arrays)})"


@probe(FLOAT64, short(_batchnorm), seconds=LIBRARY)
def batchnorm_gradient(
    fused: ModuleType, *, dhpreact: Array, bnraw: Array, bnvar_inv: Array, bngain: Array
) -> Any:  # fmt: skip
    """The gradient in front of batch norm."""
    inputs = {"dhpreact": dhpreact, "bnraw": bnraw, "bnvar_inv": bnvar_inv, "bngain": bngain}
    with handed(**{name: tensor(values) for name, values in inputs.items()}) as watch:
        found = as_tensor(fused.batchnorm_backward(*watch.tensors.values()), "batchnorm_backward(...)")
    return {"dhprebn": found, **watch.told()}


# ---- training.py


def _backward(parameters: list[Array], Xb: Array, Yb: Array) -> str:
    return f"{given_net(parameters)}; {given(Xb=Xb, Yb=Yb)}; backward_by_hand({LIST}, Xb, Yb)"


@probe(FLOAT64, short(_backward), seconds=LIBRARY)
def gradients_by_hand(training: ModuleType, *, parameters: list[Array], Xb: Array, Yb: Array) -> Any:
    """The loss and the gradient of every parameter."""
    with handed(**tensors_of(parameters)) as watch:
        found = as_items(
            training.backward_by_hand([*watch.tensors.values()], tensor(Xb), tensor(Yb)), "backward_by_hand(...)"
        )
    if len(found) != 2:
        raise NotAsStated(
            f"backward_by_hand(...) gives {several(len(found), 'thing')}; the statement asks for the pair (loss, grads)"
        )
    grads = as_items(found[1], "grads")
    if len(grads) != len(PARAMETERS):
        raise NotAsStated(f"grads holds {several(len(grads), 'gradient')}; the statement asks for {len(PARAMETERS)}")
    told = {f"d{name}": named(name, grad, f"d{name}") for name, grad in zip(PARAMETERS, grads, strict=True)}
    return {"loss": number_of(found[0], "loss"), **told, **watch.told()}


def _training(
    parameters: list[Array], Xtr: Array, Ytr: Array, steps: int, batch_size: int, rates: list[float], seed: int
) -> str:  # fmt: skip
    start = f"{given_net(parameters)}; {given(Xtr=Xtr, Ytr=Ytr)}; g = torch.Generator().manual_seed({seed})"
    schedule = f"lambda step: {rates[0]} if step < {steps // 2} else {rates[-1]}"
    return f"{start}; train_manual({LIST}, Xtr, Ytr, {steps}, {batch_size}, {schedule}, g)"


@probe(TRAJECTORY, short(_training), seconds=5.0)
def losses_by_hand(
    training: ModuleType, *, parameters: list[Array], Xtr: Array, Ytr: Array, steps: int, batch_size: int,
    rates: list[float], seed: int,
) -> Any:  # fmt: skip
    """The losses of a short training, the parameters afterwards, and what the generator would give next."""
    source = generator(seed)

    def schedule(step: int) -> float:
        return rates[0] if step < steps // 2 else rates[-1]

    with handed(**tensors_of(parameters)) as watch:
        found = as_items(
            training.train_manual(
                [*watch.tensors.values()], tensor(Xtr), tensor(Ytr), steps, batch_size, schedule, source
            ),
            "train_manual(...)",
        )
    return {
        "losses": [float_of(loss, f"losses[{i}]") for i, loss in enumerate(found)],
        **{f"{name} afterwards": values.detach() for name, values in watch.tensors.items()},
        "next number of the generator": next_number(source),
        **watch.told(may_change=True),
    }


def _calibration(parameters: list[Array], Xtr: Array) -> str:
    return f"{given_net(parameters)}; {given(Xtr=Xtr)}; calibrate_batchnorm({LIST}, Xtr)"


@probe(FLOAT64, short(_calibration))
def calibrated_statistics(training: ModuleType, *, parameters: list[Array], Xtr: Array) -> Any:
    """Mean and variance in front of batch norm over a whole split."""
    with in_float64():
        found = training.calibrate_batchnorm([*tensors_of(parameters).values()], tensor(Xtr))
    pair = as_items(found, "calibrate_batchnorm(...)")
    if len(pair) != 2:
        raise NotAsStated(
            f"calibrate_batchnorm(...) gives {several(len(pair), 'thing')}; the statement asks for (bnmean, bnvar)"
        )
    return {name: row(as_tensor(value, name)) for name, value in zip(("bnmean", "bnvar"), pair, strict=True)}


def _loss(parameters: list[Array], X: Array, Y: Array, bnmean: Array, bnvar: Array) -> str:
    start = f"{given_net(parameters)}; {given(X=X, Y=Y, bnmean=bnmean, bnvar=bnvar)}"
    return f"{start}; calibrated_loss({LIST}, X, Y, bnmean, bnvar)"


@probe(FLOAT64, short(_loss))
def loss_of_rows(
    training: ModuleType, *, parameters: list[Array], X: Array, Y: Array, bnmean: Array, bnvar: Array
) -> Any:  # fmt: skip
    """The loss with statistics that are handed in."""
    with in_float64():
        rows, numbers = (tensor(X), tensor(Y)), (tensor(bnmean), tensor(bnvar))
        found = training.calibrated_loss([*tensors_of(parameters).values()], *rows, *numbers)
        return {"loss": number_of(found, "calibrated_loss(...)")}


watched(cross_entropy_gradient, batchnorm_gradient, gradients_by_hand, forward_values, loss_of_rows)
