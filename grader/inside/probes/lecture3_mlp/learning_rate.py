"""What is measured of learning_rate.py: the rates, a sweep over them, and the one that is picked."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.chance import steady_chance
from grader.inside.late import torch
from grader.inside.probe import Tolerance, probe
from grader.inside.probes.lecture3_mlp.shared import OPTIMISER, afterwards, pair, rows_of, weighed, weights
from grader.inside.tensors import as_items, float_of, generator, next_number, number_of

RATES = Tolerance(1e-12, "a power of ten in float32 is off by 1e-6 of itself, another spacing by 1e-1", 1e-4)
SWEEP = Tolerance(1e-4, "float32 rates move the losses of 12 calm steps by 1e-6, the nearest mistake by 1e-2", 1e-4)


def numbers(thing: Any, what: str) -> list[float]:
    """A list or tensor of numbers, in whatever precision."""
    items = thing.tolist() if isinstance(thing, torch.Tensor) else thing
    return [float_of(item, f"{what}[{i}]") for i, item in enumerate(as_items(items, what))]


@probe(RATES, lambda low, high, count: f"candidate_rates({low}, {high}, {count})")
def rates_between(learning_rate: ModuleType, *, low: float, high: float, count: int) -> Any:
    """The candidate rates."""
    return {"rates": numbers(learning_rate.candidate_rates(low, high, count), "candidate_rates(...)")}


def shown_sweep(
    sizes: list[int], seed: int, scale: float, words: list[str], low: float, high: float, count: int, batch_size: int
) -> str:
    return (
        f"sweep(parameters, X, Y, {low}, {high}, {count}, {batch_size}, torch.Generator().manual_seed({seed + 1}))"
        f" for the rows of {words} and {weighed(sizes, seed, scale)}"
    )


@probe(SWEEP, shown_sweep, seconds=OPTIMISER)
@steady_chance()
def swept_rates(
    learning_rate: ModuleType, *, sizes: list[int], seed: int, scale: float, words: list[str],
    low: float, high: float, count: int, batch_size: int,
) -> Any:  # fmt: skip
    """Rates, losses and parameters of two sweeps from the same start, and the next random number after each."""
    found: dict[str, Any] = {}
    for which in ("", "second "):
        parameters, source = weights(sizes, seed, scale), generator(seed + 1)
        made = learning_rate.sweep(parameters, *rows_of(words, sizes[1]), low, high, count, batch_size, source)
        for name, part in zip(("rates", "losses"), pair(made, "sweep(...)"), strict=True):
            found[f"{which}{name}"] = numbers(part, name)
        found[f"next number of the {which}generator"] = next_number(source)
        found |= {f"{name}{which and ' in the second sweep'}": p for name, p in afterwards(parameters).items()}
    return found


def shown_pick(rates: list[float], losses: list[float], block: int | None) -> str:
    given = f"rates = {rates}, losses = {losses}"
    return f"pick(rates, losses{'' if block is None else f', {block}'}) for {given}"


@probe(RATES, shown_pick)
def picked_rate(learning_rate: ModuleType, *, rates: list[float], losses: list[float], block: int | None) -> Any:
    """The rate that is picked, by blocks of the given length, or of the length that the signature gives."""
    sized = () if block is None else (block,)
    return number_of(learning_rate.pick(list(rates), list(losses), *sized), "pick(...)")
