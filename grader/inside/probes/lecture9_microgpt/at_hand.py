"""Which engine a measurement works with: the student's own where its gradients are right, else the kit's.

A student's own is what autograd.py calls Value: imported from an engine.py beside it, or written there.
"""

import importlib
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from grader.inside.probe import in_place
from grader.inside.probes.lecture9_microgpt.abacus import Value
from grader.inside.probes.lecture9_microgpt.shared import Maker

HOME = "autograd"  # the module that a student's engine is found in
NOT_USED = "(with the kit's engine: a gradient of yours is not right)"


@contextmanager
def engine(module: ModuleType) -> Iterator[Maker]:
    """What makes Values for this measurement; wherever a module of this folder knows that name, it is the same."""
    own = own_engine(module.__name__.rpartition(".")[0])
    if own is None or is_sound(own):
        yield own or Value
        return
    _tell(NOT_USED)
    with in_place(module, {"Value": Value}):
        yield Value


def own_engine(folder: str) -> Maker | None:
    """The student's own; None if there is none, or none that can be imported."""
    try:
        found: Maker = importlib.import_module(f"{folder}.{HOME}").Value
    except Exception:
        return None
    return None if found is Value else found


def is_sound(own: Maker) -> bool:
    """Whether data and gradients of an expression with everything in it are those of the kit's engine."""
    try:
        pairs = zip(_swept(own), _swept(Value), strict=True)
        return all(math.isclose(yours, ours, rel_tol=1e-9) for yours, ours in pairs)
    except Exception:
        return False


def _swept(make: Maker) -> list[float]:
    """The result of an expression, and the gradients of its three numbers, each of which is used several times."""
    a, b, c = make(0.7), make(-1.3), make(2.1)
    d = a * b + 2 * c - (b - 1) / c + (3 - a) * 0.5 + 1 / c
    e = (d * d + 1e-5) ** -0.5
    f = (a - 0.2).exp() + (c + 0.5).log() * e + b.relu() + (c * d).relu() + sum([a, b, c]) / 3
    last = -f * d + f / (d * e)
    last.backward()
    return [last.data, a.grad, b.grad, c.grad]


def _tell(sentence: str) -> None:
    """Say something beside what the student's own code prints; in this kit's own process there is nobody to tell."""
    if "grader.inside.worker" in sys.modules:
        print(sentence)


# ---- how much work it is


@contextmanager
def counted(make: Any) -> Iterator[list[int]]:
    """Count the Values that are made meanwhile: one for each operation, and for each number that is wrapped."""
    made, before = [0], make.__init__

    def count(self: Any, *arguments: Any, **options: Any) -> None:
        made[0] += 1
        before(self, *arguments, **options)

    make.__init__ = count
    try:
        yield made
    finally:
        make.__init__ = before


def tell_if_many(made: int, usual: int, times: int = 10) -> None:
    """Say so if a step took many times as many operations as it can be done with."""
    if made > times * usual:
        _tell(f"({made:,} Values were made; {usual:,} are enough)")
