"""What the pictures of lecture 1 show: a net that is trained on points of two kinds, and what it says all around."""

import random
from types import ModuleType
from typing import Any

from grader.inside.probe import EXACT, NotAsStated, probe
from grader.inside.probes.lecture1_micrograd.shared import as_list, data_of, described


def _trained(xs: Any, ys: Any, nouts: list[int], seed: int, steps: int, lr: float, around: Any) -> str:
    return f"train(MLP(2, {nouts}, random.Random({seed})), xs, ys, steps={steps}, lr={lr})  on {len(xs)} points"


@probe(EXACT, _trained, seconds=20)
def pictured_net(
    nn: ModuleType, training: ModuleType, *, xs: list[list[float]], ys: list[float],
    nouts: list[int], seed: int, steps: int, lr: float, around: list[list[float]],
) -> Any:  # fmt: skip
    """The losses of a training run, and the net's output afterwards, for the points themselves and all around."""
    model = nn.MLP(2, list(nouts), random.Random(seed))
    losses = as_list(training.train(model, [list(x) for x in xs], list(ys), steps, lr), "train(...)")
    outputs, field = ([_number(model(list(x))) for x in points] for points in (xs, around))
    return {"losses": [_float(loss, f"losses[{i}]") for i, loss in enumerate(losses)], "at": outputs, "around": field}


def _number(output: Any) -> float:
    return _float(data_of(output, "model(x)"), "model(x).data")


def _float(number: Any, what: str) -> float:
    if not isinstance(number, int | float):
        raise NotAsStated(f"{what} is {described(number)}; it should be a number")
    return float(number)
