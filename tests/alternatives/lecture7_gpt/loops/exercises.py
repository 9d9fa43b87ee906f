import copy
import math

import torch
import torch.nn as nn


class CausalSelfAttention(nn.Module):
    def __init__(self, n_embd, n_head, block_size, dropout=0.0):
        super().__init__()
        self.n_head = n_head
        self.head_size = n_embd // n_head
        self.key = nn.Linear(n_embd, n_embd, bias=False)
        self.query = nn.Linear(n_embd, n_embd, bias=False)
        self.value = nn.Linear(n_embd, n_embd, bias=False)
        self.proj = nn.Linear(n_embd, n_embd)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        k, q, v = self.key(x), self.query(x), self.value(x)
        later = torch.zeros((x.shape[1], x.shape[1]), dtype=torch.bool)
        for t in range(x.shape[1]):
            later[t, t + 1 :] = True
        found = []
        for h in range(self.n_head):
            part = slice(h * self.head_size, (h + 1) * self.head_size)
            scores = q[:, :, part] @ k[:, :, part].transpose(1, 2) / math.sqrt(self.head_size)
            scores[:, later] = float("-inf")
            found.append(self.dropout(torch.softmax(scores, dim=2)) @ v[:, :, part])
        return self.dropout(self.proj(torch.cat(found, dim=2)))


def addition_rows(pairs, ndigit):
    x = torch.zeros((len(pairs), 3 * ndigit), dtype=torch.int64)
    y = torch.zeros((len(pairs), 3 * ndigit), dtype=torch.int64)
    for row, (a, b) in enumerate(pairs):
        digits = []
        for number in (a, b):
            for power in range(ndigit - 1, -1, -1):
                digits.append(number // 10**power % 10)
        for power in range(ndigit + 1):
            digits.append((a + b) // 10**power % 10)
        for place in range(3 * ndigit):
            x[row, place] = digits[place]
            y[row, place] = digits[place + 1] if place >= 2 * ndigit - 1 else -1
    return x, y


def masked_loss(logits, targets):
    total, count = 0, 0
    for b in range(targets.shape[0]):
        for t in range(targets.shape[1]):
            if targets[b, t] != -1:
                total = total - torch.log_softmax(logits[b, t], dim=0)[targets[b, t]]
                count += 1
    return total / count


def fine_tune(model, batches, kept_back, lr):
    model = copy.deepcopy(model)
    x, y = kept_back
    best = copy.deepcopy(model)
    lowest = model(x, y)[1].item()
    losses = [lowest]
    for batch in batches:
        for p in model.parameters():
            p.grad = None
        logits, loss = model(batch[0], batch[1])
        loss.backward()
        for p in model.parameters():
            p.data = p.data - lr * p.grad
        held_out = model(x, y)[1].item()
        losses.append(held_out)
        if held_out < lowest:
            lowest = held_out
            best = copy.deepcopy(model)
    return best, losses


def rotary(x):
    B, T, C = x.shape
    out = torch.zeros_like(x)
    for t in range(T):
        for i in range(C // 2):
            angle = t / 10000 ** (2 * i / C)
            a, b = x[:, t, 2 * i], x[:, t, 2 * i + 1]
            out[:, t, 2 * i] = a * math.cos(angle) + b * math.sin(angle)
            out[:, t, 2 * i + 1] = b * math.cos(angle) - a * math.sin(angle)
    return out
