import torch
import torch.nn.functional as F
from torch import nn


class Head(nn.Module):
    def __init__(self, n_embd, head_size, block_size, dropout=0.0):
        super().__init__()
        for name in ("key", "query", "value"):
            self.add_module(name, nn.Linear(n_embd, head_size, bias=False))
        self.p = dropout
        self.register_buffer("seen", torch.ones(block_size, block_size, dtype=torch.bool).tril(), persistent=False)

    def forward(self, x):
        T = x.shape[1]
        p = self.p if self.training else 0.0
        mask = self.seen[:T, :T]
        return F.scaled_dot_product_attention(self.query(x), self.key(x), self.value(x), attn_mask=mask, dropout_p=p)


class MultiHeadAttention(nn.Module):
    def __init__(self, n_embd, num_heads, head_size, block_size, dropout=0.0):
        super().__init__()
        self.heads = nn.ModuleList([Head(n_embd, head_size, block_size, dropout) for _ in range(num_heads)])
        self.proj = nn.Linear(num_heads * head_size, n_embd)
        self.after = nn.Sequential(nn.Dropout(dropout))

    def forward(self, x):
        return self.after(F.linear(torch.concatenate([head(x) for head in self.heads], -1), self.proj.weight, self.proj.bias))


class FeedForward(nn.Module):
    def __init__(self, n_embd, dropout=0.0):
        super().__init__()
        self.down = nn.Linear(4 * n_embd, n_embd)
        self.up = nn.Linear(n_embd, 4 * n_embd)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        return self.dropout(self.down(F.relu(self.up(x))))


class LayerNorm1d(nn.LayerNorm):
    def __init__(self, dim, eps=1e-5):
        super().__init__([dim], eps=eps)


class Block(nn.Module):
    def __init__(self, n_embd, n_head, block_size, dropout=0.0):
        super().__init__()
        self.sa = MultiHeadAttention(n_embd, n_head, n_embd // n_head, block_size, dropout)
        self.ffwd = FeedForward(n_embd, dropout)
        self.ln1 = nn.LayerNorm(n_embd)
        self.ln2 = nn.LayerNorm(n_embd)

    def forward(self, x):
        x = torch.add(x, self.sa(self.ln1(x)))
        return torch.add(x, self.ffwd(self.ln2(x)))
