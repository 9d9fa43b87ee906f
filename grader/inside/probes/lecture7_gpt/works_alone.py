"""Steps of lecture 7 by themselves: stand-ins for what other exercises compute, each of them something else."""

from types import ModuleType
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

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


class Head(nn.Module):
    """A head that adds up what came before, whatever it is asked."""

    def __init__(self, n_embd: int, head_size: int, block_size: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.key, self.query, self.value = (nn.Linear(n_embd, head_size, bias=False) for _ in range(3))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        said: torch.Tensor = self.value(x) + self.key(x).sin() * self.query(x)
        return said.cumsum(1)


class MultiHeadAttention(nn.Module):
    """Such heads side by side, and a bent mixture of them."""

    def __init__(self, n_embd: int, num_heads: int, head_size: int, block_size: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.heads = nn.ModuleList([Head(n_embd, head_size, block_size) for _ in range(num_heads)])
        self.proj, self.dropout = nn.Linear(num_heads * head_size, n_embd), nn.Dropout(dropout)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        mixed: torch.Tensor = self.dropout(self.proj(torch.cat([head(x) for head in self.heads], dim=2)).sin())
        return mixed


class FeedForward(nn.Module):
    """Thoughts that are bent twice."""

    def __init__(self, n_embd: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.net = nn.Sequential(nn.Linear(n_embd, 4 * n_embd), nn.Tanh(), nn.Linear(4 * n_embd, n_embd))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        thought: torch.Tensor = self.dropout(self.net(x).sin())
        return thought


class LayerNorm1d(nn.Module):
    """Torch's own layer norm, which may be used in its place in any case."""

    def __init__(self, dim: int, eps: float = 1e-5) -> None:
        super().__init__()
        self.gamma, self.beta = nn.Parameter(torch.ones(dim)), nn.Parameter(torch.zeros(dim))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.layer_norm(x, self.gamma.shape, self.gamma, self.beta)


class Block(nn.Module):
    """A block that keeps nothing of what it gets, unless dropout leaves out what it has made of it."""

    def __init__(self, n_embd: int, n_head: int, block_size: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.sa = MultiHeadAttention(n_embd, n_head, n_embd // n_head, block_size)
        self.ffwd, self.ln1, self.ln2 = FeedForward(n_embd), LayerNorm1d(n_embd), LayerNorm1d(n_embd)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        bent: torch.Tensor = self.ffwd(self.ln2(self.sa(self.ln1(x.sin())))).cos()
        changed: torch.Tensor = self.dropout(bent - x)
        return x + changed


def _get_batch(data: torch.Tensor, block_size: int, batch_size: int, generator: Any = None) -> Any:
    """Pieces that are counted from the end of the data, each with itself backwards."""
    starts = len(data) - block_size - 1 - torch.randint(len(data) - block_size, (batch_size, 1), generator=generator)
    rows = data[starts + torch.arange(block_size)]
    return rows, rows.flip(1)


PARTS = {"head": Head, "multi-head": MultiHeadAttention, "feed-forward": FeedForward, "layer-norm": LayerNorm1d}


def _standing_in(original: Probe) -> None:
    """Leave out those parts of a module that are other exercises."""

    def measure(attention: ModuleType, *, without: list[str], **inputs: Any) -> Any:
        stand_ins = {PARTS[id].__name__: PARTS[id] for id in without if id in PARTS}
        with in_place(attention, stand_ins):
            return original.measure(attention, **inputs)

    measured_alone(original, measure)


def _without_a_start(original: Probe) -> None:
    """A text from a model whose own start need not be written."""

    def measure(bigram: ModuleType, **inputs: Any) -> Any:
        class Bare(bigram.BigramLanguageModel):  # type: ignore[name-defined, misc]
            def __init__(self, vocab_size: int) -> None:
                nn.Module.__init__(self)

        with in_place(bigram, {"BigramLanguageModel": Bare}):
            return original.measure(bigram, **inputs)

    measured_alone(original, measure)


def _without_a_whole(original: Probe) -> None:
    """A text from a model that need not be written, but for what it must keep to know how far it sees."""

    def measure(gpt: ModuleType, **inputs: Any) -> Any:
        class Bare(gpt.GPTLanguageModel):  # type: ignore[name-defined, misc]
            def __init__(self, vocab_size: int, n_embd: int, n_head: int, n_layer: int, block_size: int) -> None:
                nn.Module.__init__(self)
                self.block_size, self.position_embedding_table = block_size, nn.Embedding(block_size, n_embd)

        with in_place(gpt, {"GPTLanguageModel": Bare}):
            return original.measure(gpt, **inputs)

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
    works_alone(made, Block=Block, LayerNorm1d=LayerNorm1d)
works_alone(estimated_losses, get_batch=_get_batch)
