import torch
from torch import nn


class Head(nn.Module):
    def __init__(self, n_embd, head_size, block_size, dropout=0.0):
        super().__init__()
        self.key, self.query, self.value = (nn.Linear(n_embd, head_size, False) for _ in "kqv")
        self.drop = nn.Dropout(dropout)

    def forward(self, x):
        n = torch.arange(x.shape[1])
        scores = torch.einsum("bth,bsh->bts", self.query(x), self.key(x)) / self.key.out_features**0.5
        weights = self.drop(scores.masked_fill(n > n[:, None], -torch.inf).softmax(2))
        return torch.einsum("bts,bsh->bth", weights, self.value(x))


class MultiHeadAttention(nn.Module):
    def __init__(self, n_embd, num_heads, head_size, *rest, **options):
        super().__init__()
        self.heads = nn.ModuleList(Head(n_embd, head_size, *rest, **options) for _ in range(num_heads))
        self.proj = nn.Linear(num_heads * head_size, n_embd)
        self.drop = nn.Dropout(options.get("dropout", rest[1] if len(rest) > 1 else 0.0))

    def forward(self, x):
        return self.drop(self.proj(torch.cat([h(x) for h in self.heads], 2)))


class FeedForward(nn.Sequential):
    def __init__(self, n, dropout=0.0):
        super().__init__(nn.Linear(n, 4 * n), nn.ReLU(), nn.Linear(4 * n, n), nn.Dropout(dropout))


class LayerNorm1d(nn.LayerNorm):
    pass


class Block(nn.Module):
    def __init__(self, n, h, *rest, **options):
        super().__init__()
        self.sa = MultiHeadAttention(n, h, n // h, *rest, **options)
        self.ffwd = FeedForward(n, options.get("dropout", rest[1] if len(rest) > 1 else 0.0))
        self.ln1, self.ln2 = LayerNorm1d(n), LayerNorm1d(n)

    def forward(self, x):
        y = x + self.sa(self.ln1(x))
        return y + self.ffwd(self.ln2(y))
