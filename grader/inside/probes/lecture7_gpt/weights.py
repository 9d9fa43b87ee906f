"""What is measured of trained weights that were handed in as data. Our own model computes it, on the trusted side."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.late import torch
from grader.inside.names import names
from grader.inside.plain import Array
from grader.inside.probe import AT_MOST, NotAsStated, probe
from grader.inside.probes.lecture7_gpt.shared import gpt_spec, matched, parameters_of
from grader.inside.tensors import tensor

CHARACTERS = "\n !$&',-.3:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
MOST_LAYERS, MOST_POSITIONS, MOST_CHANNELS = 12, 512, 256
MOST_READ = 12_000  # characters of the text that was kept back
FILE = "weights.safetensors"


def _your_weights(tensors: dict[str, Array]) -> str:
    numbers = sum(tensor(array).numel() for array in tensors.values())
    return f"your weights, {len(tensors)} tensors with {numbers:,} numbers, on the text that was kept back"


@probe(AT_MOST, _your_weights)
def loss_on_held_out_text(data: ModuleType, gpt: ModuleType, *, tensors: dict[str, Array]) -> Any:
    """The loss on the last tenth of the text in use, or on the beginning of it, if it is long."""
    found = {name: tensor(array).float() for name, array in tensors.items() if not name.endswith("tril")}
    sizes = _sizes(found)
    model = gpt.GPTLanguageModel(*sizes).eval()
    spec = gpt_spec(*sizes)
    own = matched(parameters_of(model), spec, "GPTLanguageModel")
    for name, given in matched(found, spec, FILE).items():
        own[name].data = given
    text = "\n".join(names())
    kept = data.encode(text[int(0.9 * len(text)) :][:MOST_READ], {ch: i for i, ch in enumerate(CHARACTERS)})
    return {"the loss on the text that was kept back": round(_loss(model, torch.tensor(kept), sizes[4]), 4)}


def _loss(model: Any, kept: torch.Tensor, block_size: int) -> float:
    """The mean loss over pieces that follow one another."""
    whole = (len(kept) - 1) // block_size * block_size
    x, y = kept[:whole].view(-1, block_size), kept[1 : whole + 1].view(-1, block_size)
    with torch.no_grad():
        return float(model(x, y)[1])


def _sizes(tensors: dict[str, torch.Tensor]) -> list[int]:
    """For which model the weights were made, read off from their names and shapes. Raises NotAsStated."""
    vocab_size, n_embd = _table(tensors, "token_embedding_table.weight")
    block_size, _ = _table(tensors, "position_embedding_table.weight")
    inner = [name.split(".") for name in tensors if name.startswith("blocks.0.sa.heads.")]
    n_head = len({name[4] for name in inner})
    n_layer = len({name.split(".")[1] for name in tensors if name.startswith("blocks.")})
    if vocab_size != len(CHARACTERS):
        raise NotAsStated(f"{FILE} is made for {vocab_size} characters; the text has {len(CHARACTERS)}")
    if not n_head or n_embd % n_head:
        raise NotAsStated(f"{FILE} holds {n_head} heads for {n_embd} channels; they should share them evenly")
    if n_layer > MOST_LAYERS or block_size > MOST_POSITIONS or n_embd > MOST_CHANNELS:
        found, most = f"{n_layer}, {block_size} and {n_embd}", f"{MOST_LAYERS}, {MOST_POSITIONS} and {MOST_CHANNELS}"
        raise NotAsStated(f"{FILE} is too large: blocks, positions and channels are {found}; at most {most}")
    return [vocab_size, n_embd, n_head, n_layer, block_size]


def _table(tensors: dict[str, torch.Tensor], name: str) -> tuple[int, int]:
    found = tensors.get(name)
    if found is None or found.ndim != 2 or 0 in found.shape:
        raise NotAsStated(f"{FILE} holds no table {name}; the statement names what it should hold")
    return found.shape[0], found.shape[1]
