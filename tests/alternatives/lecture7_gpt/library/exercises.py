import copy

import torch
import torch.nn.functional as F
from torch import nn


class CausalSelfAttention(nn.Module):
    def __init__(self, n_embd, n_head, block_size, dropout=0.0):
        super().__init__()
        self.key, self.query, self.value = nn.ModuleList([nn.Linear(n_embd, n_embd, bias=False) for _ in range(3)])
        self.proj = nn.Linear(n_embd, n_embd)
        self.n_head, self.p = n_head, dropout

    def forward(self, x):
        mask = torch.full((x.shape[1], x.shape[1]), True).triu(1)
        q, k, v = (layer(x).transpose(0, 1) for layer in (self.query, self.key, self.value))
        C = x.shape[2]
        eye = torch.eye(C, dtype=x.dtype)
        out, _ = F.multi_head_attention_forward(
            q, k, v, C, self.n_head, torch.cat([eye, eye, eye]), None, None, None, False, self.p,
            self.proj.weight, self.proj.bias, self.training, None, False, mask,
        )
        return F.dropout(out.transpose(0, 1), self.p, self.training)


def addition_rows(pairs, ndigit):
    a, b = torch.tensor(pairs, dtype=torch.int64).T
    tens = 10 ** torch.arange(ndigit + 1)
    digits = lambda numbers: numbers[:, None] // tens % 10
    rows = torch.cat([digits(a)[:, :ndigit].flip(1), digits(b)[:, :ndigit].flip(1), digits(a + b)], dim=1)
    targets = rows[:, 1:].index_fill(1, torch.arange(2 * ndigit - 1), -1)
    return rows[:, :-1], targets


def masked_loss(logits, targets):
    return nn.CrossEntropyLoss(ignore_index=-1)(logits.flatten(0, 1), targets.flatten())


def fine_tune(model, batches, kept_back, lr):
    model = copy.deepcopy(model)
    optimiser = torch.optim.SGD(model.parameters(), lr=lr)
    optimiser.zero_grad()
    lowest, losses = None, []
    for batch in [None, *batches]:
        if batch is not None:
            model(*batch)[1].backward()
            optimiser.step()
            optimiser.zero_grad()
        losses.append(float(model(*kept_back)[1].detach()))
        if lowest is None or losses[-1] < lowest[0]:
            lowest = losses[-1], copy.deepcopy(model)
    return lowest[1], losses


def rotary(x):
    T, C = x.shape[1], x.shape[2]
    angles = torch.arange(T, dtype=x.dtype).outer(10000 ** (-torch.arange(0, C, 2, dtype=x.dtype) / C))
    turned = []
    for t in range(T):
        blocks = [torch.stack([torch.stack([a.cos(), -a.sin()]), torch.stack([a.sin(), a.cos()])]) for a in angles[t]]
        turned.append(x[:, t] @ torch.block_diag(*blocks).T)
    return torch.stack(turned, dim=1)
