from __future__ import annotations

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class Head(nn.Module):
    def __init__(self, n_embd: int, head_size: int, block_size: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)
        self.n_embd, self.head_size, self.block_size = n_embd, head_size, block_size
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.dim() != 3 or x.shape[2] != self.n_embd or x.shape[1] > self.block_size:
            raise ValueError(f"cannot attend in {tuple(x.shape)}")
        B, T, _ = x.shape
        future = torch.triu(torch.ones((T, T), dtype=torch.bool, device=x.device), diagonal=1)
        scores = torch.bmm(self.query(x), self.key(x).transpose(1, 2)) / math.sqrt(self.head_size)
        assert scores.shape == (B, T, T)
        weights = F.softmax(scores.masked_fill(future, -math.inf), dim=-1)
        assert torch.allclose(weights.sum(-1), weights.new_ones((B, T)))
        out = torch.bmm(self.dropout(weights), self.value(x))
        assert out.shape == (B, T, self.head_size)
        return out


class MultiHeadAttention(nn.Module):
    def __init__(
        self, n_embd: int, num_heads: int, head_size: int, block_size: int, dropout: float = 0.0
    ) -> None:
        super().__init__()
        if num_heads < 1:
            raise ValueError("at least one head")
        self.heads = nn.ModuleList([Head(n_embd, head_size, block_size, dropout) for _ in range(num_heads)])
        self.proj = nn.Linear(num_heads * head_size, n_embd)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        found = [head(x) for head in self.heads]
        out: torch.Tensor = self.dropout(self.proj(torch.cat(found, dim=-1)))
        assert out.shape == x.shape
        return out


class FeedForward(nn.Module):
    def __init__(self, n_embd: int, dropout: float = 0.0) -> None:
        super().__init__()
        inner = 4 * n_embd
        self.net = nn.Sequential(nn.Linear(n_embd, inner), nn.ReLU(), nn.Linear(inner, n_embd), nn.Dropout(dropout))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = self.net(x)
        assert out.shape == x.shape
        return out


class LayerNorm1d(nn.Module):
    def __init__(self, dim: int, eps: float = 1e-5) -> None:
        super().__init__()
        if eps <= 0:
            raise ValueError("eps should be positive")
        self.dim, self.eps = dim, eps
        self.gamma = nn.Parameter(torch.ones(dim))
        self.beta = nn.Parameter(torch.zeros(dim))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.shape[-1] != self.dim:
            raise ValueError(f"{x.shape[-1]} channels, not {self.dim}")
        var, mean = torch.var_mean(x, dim=-1, keepdim=True, correction=0)
        xhat = (x - mean) / torch.sqrt(var + self.eps)
        return self.gamma * xhat + self.beta


class Block(nn.Module):
    def __init__(self, n_embd: int, n_head: int, block_size: int, dropout: float = 0.0) -> None:
        super().__init__()
        if n_embd % n_head:
            raise ValueError(f"{n_embd} channels cannot be shared by {n_head} heads")
        self.sa = MultiHeadAttention(n_embd, n_head, n_embd // n_head, block_size, dropout)
        self.ffwd = FeedForward(n_embd, dropout)
        self.ln1, self.ln2 = LayerNorm1d(n_embd), LayerNorm1d(n_embd)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        talked = self.sa(self.ln1(x)) + x
        thought: torch.Tensor = self.ffwd(self.ln2(talked)) + talked
        assert thought.shape == x.shape
        return thought
