"""What is measured of training.py: losses, steps, and a whole training run."""

import random
from types import ModuleType
from typing import Any

from grader.inside.probe import NotAsStated, probe
from grader.inside.probes.lecture1_micrograd.shared import (
    ROUNDING,
    as_list,
    as_value,
    data_of,
    described,
    hold_gradient,
    listed,
    parameters_of,
)


@probe(ROUNDING, lambda predictions, targets: f"squared_error({listed(predictions)}, {targets})")
def squared_error_value(
    engine: ModuleType, training: ModuleType, *, predictions: list[float], targets: list[float]
) -> Any:
    """The loss of given predictions."""
    nodes = [engine.Value(x) for x in predictions]
    return data_of(training.squared_error(nodes, list(targets)), "squared_error(...)")


@probe(ROUNDING, lambda predictions, targets: f"squared_error({listed(predictions)}, {targets}).backward()")
def squared_error_gradients(
    engine: ModuleType, training: ModuleType, *, predictions: list[float], targets: list[float]
) -> Any:
    """The gradient of each prediction."""
    nodes = [engine.Value(x) for x in predictions]
    as_value(training.squared_error(nodes, list(targets)), "squared_error(...)").backward()
    return {"predictions' grad": [node.grad for node in nodes]}


@probe(ROUNDING, lambda data, grads, lr: f"data {data} and grad {grads}: gradient_step(parameters, {lr})")
def parameters_after_step(
    engine: ModuleType, training: ModuleType, *, data: list[float], grads: list[float], lr: float
) -> Any:
    """The data of the very objects that were handed in, after one step, and whether their gradients were looked at."""
    parameters = [engine.Value(x) for x in data]
    reads = [_watch_gradient(p, grad) for p, grad in zip(parameters, grads, strict=True)]
    training.gradient_step(list(parameters), lr)
    was_read = [bool(read) for read in reads]  # before anything here reads a gradient
    return {"data": [data_of(p, "a parameter") for p in parameters], "grad was read": was_read}


def _watch_gradient(node: Any, gradient: float) -> Any:
    """Set the gradient; what is returned becomes true when it is read (at once, where that cannot be watched)."""
    reads: list[bool] = []
    try:
        hold_gradient(node, gradient, reads)
    except TypeError:
        node.grad = gradient
        reads.append(True)
    return reads


def _training(nin: int, nouts: list[int], seed: int, xs: Any, ys: Any, steps: int, lr: float) -> str:
    return f"train(MLP({nin}, {nouts}, random.Random({seed})), xs, ys, steps={steps}, lr={lr})  on {len(xs)} examples"


@probe(ROUNDING, _training, seconds=5.0)
def training_losses(
    nn: ModuleType, training: ModuleType, *, nin: int, nouts: list[int], seed: int,
    xs: list[list[float]], ys: list[float], steps: int, lr: float,
) -> Any:  # fmt: skip
    """The loss of every step, and the parameters when training is over."""
    model = nn.MLP(nin, list(nouts), random.Random(seed))
    losses = training.train(model, [list(x) for x in xs], list(ys), steps, lr)
    for i, loss in enumerate(as_list(losses, "train(...)")):
        if not isinstance(loss, int | float):
            raise NotAsStated(f"losses[{i}] is {described(loss)}; the statement asks for a list of floats")
    return {"losses": losses, "parameters afterwards": [data_of(p, "a parameter") for p in parameters_of(model)]}
