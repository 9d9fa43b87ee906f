from copy import deepcopy

import torch
import torch.nn as nn
from torch.nn import functional as F


class CausalSelfAttention(nn.Module):
    def __init__(self, n_embd, n_head, block_size, dropout=0.0):
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(n_embd, n_embd, bias=False) for _ in range(3))
        self.proj = nn.Linear(n_embd, n_embd)
        self.n_head, self.dropout = n_head, dropout

    def forward(self, x):
        B, T, C = x.size()
        q, k, v = (
            layer(x).view(B, T, self.n_head, C // self.n_head).transpose(1, 2)
            for layer in (self.query, self.key, self.value)
        )
        p = self.dropout if self.training else 0
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=None, dropout_p=p, is_causal=True)
        y = y.transpose(1, 2).contiguous().view(B, T, C)
        return F.dropout(self.proj(y), p=self.dropout, training=self.training)


def addition_rows(pairs, ndigit):
    def digits(number, width):
        return [number // 10**k % 10 for k in range(width)]

    rows = torch.tensor(
        [digits(a, ndigit)[::-1] + digits(b, ndigit)[::-1] + digits(a + b, ndigit + 1) for a, b in pairs]
    )
    y = rows[:, 1:].clone()
    y[:, : 2 * ndigit - 1] = -1
    return rows[:, :-1].contiguous(), y


def masked_loss(logits, targets):
    counts = targets != -1
    return F.cross_entropy(logits[counts], targets[counts])


def fine_tune(model, batches, kept_back, lr):
    model = deepcopy(model)
    losses, states = [], []

    @torch.no_grad()
    def evaluate():
        losses.append(model(*kept_back)[1].item())
        states.append(deepcopy(model))

    evaluate()
    for X, Y in batches:
        _, loss = model(X, Y)
        grads = torch.autograd.grad(loss, list(model.parameters()))
        with torch.no_grad():
            for p, g in zip(model.parameters(), grads):
                p -= lr * g
        evaluate()
    return states[losses.index(min(losses))], losses


def rotary(x):
    T, hs = x.shape[-2:]
    freqs = 1.0 / (10000 ** (torch.arange(0, hs, 2).to(x.dtype) / hs))
    t = torch.arange(T).to(x.dtype)
    turn = torch.polar(torch.ones(T, hs // 2, dtype=x.dtype), torch.outer(t, freqs))
    pairs = torch.view_as_complex(x.reshape(*x.shape[:-1], -1, 2).contiguous())
    return torch.view_as_real(pairs * turn).flatten(-2)
