"""What a change of the input moves: positions may only listen to earlier ones, and rows of a batch to nobody.

The outputs are measured beside the student's code; which of them moved is found out on the trusted side.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.chance import steady_chance
from grader.inside.late import torch
from grader.inside.plain import Array
from grader.inside.probe import EXACT, probe
from grader.inside.probes.lecture7_gpt.shared import (
    fill,
    in_float64,
    kept_copy,
    of_shape,
    read,
    short,
    spec_of,
)
from grader.inside.tensors import tensor

MOVED = 1e-7  # rounding in float64 moves nothing so far, a listening position by 1e-3


def _outputs(made: Callable[..., Any], kind: str, sizes: list[int], numbers: Array, x: Array) -> Any:
    """The outputs for x, and for x with each position of the first row changed."""
    with in_float64(), torch.no_grad():
        module = made(*sizes)
        fill(module, spec_of(kind, sizes), numbers)
        module.eval()
        inputs = tensor(x)
        width = sizes[1] if kind == "Head" else sizes[0]
        shape = (*inputs.shape[:2], width)
        return [_one(module, inputs, at, shape, kind) for at in (None, *range(inputs.shape[1]))]


def _one(module: Any, inputs: torch.Tensor, at: int | None, shape: tuple[int, ...], kind: str) -> torch.Tensor:
    changed = inputs.clone()
    if at is not None:
        changed[0, at] = changed[0, at].flip(-1) + 0.5
    return kept_copy(of_shape(module(changed), shape, f"the result of {kind}"))


def _moved(found: Any, *, x: Array, **others: Any) -> Any:
    """Which rows and positions of the output moved with each position of the first row of the input."""
    before, *changed = map(read, found)
    return {f"moved by position {at} of row 0": _places(before, after) for at, after in enumerate(changed)}


def _places(before: torch.Tensor, after: torch.Tensor) -> list[str]:
    far = (after - before).abs().amax(-1) > MOVED
    return [f"row {row}, position {t}" for row, t in far.nonzero().tolist()]


def _shown(kind: str, sizes: list[int], numbers: Array, x: Array) -> str:
    given = ", ".join(map(str, sizes))
    return f"{kind}({given}) with given numbers on x = {shown(x)}, each position of row 0 changed in turn"


@probe(EXACT, short(_shown), conclude=_moved)
@steady_chance()
def moved_outputs(attention: ModuleType, *, kind: str, sizes: list[int], numbers: Array, x: Array) -> Any:
    """What moves in the output of one of the modules of attention.py."""
    return _outputs(getattr(attention, kind), kind, sizes, numbers, x)


@probe(EXACT, short(lambda sizes, numbers, x: _shown("CausalSelfAttention", sizes, numbers, x)), conclude=_moved)
@steady_chance()
def moved_at_once(exercises: ModuleType, *, sizes: list[int], numbers: Array, x: Array) -> Any:
    """What moves in the output of all heads at once."""
    return _outputs(exercises.CausalSelfAttention, "CausalSelfAttention", sizes, numbers, x)
