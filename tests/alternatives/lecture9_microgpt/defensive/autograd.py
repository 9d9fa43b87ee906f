"""Products and shares of Values, with checks."""

from __future__ import annotations

from typing import Any

try:
    from engine import Value
except ModuleNotFoundError:
    from grader.inside.probes.lecture9_microgpt.abacus import Value


def linear(x: list[Any], w: list[list[Any]]) -> list[Any]:
    if any(len(row) != len(x) for row in w):
        raise ValueError("each row of w needs as many numbers as x")
    out = [sum((weight * number for weight, number in zip(row, x, strict=True)), start=0.0) for row in w]
    assert len(out) == len(w)
    return out


def softmax(logits: list[Any]) -> list[Any]:
    if not logits:
        raise ValueError("nothing to share")
    shift = max((logit.data for logit in logits), default=0.0)
    exps = [(logit - shift).exp() for logit in logits]
    total = sum(exps, start=0.0)
    assert total.data >= 1.0 - 1e-9
    shares = [e / total for e in exps]
    assert abs(sum(share.data for share in shares) - 1.0) < 1e-9
    return shares


def net_gradients(net: dict[str, list[list[float]]], token: int, target: int) -> dict[str, list[list[float]]]:
    if set(net) != {"wte", "w1", "w2"}:
        raise KeyError("wte, w1 and w2")
    values = {name: [[Value(float(number)) for number in row] for row in rows] for name, rows in net.items()}
    x = values["wte"][token]
    h = [number.relu() for number in linear(x=x, w=values["w1"])]
    logits = linear(x=h, w=values["w2"])
    loss = softmax(logits=logits)[target].log() * -1
    loss.backward()
    gradients = {name: [[float(value.grad) for value in row] for row in rows] for name, rows in values.items()}
    assert {name: len(rows) for name, rows in gradients.items()} == {name: len(rows) for name, rows in net.items()}
    return gradients
