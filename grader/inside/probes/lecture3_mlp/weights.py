"""What is measured of trained weights that were handed in as data. Our own net computes it, on the trusted side."""

import random
from types import ModuleType
from typing import Any

from grader.inside.names import names
from grader.inside.plain import Array
from grader.inside.probe import AT_MOST, NotAsStated, probe
from grader.inside.probes.lecture3_mlp.shared import PARAMETERS, SYMBOLS, table
from grader.inside.tensors import tensor

FIVE = PARAMETERS[:5]
SPLIT_SEED = 42
MOST_UNITS = 2_000  # so that a layer of all held-out rows fits into memory


def _sizes(tensors: dict[str, Array]) -> str:
    return ", ".join(f"{name} {' x '.join(map(str, array.shape))}" for name, array in tensors.items())


def _your_weights(tensors: dict[str, Array]) -> str:
    return f"your weights {_sizes(tensors)}, on the dev split" if tensors else "your weights.safetensors"


@probe(AT_MOST, _your_weights)
def loss_on_held_out_names(dataset: ModuleType, mlp: ModuleType, *, tensors: dict[str, Array]) -> Any:
    """The loss on the names of the dev split, of which the training has seen none if it kept to the train split."""
    block_size = _block_size(tensors)
    _, dev, _ = dataset.split_words(names(), random.Random(SPLIT_SEED))
    X, Y = dataset.build_dataset(dev, table(), block_size)
    parameters = [tensor(tensors[name]).double() for name in FIVE]
    return {"the loss on the dev split": round(mlp.evaluate(parameters, X, Y), 4)}


def _block_size(tensors: dict[str, Array]) -> int:
    """How many symbols of context the weights were made for, if their shapes belong together. Raises NotAsStated."""
    if set(tensors) != set(FIVE):
        raise NotAsStated(
            f"weights.safetensors holds {', '.join(tensors) or 'nothing'}; it should hold {', '.join(FIVE)}"
        )
    shapes = {name: array.shape for name, array in tensors.items()}
    if len(shapes["C"]) != 2 or len(shapes["W1"]) != 2 or 0 in shapes["C"] or shapes["W1"][0] % shapes["C"][1]:
        raise NotAsStated(
            f"C has shape {shapes['C']} and W1 has shape {shapes['W1']}; "
            "W1 should have block_size times as many rows as C has columns"
        )
    block_size, hidden = shapes["W1"][0] // shapes["C"][1], shapes["W1"][1]
    _require(shapes, "C", (len(SYMBOLS), shapes["C"][1]))
    _require(shapes, "b1", (hidden,))
    _require(shapes, "W2", (hidden, len(SYMBOLS)))
    _require(shapes, "b2", (len(SYMBOLS),))
    if not 1 <= block_size <= 20:
        raise NotAsStated(f"the weights are made for {block_size} symbols of context; 1 to 20 are taken")
    if max(shapes["W1"]) > MOST_UNITS:
        raise NotAsStated(f"W1 has shape {shapes['W1']}; at most {MOST_UNITS:,} each way are taken")
    return block_size


def _require(shapes: dict[str, tuple[int, ...]], name: str, shape: tuple[int, ...]) -> None:
    if shapes[name] != shape:
        raise NotAsStated(f"{name} has shape {shapes[name]}; beside the others it should have {shape}")
