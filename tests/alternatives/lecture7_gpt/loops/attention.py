import math

import torch
import torch.nn as nn


class Head(nn.Module):
    def __init__(self, n_embd, head_size, block_size, dropout=0.0):
        super().__init__()
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)
        self.head_size = head_size
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        out = []
        for b in range(x.shape[0]):
            k, q, v = self.key(x[b]), self.query(x[b]), self.value(x[b])
            row = []
            for t in range(x.shape[1]):
                scores = torch.stack([torch.dot(q[t], k[s]) / math.sqrt(self.head_size) for s in range(t + 1)])
                weights = self.dropout(torch.softmax(scores, dim=0))
                gathered = 0
                for s in range(t + 1):
                    gathered = gathered + weights[s] * v[s]
                row.append(gathered)
            out.append(torch.stack(row))
        return torch.stack(out)


class MultiHeadAttention(nn.Module):
    def __init__(self, n_embd, num_heads, head_size, block_size, dropout=0.0):
        super().__init__()
        self.heads = nn.ModuleList()
        for _ in range(num_heads):
            self.heads.append(Head(n_embd, head_size, block_size, dropout))
        self.proj = nn.Linear(num_heads * head_size, n_embd)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        found = self.heads[0](x)
        for head in self.heads[1:]:
            found = torch.cat([found, head(x)], dim=2)
        return self.dropout(self.proj(found))


class FeedForward(nn.Module):
    def __init__(self, n_embd, dropout=0.0):
        super().__init__()
        self.first = nn.Linear(n_embd, 4 * n_embd)
        self.second = nn.Linear(4 * n_embd, n_embd)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        rows = []
        for row in x:
            hidden = self.first(row)
            hidden = torch.where(hidden > 0, hidden, torch.zeros_like(hidden))
            rows.append(self.second(hidden))
        return self.dropout(torch.stack(rows))


class LayerNorm1d(nn.Module):
    def __init__(self, dim, eps=1e-5):
        super().__init__()
        self.dim = dim
        self.eps = eps
        self.gamma = nn.Parameter(torch.ones(dim))
        self.beta = nn.Parameter(torch.zeros(dim))

    def forward(self, x):
        rows = []
        for row in x.reshape(-1, self.dim):
            mean = row.sum() / self.dim
            var = ((row - mean) * (row - mean)).sum() / self.dim
            rows.append((row - mean) / (var + self.eps) ** 0.5 * self.gamma + self.beta)
        return torch.stack(rows).reshape(x.shape)


class Block(nn.Module):
    def __init__(self, n_embd, n_head, block_size, dropout=0.0):
        super().__init__()
        self.sa = MultiHeadAttention(n_embd, n_head, n_embd // n_head, block_size, dropout)
        self.ffwd = FeedForward(n_embd, dropout)
        self.ln1 = LayerNorm1d(n_embd)
        self.ln2 = LayerNorm1d(n_embd)

    def forward(self, x):
        talk = self.sa(self.ln1(x))
        x = x + talk
        thought = self.ffwd(self.ln2(x))
        x = x + thought
        return x
