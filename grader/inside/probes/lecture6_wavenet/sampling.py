"""What is measured of the names that model.py draws: from given draws, and from a generator."""

from types import ModuleType
from typing import Any

from grader.inside.chance import steady_chance
from grader.inside.plain import Array
from grader.inside.probe import Tolerance, probe
from grader.inside.probes.lecture6_wavenet.bare_net import filled, modes_of, ready_net
from grader.inside.probes.lecture6_wavenet.doubles import doubles
from grader.inside.probes.lecture6_wavenet.shared import buffers_of, in_float64, of_kind
from grader.inside.tensors import FLOAT64, as_items, generator, next_number, watched_draws

SYMBOLS = ".abcdefghijklmnopqrstuvwxyz"
ROWS = Tolerance(1e-6, "probabilities in float32 are off by 1e-7, those of another context by 1e-3")


def _sampling(sizes: list[int], count: int, seed: int) -> str:
    source = f"torch.Generator().manual_seed({seed})"
    return f"sample_names(model, itos, {sizes[1]}, {count}, {source}) of {filled(sizes)}, in training mode"


def _itos(sizes: list[int]) -> dict[int, str]:
    return dict(enumerate(SYMBOLS[: sizes[0]]))


@probe(
    ROWS,
    lambda sizes, numbers, script: f"{_sampling(sizes, script.count(0), 1)}, if the draws are {script}",
)
@steady_chance()
def scripted_names(
    layers: ModuleType, model: ModuleType, *, sizes: list[int], numbers: Array, script: list[int]
) -> Any:  # fmt: skip
    """The names that come of given draws, the probabilities that each was made from, and the model afterwards."""
    with in_float64(), doubles(layers):
        net = ready_net(layers, sizes, numbers)
        with watched_draws([model], script) as draws:
            names = model.sample_names(net, _itos(sizes), sizes[1], script.count(0), generator(1))
        norms = of_kind(layers, net.layers, "BatchNorm1d")
        return {
            "names": as_items(names, "sample_names(...)"),
            "probabilities of the draws": draws.rows,
            "training of each BatchNorm1d afterwards": modes_of(layers, net),
            "buffers afterwards": [buffers_of(norm) for norm in norms],
        }


@probe(FLOAT64, lambda sizes, numbers, count, seed: _sampling(sizes, count, seed))
@steady_chance()
def drawn_names(
    layers: ModuleType, model: ModuleType, *, sizes: list[int], numbers: Array, count: int, seed: int
) -> Any:  # fmt: skip
    """The names that come out of a generator, and its next number."""
    source = generator(seed)
    with in_float64(), doubles(layers):
        net = ready_net(layers, sizes, numbers)
        with watched_draws([model]):
            names = model.sample_names(net, _itos(sizes), sizes[1], count, source)
    return {"names": as_items(names, "sample_names(...)"), "next number of the generator": next_number(source)}
