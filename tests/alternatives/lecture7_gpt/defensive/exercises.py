from __future__ import annotations

import copy
import math
from collections.abc import Sequence

import torch
import torch.nn as nn
import torch.nn.functional as F

Batch = tuple[torch.Tensor, torch.Tensor]


class CausalSelfAttention(nn.Module):
    def __init__(self, n_embd: int, n_head: int, block_size: int, dropout: float = 0.0) -> None:
        super().__init__()
        if n_embd % n_head:
            raise ValueError(f"{n_embd} channels cannot be shared by {n_head} heads")
        self.n_head, self.head_size, self.block_size = n_head, n_embd // n_head, block_size
        self.key = nn.Linear(n_embd, n_embd, bias=False)
        self.query = nn.Linear(n_embd, n_embd, bias=False)
        self.value = nn.Linear(n_embd, n_embd, bias=False)
        self.proj = nn.Linear(n_embd, n_embd)
        self.weights_dropout = nn.Dropout(dropout)
        self.dropout = nn.Dropout(dropout)

    def _by_head(self, x: torch.Tensor) -> torch.Tensor:
        B, T, _ = x.shape
        return x.reshape(B, T, self.n_head, self.head_size).permute(0, 2, 1, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        B, T, C = x.shape
        if T > self.block_size:
            raise ValueError(f"{T} positions, at most {self.block_size}")
        k, q, v = self._by_head(self.key(x)), self._by_head(self.query(x)), self._by_head(self.value(x))
        scores = torch.matmul(q, k.transpose(2, 3)) / math.sqrt(self.head_size)
        future = torch.triu(torch.ones((T, T), dtype=torch.bool), diagonal=1)
        weights = F.softmax(scores.masked_fill(future, -math.inf), dim=-1)
        assert weights.shape == (B, self.n_head, T, T)
        out = torch.matmul(self.weights_dropout(weights), v).permute(0, 2, 1, 3).reshape(B, T, C)
        return self.dropout(self.proj(out))


def addition_rows(pairs: Sequence[tuple[int, int]], ndigit: int) -> Batch:
    rows = []
    for a, b in pairs:
        if not (0 <= a < 10**ndigit and 0 <= b < 10**ndigit):
            raise ValueError(f"{a} + {b} does not fit into {ndigit} digits")
        answer = "".join(reversed(str(a + b).rjust(ndigit + 1, "0")))
        text = str(a).rjust(ndigit, "0") + str(b).rjust(ndigit, "0") + answer
        assert len(text) == 3 * ndigit + 1
        rows.append([int(digit) for digit in text])
    whole = torch.tensor(rows, dtype=torch.int64)
    y = whole[:, 1:].clone()
    y[:, : 2 * ndigit - 1] = -1
    return whole[:, :-1].clone(), y


def masked_loss(logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    counts = targets.ne(-1)
    if not counts.any():
        raise ValueError("no position counts")
    logs = F.log_softmax(logits, dim=-1)
    chosen = logs.gather(-1, targets.clamp(min=0).unsqueeze(-1)).squeeze(-1)
    return -(chosen * counts).sum() / counts.sum()


def fine_tune(
    model: nn.Module, batches: Sequence[Batch], kept_back: Batch, lr: float
) -> tuple[nn.Module, list[float]]:
    student = copy.deepcopy(model)

    def held_out() -> float:
        with torch.no_grad():
            return float(student(*kept_back)[1])

    losses = [held_out()]
    best = {name: value.clone() for name, value in student.state_dict().items()}
    for x, y in batches:
        student.zero_grad(set_to_none=True)
        student(x, y)[1].backward()
        with torch.no_grad():
            for parameter in student.parameters():
                if parameter.grad is not None:
                    parameter.sub_(lr * parameter.grad)
        losses.append(held_out())
        if losses[-1] < min(losses[:-1]):
            best = {name: value.clone() for name, value in student.state_dict().items()}
    student.load_state_dict(best)
    assert len(losses) == len(batches) + 1
    return student, losses


def rotary(x: torch.Tensor) -> torch.Tensor:
    B, T, C = x.shape
    if C % 2:
        raise ValueError("pairs need an even number of channels")
    i = torch.arange(C // 2, dtype=x.dtype)
    angle = torch.arange(T, dtype=x.dtype).unsqueeze(1) / torch.pow(10000.0, 2 * i / C).to(x.dtype)
    cos, sin = torch.cos(angle).repeat(1, 2), torch.sin(angle).repeat(1, 2)
    first, second = x.chunk(2, dim=-1)
    turned = x * cos + torch.cat([-second, first], dim=-1) * sin
    assert turned.shape == (B, T, C)
    return turned
