"""Training and sampling, with checks."""

from __future__ import annotations

import random
from typing import Any

from autograd import softmax
from gpt import doc_loss, gpt, parameters_of
from tokens import encode


def adam_step(
    parameters: list[Any], m: list[float], v: list[float], step: int, lr: float,
    beta1: float = 0.85, beta2: float = 0.99, eps: float = 1e-8,
) -> None:
    if not len(parameters) == len(m) == len(v):
        raise ValueError("one m and one v for each parameter")
    correction1 = 1.0 - beta1 ** (step + 1)
    correction2 = 1.0 - beta2 ** (step + 1)
    assert correction1 > 0.0 and correction2 > 0.0
    for i, parameter in enumerate(parameters):
        gradient = float(parameter.grad)
        m[i] = beta1 * m[i] + (1.0 - beta1) * gradient
        v[i] = beta2 * v[i] + (1.0 - beta2) * gradient * gradient
        assert v[i] >= 0.0
        parameter.data -= lr * (m[i] / correction1) / ((v[i] / correction2) ** 0.5 + eps)
        parameter.grad = 0.0


def train(model: dict[str, Any], docs: list[str], letters: list[str], n_head: int, steps: int, lr: float) -> list[float]:
    if not docs:
        raise ValueError("there is nothing to learn from")
    parameters = parameters_of(model=model)
    m = [0.0 for _ in parameters]
    v = [0.0 for _ in parameters]
    for parameter in parameters:
        parameter.grad = 0.0
    losses: list[float] = []
    for step in range(steps):
        tokens = encode(doc=docs[step % len(docs)], letters=letters)
        loss = doc_loss(tokens=tokens, model=model, n_head=n_head)
        loss.backward()
        adam_step(parameters=parameters, m=m, v=v, step=step, lr=lr * (1.0 - step / steps))
        losses.append(float(loss.data))
    assert len(losses) == steps
    return losses


def sample(model: dict[str, Any], letters: list[str], n_head: int, temperature: float, rng: random.Random) -> str:
    if temperature <= 0.0:
        raise ValueError("a temperature is above 0")
    bos = len(letters)
    keys: list[list[Any]] = [[] for _ in model["layers"]]
    values: list[list[Any]] = [[] for _ in model["layers"]]
    drawn: list[int] = []
    for position in range(len(model["wpe"])):
        token = drawn[-1] if drawn else bos
        logits = gpt(token=token, position=position, model=model, n_head=n_head, keys=keys, values=values)
        shares = [share.data for share in softmax(logits=[logit / temperature for logit in logits])]
        assert len(shares) == bos + 1
        following = rng.choices(population=range(bos + 1), weights=shares, k=1)[0]
        if following == bos:
            break
        drawn.append(following)
    return "".join(letters[token] for token in drawn)
