from copy import deepcopy

import torch
from torch import nn
from torch.nn.functional import cross_entropy


class CausalSelfAttention(nn.Module):
    def __init__(self, C, H, T, dropout=0.0):
        super().__init__()
        self.key, self.query, self.value = (nn.Linear(C, C, bias=False) for _ in "kqv")
        self.proj, self.H, self.drop = nn.Linear(C, C), H, nn.Dropout(dropout)

    def forward(self, x):
        k, q, v = (f(x).unflatten(2, (self.H, -1)) for f in (self.key, self.query, self.value))
        n = torch.arange(x.shape[1])
        w = (torch.einsum("bthd,bshd->bhts", q, k) / k.shape[-1] ** 0.5).where(n <= n[:, None], -torch.inf).softmax(-1)
        return self.drop(self.proj(torch.einsum("bhts,bshd->bthd", self.drop(w), v).flatten(2)))


def addition_rows(pairs, n):
    rows = torch.tensor([[*map(int, f"{a:0{n}}{b:0{n}}" + f"{a + b:0{n + 1}}"[::-1])] for a, b in pairs])
    hidden = torch.arange(3 * n) < 2 * n - 1
    return rows[:, :-1], rows[:, 1:].masked_fill(hidden, -1)


def masked_loss(logits, targets):
    return cross_entropy(logits.mT, targets, ignore_index=-1)


def fine_tune(model, batches, kept_back, lr):
    versions = [deepcopy(model)]
    for xy in batches:
        new = deepcopy(versions[-1])
        new.zero_grad()
        new(*xy)[1].backward()
        for p in new.parameters():
            p.data.sub_(p.grad, alpha=lr)
        versions.append(new)
    losses = [m(*kept_back)[1].item() for m in versions]
    return versions[min(range(len(losses)), key=losses.__getitem__)], losses


def rotary(x):
    T, C = x.shape[1:]
    a = torch.arange(T).to(x)[:, None] * 1e4 ** (-torch.arange(0, C, 2).to(x) / C)
    u, v = x[..., ::2], x[..., 1::2]
    return torch.stack([u * a.cos() + v * a.sin(), v * a.cos() - u * a.sin()], -1).flatten(2)
