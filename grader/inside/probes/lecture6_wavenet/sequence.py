"""What is measured of Sequential: what comes out of a few layers of torch's in a row, and what they list together."""

from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.chance import steady_chance
from grader.inside.plain import Array
from grader.inside.probe import probe
from grader.inside.probes.lecture6_wavenet.bare_net import TORCHS, fill, stack_of, tree_shapes
from grader.inside.probes.lecture6_wavenet.doubles import doubles
from grader.inside.probes.lecture6_wavenet.shared import (
    in_float64,
    kept_copy,
    listed,
    of_shape,
    send_back,
    short,
    tensor_in,
)
from grader.inside.tensors import FLOAT64, gradient_of, tensor


def _chain(sizes: list[int], numbers: Array, X: Array, upstream: Array) -> str:
    layers = "Embedding, FlattenConsecutive, Linear, BatchNorm1d, Tanh, Linear"
    return f"Sequential([{layers}]) with given numbers, called with {shown(X)}{TORCHS}"


@probe(FLOAT64, short(_chain))
@steady_chance()
def chained(layers: ModuleType, *, sizes: list[int], numbers: Array, X: Array, upstream: Array) -> Any:
    """The output of one level in a Sequential of the student's, what is kept and listed, and the gradients."""
    vocab_size, block_size, n_embd, n_hidden = sizes
    with in_float64(), doubles(layers, own=("Sequential",)):
        stack = [
            layers.Embedding(vocab_size, n_embd), layers.FlattenConsecutive(block_size),
            layers.Linear(block_size * n_embd, n_hidden, bias=False), layers.BatchNorm1d(n_hidden), layers.Tanh(),
            layers.Linear(n_hidden, vocab_size),
        ]  # fmt: skip
        single = layers.Sequential(list(stack))
        found = {
            "shapes of parameters()": [list(p.shape) for p in listed(single)],
            "layers": [layer in stack for layer in stack_of(single)],
        }
        parameters = fill(single, tree_shapes(sizes), numbers)
        out = of_shape(single(tensor(X)), upstream.shape, "the result of Sequential")
        found |= {"result": kept_copy(out), ".out": kept_copy(tensor_in(single, "out"))}
        send_back(out, upstream, "the result of Sequential")
        return {**found, "gradients": [kept_copy(gradient_of(p)) for p in parameters]}
