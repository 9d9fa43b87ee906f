"""What is measured of attention.py: each module with given numbers, in evaluation and in training."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.chance import steady_chance
from grader.inside.late import torch
from grader.inside.on_the_way import watched
from grader.inside.plain import Array
from grader.inside.probe import EXACT, probe
from grader.inside.probes.lecture7_gpt.shared import (
    Spec,
    block_spec,
    count,
    ffwd_spec,
    fill,
    given,
    head_spec,
    heads_spec,
    in_float64,
    kept_copy,
    matched,
    norm_spec,
    of_shape,
    parameters_of,
    ran,
    short,
)
from grader.inside.tensors import FLOAT64, array_of, leaf, tensor

ARRIVING = "    (and a gradient arriving at its result)"


def filled(module: Any, spec: Spec, numbers: Array, training: bool = False) -> dict[str, torch.Tensor]:
    """Numbers and a mode for a fresh module."""
    found = fill(module, spec, numbers)
    module.train(training)
    return found


def _with(numbers: Array, x: Array, upstream: Array) -> str:
    return f"with {numbers.shape[0]} given numbers, called with {given(x=x)}{ARRIVING}"


# ---- one head


@probe(
    FLOAT64,
    short(
        lambda n_embd, head_size, block_size, numbers, x, upstream: (
            f"Head({n_embd}, {head_size}, {block_size}) {_with(numbers, x, upstream)}"
        )
    ),
)
@steady_chance()
def head_output(
    attention: ModuleType, *, n_embd: int, head_size: int, block_size: int, numbers: Array, x: Array, upstream: Array
) -> Any:
    """What a head with given numbers gathers, and the gradients that it hands on."""
    with in_float64():
        module = attention.Head(n_embd, head_size, block_size)
        return ran(module, filled(module, head_spec(n_embd, head_size), numbers), leaf(x), upstream)


@probe(
    FLOAT64,
    lambda n_embd, head_size: f"the scale of the scores in Head({n_embd}, {head_size}, 3), read off from two weights",
)
@steady_chance()
def score_scale(attention: ModuleType, *, n_embd: int, head_size: int) -> Any:
    """By what the product of a query and a key is multiplied before the softmax."""
    with in_float64():
        module = attention.Head(n_embd, head_size, 3)
        key, query, value = (torch.zeros((head_size, n_embd)) for _ in range(3))
        key[:, 1], query[:, 1] = 1 / head_size, 1.0  # position 1 scores 0 for position 0, and 1 for itself
        value[0, 0] = value[1, 1] = 1.0
        numbers = torch.cat([part.reshape(-1) for part in (key, query, value)])
        filled(module, head_spec(n_embd, head_size), array_of(numbers))
        out = of_shape(module(torch.eye(n_embd)[None, :2]), (1, 2, head_size), "the result of Head")
        return {"the scale": float((out[0, 1, 1] / out[0, 1, 0]).log().detach())}


# ---- several heads, and thinking for oneself


@probe(
    FLOAT64,
    short(
        lambda n_embd, num_heads, head_size, block_size, numbers, x, upstream: (
            f"MultiHeadAttention({n_embd}, {num_heads}, {head_size}, {block_size}) {_with(numbers, x, upstream)}"
        )
    ),
)
@steady_chance()
def heads_output(
    attention: ModuleType, *, n_embd: int, num_heads: int, head_size: int, block_size: int, numbers: Array, x: Array,
    upstream: Array,
) -> Any:  # fmt: skip
    """What several heads with given numbers make of it, and the gradients handed on."""
    with in_float64():
        module = attention.MultiHeadAttention(n_embd, num_heads, head_size, block_size)
        spec = heads_spec(n_embd, num_heads, head_size)
        return ran(module, filled(module, spec, numbers), leaf(x), upstream)


@probe(EXACT, lambda n_embd, num_heads, head_size: f"MultiHeadAttention({n_embd}, {num_heads}, {head_size}, 8)")
@steady_chance()
def heads_size(attention: ModuleType, *, n_embd: int, num_heads: int, head_size: int) -> Any:
    """How many numbers several heads learn."""
    return _size(attention.MultiHeadAttention(n_embd, num_heads, head_size, 8))


def _size(module: Any) -> dict[str, int]:
    return {"numbers in parameters()": sum(p.numel() for p in parameters_of(module).values())}


@probe(EXACT, lambda n_embd: f"FeedForward({n_embd})")
@steady_chance()
def ffwd_size(attention: ModuleType, *, n_embd: int) -> Any:
    """How many numbers a FeedForward learns."""
    return _size(attention.FeedForward(n_embd))


@probe(
    FLOAT64,
    short(lambda n_embd, numbers, x, upstream: f"FeedForward({n_embd}) {_with(numbers, x, upstream)}"),
)
@steady_chance()
def ffwd_output(attention: ModuleType, *, n_embd: int, numbers: Array, x: Array, upstream: Array) -> Any:
    """What a FeedForward with given numbers makes of it, and the gradients handed on."""
    with in_float64():
        module = attention.FeedForward(n_embd)
        return ran(module, filled(module, ffwd_spec(n_embd), numbers), leaf(x), upstream)


# ---- layer norm


@probe(EXACT, lambda dim: f"LayerNorm1d({dim})")
@steady_chance()
def fresh_norm(attention: ModuleType, *, dim: int) -> Any:
    """What a new LayerNorm1d starts with."""
    module = attention.LayerNorm1d(dim)
    found = matched(parameters_of(module), norm_spec(dim), "LayerNorm1d")
    return {name: p.tolist() for name, p in found.items()}


def _norm(x: Array, numbers: Array, upstream: Array, eps: float | None = None) -> str:
    more = "" if eps is None else f", eps={eps}"
    dim = x.shape[-1]
    start = f"gamma, beta = {shown(numbers)}.split({dim})"
    layer = f"LayerNorm1d({dim}{more}) with {start}, called with {shown(x)}"
    return f"{layer}{ARRIVING}"


@probe(FLOAT64, short(_norm))
@steady_chance()
def norm_output(
    attention: ModuleType, *, x: Array, numbers: Array, upstream: Array, eps: float | None = None
) -> Any:  # fmt: skip
    """What a LayerNorm1d with given numbers makes of it, and the gradients handed on."""
    with in_float64():
        dim = x.shape[-1]
        module = attention.LayerNorm1d(dim) if eps is None else attention.LayerNorm1d(dim, eps=eps)
        return ran(module, filled(module, norm_spec(dim), numbers), leaf(x), upstream)


# ---- a block


@probe(
    FLOAT64,
    short(
        lambda n_embd, n_head, block_size, numbers, x, upstream: (
            f"Block({n_embd}, {n_head}, {block_size}) {_with(numbers, x, upstream)}"
        )
    ),
)
@steady_chance()
def block_output(
    attention: ModuleType, *, n_embd: int, n_head: int, block_size: int, numbers: Array, x: Array, upstream: Array
) -> Any:
    """What a block with given numbers makes of it, and the gradients handed on."""
    with in_float64():
        module = attention.Block(n_embd, n_head, block_size)
        found = ran(module, filled(module, block_spec(n_embd, n_head), numbers), leaf(x), upstream)
        return {name: value for name, value in found.items() if name in ("result", "x.grad") or "ln" in name}


@probe(FLOAT64, short(lambda n_embd, x: f"Block({n_embd}, 1, 8) with zeros in sa and ffwd, called with {shown(x)}"))
@steady_chance()
def block_at_rest(attention: ModuleType, *, n_embd: int, x: Array) -> Any:
    """What comes out of a block whose two parts say nothing."""
    with in_float64():
        module, spec = attention.Block(n_embd, 1, 8), block_spec(n_embd, 1)
        quiet = count(spec) - 4 * n_embd
        numbers = torch.cat([torch.zeros(quiet), torch.ones(n_embd), torch.zeros(n_embd), torch.ones(2 * n_embd)])
        filled(module, spec, array_of(numbers))
        return {"result": kept_copy(of_shape(module(tensor(x)), x.shape, "the result of Block"))}


watched(head_output, ffwd_output, norm_output)
