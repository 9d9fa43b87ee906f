from __future__ import annotations

from typing import Sequence

from engine import Value, as_value


def squared_error(predictions: Sequence[Value], targets: Sequence[float]) -> Value:
    if len(predictions) != len(targets):
        raise ValueError(f"{len(predictions)} predictions and {len(targets)} targets")
    loss = Value(0.0)
    for prediction, target in zip(predictions, targets):
        error = as_value(prediction) - float(target)
        loss = loss + error**2
    assert loss.data >= 0
    return loss


def gradient_step(parameters: Sequence[Value], lr: float) -> None:
    assert lr > 0, "the learning rate is positive"
    for i, p in enumerate(parameters):
        if not isinstance(p, Value):
            raise TypeError(f"parameter {i} is no Value")
        p.data = p.data - lr * p.grad


def train(model, xs: Sequence[Sequence[float]], ys: Sequence[float], steps: int, lr: float) -> list[float]:
    assert len(xs) == len(ys) > 0
    losses: list[float] = []
    parameters = model.parameters()
    for step in range(steps):
        model.zero_grad()
        assert all(p.grad == 0 for p in parameters)
        predictions: list[Value] = []
        for x in xs:
            prediction = model(x)
            assert isinstance(prediction, Value), "the model must have a single output"
            predictions.append(prediction)
        loss = squared_error(predictions, ys)
        loss.backward()
        gradient_step(parameters, lr)
        losses.append(float(loss.data))
    assert len(losses) == steps
    return losses
