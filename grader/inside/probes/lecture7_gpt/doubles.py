"""Models and parts of one that stand in for a student's, each of them something else. To load this takes torch."""

import torch
import torch.nn.functional as F
from torch import nn


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


class Examined(nn.Module):
    """A model that tells in which mode it was asked, and whether a graph was kept."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(1.25))
        self.calls: list[list[bool]] = []

    def forward(self, idx: torch.Tensor, targets: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        self.calls.append([self.training, torch.is_grad_enabled()])
        places = torch.arange(1.0, idx.shape[1] + 1)
        loss = self.weight * ((0.37 * idx + 0.11 * targets) * places).sin().mean() + (3.0 if self.training else 1.0)
        return torch.zeros((*idx.shape, 2)), loss


class Pretrained(nn.Module):
    """A small model with given numbers."""

    def __init__(self, table: torch.Tensor) -> None:
        super().__init__()
        self.table = nn.Parameter(table)
        self.bias = nn.Parameter(torch.zeros(table.shape[1]))

    def forward(self, idx: torch.Tensor, targets: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        logits = self.table[idx] + self.bias
        return logits, F.cross_entropy(logits.reshape(-1, logits.shape[-1]), targets.reshape(-1))
