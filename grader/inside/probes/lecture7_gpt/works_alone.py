"""Steps of lecture 7 by themselves: stand-ins for what other exercises compute, each of them something else."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.late import torch
from grader.inside.probe import Probe, in_place, measured_alone, works_alone
from grader.inside.probes.lecture7_gpt.attention import block_at_rest, block_output, heads_output, heads_size
from grader.inside.probes.lecture7_gpt.bigram import drawn_text, estimated_losses, scripted_text
from grader.inside.probes.lecture7_gpt.dropping import (
    dropped_heads,
    dropped_in_block,
    dropped_in_model,
    evaluated_twice,
)
from grader.inside.probes.lecture7_gpt.gpt import drawn_gpt, gpt_answer, gpt_size, scripted_gpt
from grader.inside.probes.lecture7_gpt.moving import moved_outputs

__all__: list[str] = []


def _get_batch(data: torch.Tensor, block_size: int, batch_size: int, generator: Any = None) -> Any:
    """Pieces that are counted from the end of the data, each with itself backwards."""
    starts = len(data) - block_size - 1 - torch.randint(len(data) - block_size, (batch_size, 1), generator=generator)
    rows = data[starts + torch.arange(block_size)]
    return rows, rows.flip(1)


PARTS = {"head": "Head", "multi-head": "MultiHeadAttention", "feed-forward": "FeedForward", "layer-norm": "LayerNorm1d"}


def _doubles(*names: str) -> dict[str, Any]:
    """What stands in for these classes."""
    from grader.inside.probes.lecture7_gpt import doubles  # to load it takes torch

    return {name: getattr(doubles, name) for name in names}


def _standing_in(original: Probe) -> None:
    """Leave out those parts of a module that are other exercises."""

    def measure(attention: ModuleType, *, without: list[str], **inputs: Any) -> Any:
        with in_place(attention, _doubles(*(PARTS[id] for id in without if id in PARTS))):
            return original.measure(attention, **inputs)

    measured_alone(original, measure)


def _without_a_start(original: Probe) -> None:
    """A text from a model whose own start need not be written."""

    def measure(bigram: ModuleType, **inputs: Any) -> Any:
        class Bare(bigram.BigramLanguageModel):  # type: ignore[name-defined, misc]
            def __init__(self, vocab_size: int) -> None:
                torch.nn.Module.__init__(self)

        with in_place(bigram, {"BigramLanguageModel": Bare}):
            return original.measure(bigram, **inputs)

    measured_alone(original, measure)


def _without_a_whole(original: Probe) -> None:
    """A text from a model that need not be written, but for what it must keep to know how far it sees."""

    def measure(gpt: ModuleType, **inputs: Any) -> Any:
        class Bare(gpt.GPTLanguageModel):  # type: ignore[name-defined, misc]
            def __init__(self, vocab_size: int, n_embd: int, n_head: int, n_layer: int, block_size: int) -> None:
                torch.nn.Module.__init__(self)
                self.block_size, self.position_embedding_table = block_size, torch.nn.Embedding(block_size, n_embd)

        with in_place(gpt, {"GPTLanguageModel": Bare}):
            return original.measure(gpt, **inputs)

    measured_alone(original, measure)


def _without_parts(original: Probe) -> None:
    """A model whose blocks need not be written."""

    def measure(*modules: ModuleType, **inputs: Any) -> Any:
        with in_place(modules[0], _doubles("Block", "LayerNorm1d")):
            return original.measure(*modules, **inputs)

    measured_alone(original, measure)


for made in (heads_output, heads_size, dropped_heads, dropped_in_block, evaluated_twice, moved_outputs):
    _standing_in(made)
for made in (block_output, block_at_rest):
    _standing_in(made)
for made in (scripted_text, drawn_text):
    _without_a_start(made)
for made in (scripted_gpt, drawn_gpt):
    _without_a_whole(made)
for made in (gpt_answer, gpt_size, dropped_in_model):
    _without_parts(made)
works_alone(estimated_losses, get_batch=_get_batch)
