"""Chance that can be measured twice: torch's own generator, for code that draws without the one it was handed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from grader.inside.late import torch

GLOBAL_SEED = 5  # whoever draws without the generator draws the same every time, so that it can be recognised


@contextmanager
def steady_chance() -> Iterator[None]:
    """Torch's own global generator in a known state, and afterwards as it was. Decorates a measurement as well.

    torch.manual_seed would do it for every kind of device there is, and notes a whole traceback for each.
    """
    generator = torch.default_generator
    before = generator.get_state()
    generator.manual_seed(GLOBAL_SEED)
    try:
        yield
    finally:
        generator.set_state(before)
