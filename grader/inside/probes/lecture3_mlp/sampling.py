"""What is measured of the names that mlp.py draws: from given draws, and from a generator."""

from types import ModuleType
from typing import Any

from grader.inside.chance import steady_chance
from grader.inside.probe import Tolerance, probe
from grader.inside.probes.lecture3_mlp.shared import SYMBOLS, weighed, weights
from grader.inside.tensors import FLOAT64, as_items, generator, next_number, watched_draws

CALM = 0.3  # weights of this scale give every symbol a chance: names end
DRAWN = Tolerance(1e-6, "probabilities in float32 are off by 1e-7, those of another context by 1e-3")


def shown_sampling(sizes: list[int], seed: int, count: int) -> str:
    return (
        f"sample_names(parameters, itos, {sizes[1]}, {count}, torch.Generator().manual_seed({seed + 1}))"
        f" for {weighed(sizes, seed, CALM)}"
    )


@probe(DRAWN, lambda sizes, seed, script: f"{shown_sampling(sizes, seed, script.count(0))}, if the draws are {script}")
@steady_chance()
def scripted_names(mlp: ModuleType, *, sizes: list[int], seed: int, script: list[int]) -> Any:
    """The names that come of given draws, and the probabilities that each draw was made from."""
    itos = dict(enumerate(SYMBOLS[: sizes[0]]))
    with watched_draws([mlp], script) as draws:
        names = mlp.sample_names(weights(sizes, seed, CALM), itos, sizes[1], script.count(0), generator(seed + 1))
    return {"names": as_items(names, "sample_names(...)"), "probabilities of the draws": draws.rows}


@probe(FLOAT64, shown_sampling)
@steady_chance()
def drawn_names(mlp: ModuleType, *, sizes: list[int], seed: int, count: int) -> Any:
    """The names that come out of a generator, and its next number."""
    itos, source = dict(enumerate(SYMBOLS[: sizes[0]])), generator(seed + 1)
    with watched_draws([mlp]):
        names = mlp.sample_names(weights(sizes, seed, CALM), itos, sizes[1], count, source)
    return {"names": as_items(names, "sample_names(...)"), "next number of the generator": next_number(source)}
