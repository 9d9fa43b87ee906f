"""What the probes of lecture 6 share: float64 while they measure, careful readings, layers with given numbers."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import prod
from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.late import torch
from grader.inside.plain import Array
from grader.inside.probe import NotAsStated, Tolerance
from grader.inside.tensors import as_items, as_tensor, described, tensor

DRAWN = Tolerance(
    1e-7, "a float32 draw scaled in another order differs in its last bit, 1e-7 of its size, a mistake by 1e-2", 5e-6
)
BUFFERS = ("running_mean", "running_var")


@contextmanager
def in_float64() -> Iterator[None]:
    """New tensors are float64 meanwhile. That the spread of a single number is nan is a result, and no warning."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        torch.set_default_dtype(before)


# ---- careful readings


def attribute(thing: Any, name: str) -> Any:
    """An attribute that the statement names."""
    if not hasattr(thing, name):
        raise NotAsStated(f"{type(thing).__name__} has no .{name}; the statement asks for it")
    return getattr(thing, name)


def tensor_in(layer: Any, name: str) -> torch.Tensor:
    """A tensor that a layer keeps."""
    return as_tensor(attribute(layer, name), f"{type(layer).__name__}'s .{name}")


def of_shape(thing: Any, shape: Sequence[int], what: str) -> torch.Tensor:
    """The tensor itself, if it has this shape."""
    found = as_tensor(thing, what)
    if tuple(found.shape) != tuple(shape):
        raise NotAsStated(f"{what} is {described(found)}; it should be of shape {tuple(shape)}")
    return found


def kept_copy(found: torch.Tensor) -> torch.Tensor:
    """What the tensor holds now, whatever is done to it later."""
    return found.detach().clone()


def in_a_row(found: torch.Tensor) -> torch.Tensor:
    """What has one number per channel, whether it came as (C,), (1, C) or (1, 1, C)."""
    return kept_copy(found).reshape(-1)


def listed(layer: Any) -> list[torch.Tensor]:
    """What a layer lists in parameters()."""
    kind, method = type(layer).__name__, attribute(layer, "parameters")
    if not callable(method):
        raise NotAsStated(f"{kind}.parameters is {described(method)}; it should be a method: {kind}.parameters()")
    return [as_tensor(p, f"an item of {kind}.parameters()") for p in as_items(method(), f"{kind}.parameters()")]


def listed_shapes(layer: Any) -> list[list[int]]:
    """The shapes of what a layer lists in parameters()."""
    return [list(p.shape) for p in listed(layer)]


def buffers_of(layer: Any) -> dict[str, torch.Tensor]:
    """The running mean and variance as they are now."""
    return {name: in_a_row(tensor_in(layer, name)) for name in BUFFERS}


# ---- layers with given numbers


def set_parameter(layer: Any, name: str, values: Array) -> torch.Tensor:
    """Give a layer's parameter these numbers, in the tensor that the layer already has; ready for gradients."""
    found = tensor_in(layer, name)
    if found.numel() != prod(values.shape):
        raise NotAsStated(f"{type(layer).__name__}'s .{name} is {described(found)}; expected shape {values.shape}")
    found.data = tensor(values).reshape(found.shape)
    return found.requires_grad_()


def set_buffer(layer: Any, name: str, values: Array) -> None:
    """Give a layer's buffer these numbers, in the shape that the student keeps it in."""
    setattr(layer, name, tensor(values).reshape(tensor_in(layer, name).shape))


def send_back(out: torch.Tensor, upstream: Array, what: str) -> None:
    """Let this gradient arrive at a result."""
    if not out.requires_grad:
        raise NotAsStated(f"{what} is cut off from the graph: no gradient flows back through it")
    torch.autograd.backward((of_shape(out, upstream.shape, what) * tensor(upstream)).sum())


def of_kind(layers: ModuleType, stack: Sequence[Any], kind: str) -> list[Any]:
    """Those layers that are of one of the student's classes."""
    return [layer for layer in stack if isinstance(layer, getattr(layers, kind))]


# ---- as a student would type it


def short(show: Callable[..., str]) -> Callable[..., str]:
    """The same line with its dtype said once, at the end."""
    return lambda **inputs: f"{show(**inputs).replace(', dtype=torch.float64', '')}    (all in float64)"


def given(**arrays: Array | None) -> str:
    """Assignments: small arrays in full, large ones by their shape; what is not there is left out."""
    return ", ".join(f"{name} = {shown(values)}" for name, values in arrays.items() if values is not None)


def options(**values: Any) -> str:
    """Those keyword arguments that are given."""
    return "".join(f", {name}={value}" for name, value in values.items() if value is not None)


def only(**values: Any) -> dict[str, Any]:
    """The same as arguments: what is None is left out, so that the default counts."""
    return {name: value for name, value in values.items() if value is not None}
