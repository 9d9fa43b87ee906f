"""Blocks, with checks."""

from __future__ import annotations

from typing import Any

from autograd import linear, softmax

EPS = 1e-5


def rmsnorm(x: list[Any]) -> list[Any]:
    if not x:
        raise ValueError("a vector of nothing has no size")
    squares = [number * number for number in x]
    mean = sum(squares, start=0.0) / len(squares)
    assert mean.data >= 0.0
    scale = (mean + EPS) ** -0.5
    return [number * scale for number in x]


def attend(query: list[Any], keys: list[list[Any]], values: list[list[Any]]) -> list[Any]:
    if len(keys) != len(values) or not keys:
        raise ValueError("a value for each key")
    size = len(query)
    scores = []
    for key in keys:
        if len(key) != size:
            raise ValueError("keys are as long as the query")
        scores.append(sum((q * k for q, k in zip(query, key, strict=True)), start=0.0) / size**0.5)
    weights = softmax(logits=scores)
    assert len(weights) == len(values)
    mixed = []
    for j in range(size):
        mixed.append(sum((weight * value[j] for weight, value in zip(weights, values, strict=True)), start=0.0))
    return mixed


def attention(
    x: list[Any], layer: dict[str, list[list[Any]]], n_head: int, keys: list[list[Any]], values: list[list[Any]]
) -> list[Any]:
    if len(x) % n_head:
        raise ValueError("the heads share the vector without a rest")
    head_dim = len(x) // n_head
    query = linear(x=x, w=layer["wq"])
    key = linear(x=x, w=layer["wk"])
    value = linear(x=x, w=layer["wv"])
    keys.append(key)
    values.append(value)
    assert len(keys) == len(values)
    joined: list[Any] = []
    for head in range(n_head):
        low, high = head * head_dim, (head + 1) * head_dim
        joined.extend(
            attend(
                query=query[low:high],
                keys=[cached[low:high] for cached in keys],
                values=[cached[low:high] for cached in values],
            )
        )
    assert len(joined) == len(x)
    return linear(x=joined, w=layer["wo"])


def mlp(x: list[Any], layer: dict[str, list[list[Any]]]) -> list[Any]:
    wide = linear(x=x, w=layer["w1"])
    active = [number.relu() for number in wide]
    assert all(number.data >= 0.0 for number in active)
    return linear(x=active, w=layer["w2"])
