"""A GPT, with checks."""

from __future__ import annotations

import random
from typing import Any

from autograd import Value, linear, softmax
from blocks import attention, mlp, rmsnorm

STD = 0.08
OUTER = ("wte", "wpe", "lm_head")
INNER = ("wq", "wk", "wv", "wo", "w1", "w2")
Model = dict[str, Any]


def random_matrix(rows: int, columns: int, rng: random.Random) -> list[list[Any]]:
    if rows < 1 or columns < 1:
        raise ValueError("a matrix has rows and columns")
    return [[Value(rng.gauss(0.0, STD)) for _ in range(columns)] for _ in range(rows)]


def make_model(vocab_size: int, block_size: int, n_embd: int, n_layer: int, rng: random.Random) -> Model:
    outer = {"wte": vocab_size, "wpe": block_size, "lm_head": vocab_size}
    inner = {name: (n_embd, n_embd) for name in INNER[:4]}
    inner |= {"w1": (4 * n_embd, n_embd), "w2": (n_embd, 4 * n_embd)}
    model: Model = {name: random_matrix(rows=outer[name], columns=n_embd, rng=rng) for name in OUTER}
    model["layers"] = []
    for _ in range(n_layer):
        model["layers"].append({name: random_matrix(*inner[name], rng=rng) for name in INNER})
    assert len(parameters_of(model)) == n_embd * (2 * vocab_size + block_size) + 12 * n_layer * n_embd**2
    return model


def parameters_of(model: Model) -> list[Any]:
    found: list[Any] = []
    for matrix in [*(model[name] for name in OUTER), *(layer[name] for layer in model["layers"] for name in INNER)]:
        for row in matrix:
            found.extend(row)
    assert len(set(map(id, found))) == len(found)
    return found


def summed(left: list[Any], right: list[Any]) -> list[Any]:
    return [a + b for a, b in zip(left, right, strict=True)]


def gpt(token: int, position: int, model: Model, n_head: int, keys: list[Any], values: list[Any]) -> list[Any]:
    if position >= len(model["wpe"]):
        raise IndexError("there is no such position")
    x = rmsnorm(x=summed(left=model["wte"][token], right=model["wpe"][position]))
    for layer, layer_keys, layer_values in zip(model["layers"], keys, values, strict=True):
        x = summed(left=x, right=attention(rmsnorm(x=x), layer, n_head, layer_keys, layer_values))
        x = summed(left=x, right=mlp(x=rmsnorm(x=x), layer=layer))
    logits = linear(x=x, w=model["lm_head"])
    assert len(logits) == len(model["wte"])
    return logits


def doc_losses(tokens: list[int], model: Model, n_head: int) -> list[Any]:
    if len(tokens) < 2:
        raise ValueError("there is nothing to ask for")
    keys: list[list[Any]] = [[] for _ in model["layers"]]
    values: list[list[Any]] = [[] for _ in model["layers"]]
    losses: list[Any] = []
    for position, (token, following) in enumerate(zip(tokens[:-1], tokens[1:], strict=True)):
        if position >= len(model["wpe"]):
            break
        logits = gpt(token=token, position=position, model=model, n_head=n_head, keys=keys, values=values)
        losses.append(-(softmax(logits=logits)[following].log()))
    assert len(losses) == min(len(tokens) - 1, len(model["wpe"]))
    return losses


def doc_loss(tokens: list[int], model: Model, n_head: int) -> Any:
    losses = doc_losses(tokens=tokens, model=model, n_head=n_head)
    return sum(losses, start=0.0) / len(losses)
