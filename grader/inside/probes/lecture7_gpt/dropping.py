"""What dropout does in both modes: what is left out, and by how much the rest is raised.

Which numbers are left out is up to chance, and to how the code is written. What is compared is what all ways have in
common: by which factors the numbers differ from those of evaluation, and which of them go together.
"""

from __future__ import annotations

import math
from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.chance import steady_chance
from grader.inside.late import torch
from grader.inside.plain import Array
from grader.inside.probe import EXACT, Tolerance, probe
from grader.inside.probes.lecture7_gpt.shared import (
    Spec,
    block_spec,
    ffwd_spec,
    fill,
    heads_spec,
    in_float64,
    kept_copy,
    of_shape,
    read,
    short,
    spec_of,
)
from grader.inside.tensors import array_of, tensor

ROWS, WIDTH = 60, 4  # so many rows that each case occurs
MOST = 6  # factors
SEEN = 1e-6  # rounding is far below, and a number that is left out far above
QUIET, LOUD = "only the last bias is not 0", "every number on the way is 1"
FACTORS = Tolerance(1e-6, "a factor is found up to rounding, and the factors of other shares differ by 1e-2")


def _factors(training: torch.Tensor, evaluation: torch.Tensor) -> list[float]:
    """By which factors the numbers differ, the smallest of them, each once; nan comes last."""
    there = evaluation.abs() > 1e-9
    found = (training[there] / evaluation[there]).tolist()
    numbers = sorted({round(factor, 6) + 0.0 for factor in found if not math.isnan(factor)})[:MOST]
    return numbers + [math.nan] * any(map(math.isnan, found))


# ---- the weights of a head


def _weights(found: Any, **inputs: Any) -> Any:
    """What single weights are multiplied by, and how many channels of the first position are left together."""
    training, evaluation = map(read, found)
    together = (training[:, 0].abs() > 1e-9).sum(-1).tolist()
    return {
        "factors of weights in training": _factors(_single(training), _single(evaluation)),
        "channels that the first position keeps": sorted(set(together)),
    }


def _single(gathered: torch.Tensor) -> torch.Tensor:
    """Those results that are one weight: of the first position for itself, and of the second for itself."""
    return torch.stack([gathered[:, 0, 0], gathered[:, 1, 1]])


@probe(
    FACTORS,
    lambda dropout: f"Head({WIDTH}, {WIDTH}, {WIDTH}, dropout={dropout}) in training, {ROWS} times the same row",
    conclude=_weights,
)
@steady_chance()
def dropped_weights(attention: ModuleType, *, dropout: float) -> Any:
    """What a head gives in training and in evaluation, for values that show each weight by itself."""
    with in_float64(), torch.no_grad():
        module = attention.Head(WIDTH, WIDTH, WIDTH, dropout=dropout)
        value = torch.eye(WIDTH)
        value[[0, 2, 3], 0] = 1.0  # the first position speaks on all channels but that of the second
        parts = [torch.linspace(-1.0, 1.0, WIDTH * WIDTH), torch.linspace(0.5, -0.7, WIDTH * WIDTH), value.reshape(-1)]
        fill(module, spec_of("Head", [WIDTH, WIDTH]), array_of(torch.cat(parts)))
        x = torch.eye(WIDTH).expand(ROWS, WIDTH, WIDTH)
        return [kept_copy(of_shape(module.train(mode)(x), x.shape, "the result of Head")) for mode in (True, False)]


# ---- the result of several heads, and of a FeedForward


def results(found: Any, **inputs: Any) -> Any:
    """By what the results are multiplied, when only the last bias speaks, and when every number on the way is 1."""
    pairs = [map(read, pair) for pair in found]
    return {f"factors in training, if {said}": _factors(*pair) for said, pair in zip((QUIET, LOUD), pairs, strict=True)}


def of_bias(module: Any, spec: Spec, bias: str) -> Any:
    """The results in both modes when all that a module says is its last bias, and when everything is 1."""
    quiet = {bias: 1.0}
    loud = {"value.weight": 1 / WIDTH, "proj.weight": 1 / WIDTH, "net.0.bias": 1.0, "net.2.weight": 1 / (4 * WIDTH)}
    return [_both_modes(module, spec, said) for said in (quiet, loud)]


def _both_modes(module: Any, spec: Spec, said: dict[str, float]) -> list[torch.Tensor]:
    """What comes out in training and in evaluation, if these parameters have these values, and all others are 0."""
    values = [next((v for end, v in said.items() if name.endswith(end)), 0.0) for name, _ in spec]
    numbers = [torch.full(shape, value).reshape(-1) for (_, shape), value in zip(spec, values, strict=True)]
    fill(module, spec, array_of(torch.cat(numbers)))
    x, what = torch.ones((ROWS, 1, WIDTH)), f"the result of {type(module).__name__}"
    return [kept_copy(of_shape(module.train(mode)(x), x.shape, what)) for mode in (True, False)]


