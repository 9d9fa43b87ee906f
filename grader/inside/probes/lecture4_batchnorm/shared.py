"""What the probes of lecture 4 share: the default dtype while they measure, tensors read by name, bare layers."""

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
from grader.inside.probe import NotAsStated, Tolerance, several
from grader.inside.tensors import FLOAT64, array_of, as_items, as_tensor, described, tensor

NEAR = Tolerance(1e-6, "one number that went through float32 is off by 1e-7, the nearest mistake by 1e-4", 1e-6)
DRAWN = Tolerance(
    1e-7, "a float32 draw scaled in another order differs in its last bit, 1e-7 of its size, a mistake by 1e-2", 5e-6
)

__all__ = ["DRAWN", "FLOAT64", "NEAR"]


@contextmanager
def in_float64() -> Iterator[None]:
    """New tensors are float64 meanwhile, so that a loop that fills torch.zeros(...) loses no digits.

    The spread of a single row is nan. That is a result, and torch's warning of it is not repeated.
    """
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        torch.set_default_dtype(before)


# ---- careful readings


def named(found: Any, names: Sequence[str], what: str) -> dict[str, torch.Tensor]:
    """A list of tensors by name. As many as there are names, or the sentence says how many came."""
    tensors = [as_tensor(item, f"item {i} of {what}") for i, item in enumerate(as_items(found, what))]
    if len(tensors) != len(names):
        total = sum(t.numel() for t in tensors)
        raise NotAsStated(
            f"{what} gives {several(len(tensors), 'tensor')} with {total:,} numbers; "
            f"the statement asks for {len(names)}: {', '.join(names)}"
        )
    return dict(zip(names, tensors, strict=True))


def of_shape(thing: Any, shape: Sequence[int], what: str) -> torch.Tensor:
    """The tensor itself, if it has this shape."""
    found = as_tensor(thing, what)
    if tuple(found.shape) != tuple(shape):
        raise NotAsStated(f"{what} is {described(found)}; it should be of shape {tuple(shape)}")
    return found


def per_unit(thing: Any, what: str) -> torch.Tensor:
    """One number per unit, whether it came as (d,) or as (1, d)."""
    return as_tensor(thing, what).detach().reshape(-1)


def attribute(thing: Any, name: str, what: str) -> Any:
    """An attribute that the statement names."""
    if not hasattr(thing, name):
        raise NotAsStated(f"{what} has no .{name}; the statement asks for it")
    return getattr(thing, name)


def kept_copy(found: torch.Tensor) -> torch.Tensor:
    """What the tensor holds now, whatever is done to it later."""
    return found.detach().clone()


def described_parameters(found: dict[str, torch.Tensor], spread: float | None = None) -> dict[str, Any]:
    """Shapes, spreads, whether gradients are collected and kept, and all the numbers.

    W1 is seen in units of `spread`, what the student's own kaiming_std says, if it is given: whether that is right is
    asked elsewhere.
    """
    unit = {} if spread is None else {"W1": spread}
    seen = {
        f"{name} / kaiming_std(...)" if name in unit else name: p.detach() / unit.get(name, 1.0)
        for name, p in found.items()
    }
    return {
        **{f"{name}.shape": list(p.shape) for name, p in found.items()},
        **{f"{name}.requires_grad": p.requires_grad for name, p in found.items()},
        **{f"{name}.is_leaf": p.is_leaf for name, p in found.items()},
        **{f"std of {name}": float(p.std()) for name, p in seen.items()},
        **seen,
    }


# ---- gradients


def send_back(out: torch.Tensor, upstream: Array, what: str) -> None:
    """Let this gradient arrive at a result."""
    if not out.requires_grad:
        raise NotAsStated(f"{what} is cut off from the graph: no gradient flows back through it")
    loss = (of_shape(out, upstream.shape, what) * tensor(upstream)).sum()
    torch.autograd.backward(loss)  # with a gradient as its argument, torch would first import half a second of modules


# ---- layers of the student's


def built(layers: ModuleType, kind: str, *sizes: int, **options: Any) -> Any:
    """A layer of one of the student's classes."""
    return getattr(layers, kind)(*sizes, **options)


def set_parameter(layer: Any, name: str, values: Array) -> torch.Tensor:
    """Give a layer's parameter these numbers, in the tensor that the layer already has; ready for gradients."""
    found = as_tensor(attribute(layer, name, type(layer).__name__), f"{type(layer).__name__}'s .{name}")
    if found.numel() != prod(values.shape):
        raise NotAsStated(f"{type(layer).__name__}'s .{name} is {described(found)}; expected shape {values.shape}")
    found.data = tensor(values).reshape(found.shape)
    return found.requires_grad_()


def set_buffer(layer: Any, name: str, values: Array) -> None:
    """Give a layer's buffer these numbers, in the shape that the student keeps it in."""
    found = as_tensor(attribute(layer, name, type(layer).__name__), f"{type(layer).__name__}'s .{name}")
    setattr(layer, name, tensor(values).reshape(found.shape))


def with_output(layers: ModuleType, kind: str, out: torch.Tensor) -> Any:
    """A layer of the student's class that has nothing but its last output, so that no other method has to work."""
    made = getattr(layers, kind)
    layer = made.__new__(made)
    layer.out = out
    return layer


def listed(layer: Any) -> list[torch.Tensor]:
    """What a layer lists in parameters()."""
    kind = type(layer).__name__
    method = attribute(layer, "parameters", kind)
    if not callable(method):
        raise NotAsStated(f"{kind}.parameters is {described(method)}; it should be a method: {kind}.parameters()")
    return [as_tensor(p, "an item of parameters()") for p in as_items(method(), "parameters()")]


def listed_shapes(layer: Any) -> list[list[int]]:
    """The shapes of what a layer lists in parameters()."""
    return [list(p.shape) for p in listed(layer)]


def buffers_of(layer: Any) -> dict[str, Array]:
    """The running mean and variance as they are now."""
    return {name: array_of(per_unit(getattr(layer, name), name)) for name in ("running_mean", "running_var")}


# ---- as a student would type it


def short(show: Callable[..., str]) -> Callable[..., str]:
    """The same line with its dtype said once, at the end."""
    return lambda **inputs: f"{show(**inputs).replace(', dtype=torch.float64', '')}    (all in float64)"


def given(**arrays: Array) -> str:
    """Assignments: small arrays in full, large ones by their shape."""
    return "; ".join(f"{name} = {shown(values)}" for name, values in arrays.items())


def options(**values: Any) -> str:
    """Those keyword arguments that are given."""
    return "".join(f", {name}={value}" for name, value in values.items() if value is not None)


def only(**values: Any) -> dict[str, Any]:
    """The same as arguments: what is None is left out, so that the default counts."""
    return {name: value for name, value in values.items() if value is not None}
