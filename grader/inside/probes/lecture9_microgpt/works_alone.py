"""Steps of lecture 9 by themselves: stand-ins for what other exercises compute, each of them something else."""

from typing import Any

from grader.inside.probe import works_alone
from grader.inside.probes.lecture9_microgpt.autograd import gradients_by_engine
from grader.inside.probes.lecture9_microgpt.blocks import attended, heads, small_net
from grader.inside.probes.lecture9_microgpt.by_hand import gradients_by_hand
from grader.inside.probes.lecture9_microgpt.gpt import logits, losses, reach, work
from grader.inside.probes.lecture9_microgpt.shared import matrices
from grader.inside.probes.lecture9_microgpt.tokens import loss_of_pairs, pairs
from grader.inside.probes.lecture9_microgpt.training import drawn_names, scripted_name, training_losses

__all__: list[str] = []


def _encode(doc: str, letters: list[str]) -> list[int]:
    """The letters backwards."""
    return [len(letters), *(letters.index(letter) for letter in reversed(doc)), len(letters)]


def _forward(net: Any, token: int) -> Any:
    """A net that squares where it should multiply, and shares in another way than softmax."""
    x = [-value for value in net["wte"][token]]
    pre = [sum(wi * xi * xi for wi, xi in zip(row, x, strict=True)) for row in net["w1"]]
    h = [max(0.0, 2 * p) for p in pre]
    sizes = [1.0 + sum(wi * hi for wi, hi in zip(row, h, strict=True)) ** 2 for row in net["w2"]]
    return x, pre, h, [size / sum(sizes) for size in sizes]


def _linear(x: Any, w: Any) -> list[Any]:
    """The first product counts three times."""
    return [sum(wi * xi for wi, xi in zip(row, x, strict=True)) + 2 * row[0] * x[0] for row in w]


def _softmax(logits: Any) -> list[Any]:
    """Shares of squares."""
    squares = [logit * logit + 0.25 for logit in logits]
    total = sum(squares)
    return [square / total for square in squares]


def _attend(query: Any, keys: Any, values: Any) -> list[Any]:
    """Everything is multiplied by its place, and by the first number of a key, so that order and parts count."""
    return [
        sum((t + 1) * query[j] * key[0] * value[j] for t, (key, value) in enumerate(zip(keys, values, strict=True)))
        for j in range(len(query))
    ]


def _rmsnorm(x: Any) -> list[Any]:
    return [xi * xi + 0.5 * xi for xi in x]


def _attention(x: Any, layer: Any, n_head: int, keys: Any, values: Any) -> list[Any]:
    """One number of the whole cache, position by position, is weighed by a row of one matrix."""
    keys.append(x)
    values.append([xi * n_head for xi in x])
    seen = sum((t + 1) * (key[0] + values[t][1]) for t, key in enumerate(keys))
    return [
        seen * weight + xi * layer["wq"][0][i] for i, (weight, xi) in enumerate(zip(layer["wo"][0], x, strict=True))
    ]


def _mlp(x: Any, layer: Any) -> list[Any]:
    return [xi * layer["w1"][i][0] + layer["w2"][i][0] for i, xi in enumerate(x)]


def _gpt(token: int, position: int, model: Any, n_head: int, keys: Any, values: Any) -> list[Any]:
    """A position sees the tokens before it as a sum of their rows."""
    for cache in (*keys, *values):
        cache.append([value * (position + 1) for value in model["wte"][token]])
    seen = [sum(row[j] for cache in keys for row in cache) for j in range(len(model["wpe"][0]))]
    here = [s + n_head * p for s, p in zip(seen, model["wpe"][position], strict=True)]
    return [sum(w * x for w, x in zip(row, here, strict=True)) for row in model["lm_head"]]


def _doc_loss(tokens: list[int], model: Any, n_head: int) -> Any:
    """The sum of squares of all rows that the tokens lead to, and of each number that is in a matrix of a layer."""
    rows = [model["wte"][token] for token in tokens] + [row for rows in matrices(model).values() for row in rows]
    return sum(value * value * 0.1 for row in rows for value in row) * n_head


def _parameters_of(model: Any) -> list[Any]:
    """Those of the embedding alone."""
    return [value for row in model["wte"] for value in row]


def _adam_step(parameters: Any, m: Any, v: Any, step: int, lr: float, *options: Any, **more: Any) -> None:
    """A step along a sum of all gradients, longer with every step."""
    for i, p in enumerate(parameters):
        m[i] += p.grad
        v[i] += abs(p.grad)
        p.data -= lr * (step + 1) * m[i] / (1 + v[i])
        p.grad = 0.0


for made in (pairs, loss_of_pairs):
    works_alone(made, encode=_encode)
works_alone(gradients_by_hand, forward=_forward)
works_alone(gradients_by_engine, linear=_linear, softmax=_softmax)
works_alone(attended, softmax=_softmax)
works_alone(heads, linear=_linear, attend=_attend)
works_alone(small_net, linear=_linear)
works_alone(logits, linear=_linear, rmsnorm=_rmsnorm, attention=_attention, mlp=_mlp)
for made in (losses, reach, work):
    works_alone(made, gpt=_gpt, softmax=_softmax)
works_alone(training_losses, parameters_of=_parameters_of, encode=_encode, doc_loss=_doc_loss, adam_step=_adam_step)
for made in (scripted_name, drawn_names):
    works_alone(made, gpt=_gpt, softmax=_softmax)
