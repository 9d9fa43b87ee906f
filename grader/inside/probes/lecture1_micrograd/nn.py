"""What is measured of nn.py: outputs and parameters of neurons, layers and nets."""

import random
from collections.abc import Callable
from types import ModuleType
from typing import Any

from grader.inside.probe import EXACT, NotAsStated, probe
from grader.inside.probes.lecture1_micrograd.shared import ROUNDING, data_of, parameters_of


@probe(ROUNDING, lambda w, b, x: f"w = {w}, b = {b}: Neuron({len(w)}) called with x = {x}")
def neuron_output(engine: ModuleType, nn: ModuleType, *, w: list[float], b: float, x: list[float]) -> Any:
    """The output of a neuron whose weights and bias are set by hand."""
    neuron = nn.Neuron(len(w), random.Random(0))
    for name in ("w", "b"):
        if not hasattr(neuron, name):
            raise NotAsStated(f"Neuron({len(w)}) has no .{name}; the statement asks for self.w and self.b")
    neuron.w, neuron.b = [engine.Value(wi) for wi in w], engine.Value(b)
    return data_of(neuron(x), "neuron(x)")


@probe(EXACT, lambda nin, seed: f"Neuron({nin}, random.Random({seed})).parameters()")
def neuron_parameters(nn: ModuleType, *, nin: int, seed: int) -> Any:
    """A fresh neuron's parameters in order, and the next number of its generator."""
    return _drawn(lambda rng: nn.Neuron(nin, rng), seed)


@probe(ROUNDING, lambda nin, nout, seed, x: f"Layer({nin}, {nout}, random.Random({seed})) called with x = {x}")
def layer_output(nn: ModuleType, *, nin: int, nout: int, seed: int, x: list[float]) -> Any:
    """The outputs of a layer with given parameters: a list, or one number if it is bare."""
    layer = nn.Layer(nin, nout, random.Random(seed))
    _set_parameters(layer, nout * (nin + 1), seed)
    out = layer(x)
    return [data_of(o, "an output") for o in out] if isinstance(out, list | tuple) else data_of(out, "layer(x)")


@probe(EXACT, lambda nin, nout, seed: f"Layer({nin}, {nout}, random.Random({seed})).parameters()")
def layer_parameters(nn: ModuleType, *, nin: int, nout: int, seed: int) -> Any:
    """A fresh layer's parameters in order, and the next number of its generator."""
    return _drawn(lambda rng: nn.Layer(nin, nout, rng), seed)


@probe(ROUNDING, lambda nin, nouts, seed, x: f"MLP({nin}, {nouts}, random.Random({seed})) called with x = {x}")
def mlp_output(nn: ModuleType, *, nin: int, nouts: list[int], seed: int, x: list[float]) -> Any:
    """The output of a net with given parameters."""
    model = nn.MLP(nin, list(nouts), random.Random(seed))
    sizes = [nin, *nouts]
    _set_parameters(model, sum(n * (m + 1) for m, n in zip(sizes, nouts, strict=False)), seed)
    out = model(x)
    return [data_of(o, "an output") for o in out] if isinstance(out, list | tuple) else data_of(out, "model(x)")


@probe(EXACT, lambda nin, nouts, seed: f"MLP({nin}, {nouts}, random.Random({seed})).parameters()")
def mlp_parameters(nn: ModuleType, *, nin: int, nouts: list[int], seed: int) -> Any:
    """A fresh net's parameters in order, and the next number of its generator."""
    return _drawn(lambda rng: nn.MLP(nin, list(nouts), rng), seed)


@probe(
    EXACT,
    lambda kind, sizes: f"every gradient set to 0.5, then {kind}({', '.join(map(str, sizes))}).zero_grad()",
)
def gradients_after_zero_grad(nn: ModuleType, *, kind: str, sizes: list[Any]) -> Any:
    """The gradients of a module's parameters after zero_grad()."""
    module = getattr(nn, kind)(*sizes, random.Random(0))
    parameters = parameters_of(module)
    for p in parameters:
        p.grad = 0.5
    module.zero_grad()
    return [p.grad for p in parameters]


def _drawn(make: Callable[[random.Random], Any], seed: int) -> Any:
    rng = random.Random(seed)
    parameters = parameters_of(make(rng))
    return {
        "count": len(parameters),
        "parameters": [data_of(p, "a parameter") for p in parameters],
        "rng.random() afterwards": rng.random(),
    }


def _set_parameters(module: Any, count: int, seed: int) -> None:
    """Give every parameter its own number; a module that lists too few keeps what it drew for the rest."""
    rng = random.Random(seed + 1)
    wanted = [rng.uniform(-1, 1) for _ in range(count)]
    for p, x in zip(parameters_of(module), wanted, strict=False):
        p.data = x
