"""What torch computes on the way to a measurement, so that the first wrong step can be told."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import Any

from grader.inside.late import torch
from grader.inside.plain import Array
from grader.inside.probe import REGISTRY, WATCHED, Probe
from grader.inside.tensors import array_of

MOST_KEPT, LARGEST_KEPT = 200, 10_000  # tensors, and numbers in one of them


def watched(*originals: Probe) -> None:
    """Let it be asked as well what these probes' measurements come by, in the order in which it is computed."""
    for original in originals:
        made = replace(original, name=f"{original.name}_watched", measure=_watching(original), conclude=None)
        REGISTRY[made.name] = WATCHED[original.name] = made


def _watching(original: Probe) -> Any:
    def measure(*modules: ModuleType, **inputs: Any) -> list[Array]:
        from torch.overrides import TorchFunctionMode

        kept: list[Array] = []

        class OnTheWay(TorchFunctionMode):
            """Keeps a copy of every tensor of floats that is computed."""

            def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
                found = func(*args, **(kwargs or {}))
                if isinstance(found, torch.Tensor) and found.is_floating_point() and 1 < found.numel() <= LARGEST_KEPT:
                    kept.extend([array_of(found)] * (len(kept) < MOST_KEPT))
                return found

        with OnTheWay():
            original.measure(*modules, **inputs)
        return kept

    return measure
