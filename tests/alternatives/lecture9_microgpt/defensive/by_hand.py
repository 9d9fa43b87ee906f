"""The small net, with checks."""

from __future__ import annotations

import math
from collections.abc import Callable

Vector = list[float]
Matrix = list[Vector]


def product(matrix: Matrix, vector: Vector) -> Vector:
    if any(len(row) != len(vector) for row in matrix):
        raise ValueError("the lengths do not fit")
    return [sum((a * b for a, b in zip(row, vector, strict=True)), 0.0) for row in matrix]


def forward(net: dict[str, Matrix], token: int) -> tuple[Vector, Vector, Vector, Vector]:
    if not 0 <= token < len(net["wte"]):
        raise IndexError(token)
    x: Vector = list(net["wte"][token])
    pre = product(matrix=net["w1"], vector=x)
    h = [number if number > 0.0 else 0.0 for number in pre]
    logits = product(matrix=net["w2"], vector=h)
    shift = max(logits)
    exps = [math.exp(logit - shift) for logit in logits]
    total = sum(exps)
    assert total >= 1.0
    probs = [e / total for e in exps]
    return x, pre, h, probs


def net_loss(net: dict[str, Matrix], token: int, target: int) -> float:
    *_, probs = forward(net=net, token=token)
    loss = -math.log(probs[target])
    assert loss >= 0.0
    return loss


def hand_gradients(net: dict[str, Matrix], token: int, target: int) -> dict[str, Matrix]:
    x, pre, h, probs = forward(net=net, token=token)
    dlogits = probs.copy()
    dlogits[target] -= 1.0
    assert abs(sum(dlogits)) < 1e-9
    dw2 = [[dlogit * number for number in h] for dlogit in dlogits]
    dh = product(matrix=[list(column) for column in zip(*net["w2"], strict=True)], vector=dlogits)
    dpre = [slope if number > 0.0 else 0.0 for slope, number in zip(dh, pre, strict=True)]
    dw1 = [[slope * number for number in x] for slope in dpre]
    dx = product(matrix=[list(column) for column in zip(*net["w1"], strict=True)], vector=dpre)
    dwte = [[0.0 for _ in row] for row in net["wte"]]
    dwte[token] = [old + new for old, new in zip(dwte[token], dx, strict=True)]
    return {"wte": dwte, "w1": dw1, "w2": dw2}


def number_gradients(
    loss: Callable[[dict[str, Matrix]], float], net: dict[str, Matrix], h: float
) -> dict[str, Matrix]:
    if h <= 0.0:
        raise ValueError("h must be above 0")
    gradients: dict[str, Matrix] = {name: [[0.0 for _ in row] for row in rows] for name, rows in net.items()}
    for name, rows in net.items():
        for i, row in enumerate(rows):
            for j, kept in enumerate(list(row)):
                try:
                    row[j] = kept + h
                    above = loss(net)
                    row[j] = kept - h
                    below = loss(net)
                finally:
                    row[j] = kept
                gradients[name][i][j] = (above - below) / (2.0 * h)
    return gradients