@probe(
    FACTORS,
    lambda dropout: f"MultiHeadAttention({WIDTH}, 2, 2, {WIDTH}, dropout={dropout}) on the same row {ROWS} times",
    conclude=results,
)
@steady_chance()
def dropped_heads(attention: ModuleType, *, dropout: float) -> Any:
    """What several heads give in training and in evaluation, for two sets of simple numbers."""
    with in_float64(), torch.no_grad():
        module = attention.MultiHeadAttention(WIDTH, 2, 2, WIDTH, dropout=dropout)
        return of_bias(module, heads_spec(WIDTH, 2, 2), "proj.bias")


@probe(
    FACTORS,
    lambda dropout: f"FeedForward({WIDTH}, dropout={dropout}) on the same row {ROWS} times",
    conclude=results,
)
@steady_chance()
def dropped_thoughts(attention: ModuleType, *, dropout: float) -> Any:
    """What a FeedForward gives in training and in evaluation, for two sets of simple numbers."""
    with in_float64(), torch.no_grad():
        return of_bias(attention.FeedForward(WIDTH, dropout=dropout), ffwd_spec(WIDTH), "net.2.bias")


# ---- what a block hands on to its parts, and a model to its blocks


def _added(found: Any, **inputs: Any) -> Any:
    """By what that which a part adds is multiplied, when this part alone speaks, and says its last bias."""
    blocks = [f"block {i}, " for i in range(len(found))] if len(found) > 1 else [""]
    places = [f"{block}{part}" for block in blocks for part in ("sa", "ffwd")]
    pairs = [pair for block in found for pair in block]
    return {
        f"{place}: factors in training": _factors(*map(read, pair)) for place, pair in zip(places, pairs, strict=True)
    }


def _added_by(block: Any) -> list[list[torch.Tensor]]:
    """What each of the two parts adds to ones, in training and in evaluation."""
    spec = block_spec(WIDTH, 2)
    return [[out - 1.0 for out in _both_modes(block, spec, {bias: 1.0})] for bias in ("proj.bias", "net.2.bias")]


@probe(
    FACTORS,
    lambda dropout: f"Block({WIDTH}, 2, {WIDTH}, dropout={dropout}) on the same row {ROWS} times",
    conclude=_added,
)
@steady_chance()
def dropped_in_block(attention: ModuleType, *, dropout: float) -> Any:
    """What the parts of a block add, each speaking alone."""
    with in_float64(), torch.no_grad():
        return [_added_by(attention.Block(WIDTH, 2, WIDTH, dropout=dropout))]


@probe(
    FACTORS,
    lambda dropout: (
        f"the blocks of GPTLanguageModel(5, {WIDTH}, 2, 2, {WIDTH}, dropout={dropout}) on the same row {ROWS} times"
    ),
    conclude=_added,
)
@steady_chance()
def dropped_in_model(gpt: ModuleType, *, dropout: float) -> Any:
    """What the parts of a model's blocks add, each speaking alone."""
    with in_float64(), torch.no_grad():
        return [_added_by(block) for block in _blocks(gpt.GPTLanguageModel(5, WIDTH, 2, 2, WIDTH, dropout=dropout))]


def _blocks(model: Any) -> Any:
    """The model's row of blocks: the only part that is a row of modules, or the one of that name."""
    rows = [part for part in model.children() if isinstance(part, torch.nn.Sequential | torch.nn.ModuleList)]
    return rows[0] if len(rows) == 1 else model.blocks


# ---- evaluation


def _differ(found: Any, **inputs: Any) -> Any:
    """Whether chance had a say: not in evaluation, whatever the module computes."""
    first, second = map(read, found)
    return {"the two results differ": bool(not torch.allclose(first, second, atol=SEEN, equal_nan=True))}


@probe(
    EXACT,
    short(
        lambda kind, sizes, numbers, x: (
            f"{kind}({', '.join(map(str, sizes))}, dropout=0.5) in evaluation, twice on x = {shown(x)}"
        )
    ),
    conclude=_differ,
)
@steady_chance()
def evaluated_twice(attention: ModuleType, *, kind: str, sizes: list[int], numbers: Array, x: Array) -> Any:
    """What comes out in evaluation, two times in a row."""
    with in_float64(), torch.no_grad():
        module = getattr(attention, kind)(*sizes, dropout=0.5)
        fill(module, ffwd_spec(sizes[0]) if kind == "FeedForward" else spec_of(kind, sizes), numbers)
        module.eval()
        width = sizes[1] if kind == "Head" else sizes[0]
        shape = (*x.shape[:2], width)
        return [kept_copy(of_shape(module(tensor(x)), shape, f"the result of {kind}")) for _ in range(2)]
