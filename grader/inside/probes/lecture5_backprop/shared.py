"""What the probes of lecture 5 share: whether torch was asked to differentiate, what was changed, careful readings."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from grader.inside.arrays import shown
from grader.inside.late import torch
from grader.inside.plain import Array
from grader.inside.tensors import as_tensor, tensor

PARAMETERS = ("C", "W1", "b1", "W2", "b2", "bngain", "bnbias")
LIBRARY = 5.0  # seconds: whoever lets torch.func differentiate waits for two until it is loaded, and is told of it then
ROWS = ("bnmeani", "bnvar", "bnvar_inv", "bngain", "bnbias")  # one number per hidden unit: (H,) counts as (1, H)


@contextmanager
def in_float64() -> Iterator[None]:
    """New tensors are float64 meanwhile, and what torch warns of is not repeated."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        torch.set_default_dtype(before)


# ---- who differentiates


class _Engine:
    """Torch's engine, in front of which somebody takes down whether a graph is walked."""

    def __init__(self, own: Any, note: Callable[[], None]) -> None:
        self.own, self.note = own, note

    def __getattr__(self, name: str) -> Any:
        return getattr(self.own, name)

    def run_backward(self, *arguments: Any, **options: Any) -> Any:
        self.note()
        return self.own.run_backward(*arguments, **options)


@dataclass
class Handed:
    """Tensors that are handed to a student's function: what it did to them, and whether it let torch differentiate."""

    tensors: Mapping[str, torch.Tensor]
    walked: bool = False
    before: dict[str, torch.Tensor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.before = {name: t.clone() for name, t in self.tensors.items()}

    def note(self) -> None:
        self.walked = True

    @property
    def differentiated(self) -> bool:
        """Whether a graph was walked, in either direction, or a gradient has arrived at what was handed in."""
        return self.walked or any(t.grad is not None for t in self.tensors.values())

    @property
    def left(self) -> str:
        """Whether they hold the same numbers as before."""
        changed = [name for name, t in self.tensors.items() if not torch.equal(t, self.before[name])]
        return f"{' and '.join(changed)} changed" if changed else "as it was"

    def told(self, may_change: bool = False) -> dict[str, Any]:
        """What a probe says of it beside its numbers."""
        left = {} if may_change else {"what was handed in": self.left}
        return {"torch did the differentiating": self.differentiated, **left}


@contextmanager
def handed(**tensors: torch.Tensor) -> Iterator[Handed]:
    """Watch these tensors, and every way in which torch differentiates, while a student's function runs.

    All that walks a graph backwards, torch.func too, goes through one engine; what carries slopes forwards makes duals.
    """
    from torch.autograd import forward_ad
    from torch.autograd.variable import Variable

    watch = Handed(tensors)
    engine, make_dual = Variable._execution_engine, forward_ad.make_dual

    def dual(*arguments: Any, **options: Any) -> Any:
        watch.note()
        return make_dual(*arguments, **options)  # type: ignore[no-untyped-call]

    Variable._execution_engine, forward_ad.make_dual = _Engine(engine, watch.note), dual  # type: ignore[assignment]
    try:
        with in_float64():
            yield watch
    finally:
        Variable._execution_engine, forward_ad.make_dual = engine, make_dual


# ---- careful readings


def row(found: torch.Tensor) -> torch.Tensor:
    """One number per hidden unit as (1, H), whether it came so or as (H,)."""
    return found.reshape(1, -1) if found.dim() == 1 else found


def named(name: str, found: Any, what: str) -> torch.Tensor:
    """A tensor of the forward pass, or the gradient of one, by its name; rows in one form."""
    value = as_tensor(found, what)
    return row(value) if name in ROWS else value


def tensors_of(parameters: list[Array]) -> dict[str, torch.Tensor]:
    """The parameters by their names."""
    return {name: tensor(values) for name, values in zip(PARAMETERS, parameters, strict=True)}


# ---- as a student would type it


def short(show: Callable[..., str]) -> Callable[..., str]:
    """The same line with its dtype said once, at the end."""
    return lambda **inputs: f"{show(**inputs).replace(', dtype=torch.float64', '')}    (all in float64)"


def given(**arrays: Array) -> str:
    """Assignments: small arrays in full, large ones by their shape."""
    return "; ".join(f"{name} = {shown(values)}" for name, values in arrays.items())


def given_net(parameters: list[Array]) -> str:
    """The assignments of all parameters."""
    return given(**dict(zip(PARAMETERS, parameters, strict=True)))


LIST = f"[{', '.join(PARAMETERS)}]"
