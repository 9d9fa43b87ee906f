"""The four exercises that the lecture lists under its video, EX1 to EX4.

Needs torch and nothing of your own. The fifth, beat-the-bigram, has no code here: you hand in the weights that you
trained (see the README of this lecture).
"""

import copy

import torch
import torch.nn as nn
import torch.nn.functional as F


class CausalSelfAttention(nn.Module):
    """EX1: MultiHeadAttention in one piece. The heads are one more axis, beside that of the batch."""

    def __init__(self, n_embd, n_head, block_size, dropout=0.0):
        """self.key, self.query, self.value: nn.Linear(n_embd, n_embd, bias=False), each of them.

        self.proj: nn.Linear(n_embd, n_embd).
        Each of n_head heads has n_embd // n_head channels of keys, queries and values: the first head the first ones.

        Source: lecture 7, exercises, EX1.
        """
        ### BEGIN SOLUTION heads-at-once
        super().__init__()
        self.n_head = n_head
        self.key = nn.Linear(n_embd, n_embd, bias=False)
        self.query = nn.Linear(n_embd, n_embd, bias=False)
        self.value = nn.Linear(n_embd, n_embd, bias=False)
        self.proj = nn.Linear(n_embd, n_embd)
        self.register_buffer("tril", torch.tril(torch.ones(block_size, block_size)))
        self.attn_dropout = nn.Dropout(dropout)
        self.resid_dropout = nn.Dropout(dropout)
        ### END SOLUTION

    def forward(self, x):
        """What MultiHeadAttention gives with the same numbers, up to rounding. x and result: (B, T, n_embd).

        No loop over the heads is needed: bring keys, queries and values to (B, n_head, T, head_size).

        Source: lecture 7, exercises, EX1.
        """
        ### BEGIN SOLUTION heads-at-once
        B, T, C = x.shape
        split = (B, T, self.n_head, C // self.n_head)
        k = self.key(x).view(split).transpose(1, 2)                 # (B, nh, T, hs)
        q = self.query(x).view(split).transpose(1, 2)
        v = self.value(x).view(split).transpose(1, 2)
        wei = q @ k.transpose(-2, -1) * k.shape[-1] ** -0.5         # (B, nh, T, T)
        wei = wei.masked_fill(self.tril[:T, :T] == 0, float("-inf"))
        wei = self.attn_dropout(F.softmax(wei, dim=-1))
        out = (wei @ v).transpose(1, 2).reshape(B, T, C)            # the heads side by side again
        return self.resid_dropout(self.proj(out))
        ### END SOLUTION


def addition_rows(pairs, ndigit):
    """EX2: sums as rows of digits for a GPT. pairs: a list of (a, b), whole numbers of at most ndigit digits.

    A row is a, b, and their sum backwards, with zeros in front where digits are missing: ndigit, ndigit and ndigit + 1
    digits. Returns x and y, both (len(pairs), 3 * ndigit) int64: x without the last digit of the row, y without the
    first. Where y holds a digit of b, which nobody could foretell, it is -1: the first 2 * ndigit - 1 places.

    >>> x, y = addition_rows([(85, 50)], 2)             # 85 + 50 = 135, so the row is 8 5 5 0 5 3 1
    >>> x.tolist(), y.tolist()
    ([[8, 5, 5, 0, 5, 3]], [[-1, -1, -1, 5, 3, 1]])

    Source: lecture 7, exercises, EX2.
    """
    ### BEGIN SOLUTION addition-data
    rows = []
    for a, b in pairs:
        total = f"{a + b:0{ndigit + 1}d}"[::-1]             # ones first, as we add on paper
        rows.append([int(digit) for digit in f"{a:0{ndigit}d}{b:0{ndigit}d}{total}"])
    rows = torch.tensor(rows)
    x, y = rows[:, :-1], rows[:, 1:].clone()
    y[:, : 2 * ndigit - 1] = -1
    return x, y
    ### END SOLUTION


def masked_loss(logits, targets):
    """EX2: the mean cross entropy over those positions whose target is not -1. Returns a tensor with one number.

    logits: (B, T, vocab_size) float. targets: (B, T) int64, at least one of them not -1.

    Source: lecture 7, exercises, EX2.
    """
    ### BEGIN SOLUTION addition-data
    B, T, C = logits.shape
    return F.cross_entropy(logits.view(B * T, C), targets.view(B * T), ignore_index=-1)
    ### END SOLUTION


def fine_tune(model, batches, kept_back, lr):
    """EX3: go on training a pretrained model on other data, and keep it as it was best on data that was kept back.

    model: called as model(x, y), it returns (logits, loss); it stays as it is. batches: a list of (x, y), one for each
    step. kept_back: one (x, y). A step on a copy of the model: its loss, backward with fresh gradients, and each
    parameter goes lr times its gradient downhill. The loss on kept_back is measured before the first step and after
    each one. Returns the copy as it was when that loss was lowest, and these losses: a list of len(batches) + 1 floats.

    Source: lecture 7, exercises, EX3.
    """
    ### BEGIN SOLUTION fine-tune
    model = copy.deepcopy(model)
    best, losses = copy.deepcopy(model), [model(*kept_back)[1].item()]
    for x, y in batches:
        model.zero_grad()
        model(x, y)[1].backward()
        for p in model.parameters():
            p.data -= lr * p.grad
        losses.append(model(*kept_back)[1].item())
        if losses[-1] < min(losses[:-1]):
            best = copy.deepcopy(model)
    return best, losses
    ### END SOLUTION


def rotary(x):
    """EX4, one feature of another paper: positions as rotations, to be done to queries and keys before they meet.

    x: (B, T, head_size) float, head_size even. Returns the same shape. The channels are taken in pairs, and the pair i
    (0, 1, ...) of position t is turned by the angle t / 10000 ** (2 * i / head_size). Which channels make a pair, and
    which way they turn, is up to you. So position 0 stays as it is, no vector becomes longer or shorter, and the
    product of a turned query and a turned key depends on how far apart they are, not on where they stand.

    Source: lecture 7, exercises, EX4; Su et al. 2021, section 3.2.
    """
    ### BEGIN SOLUTION rotary
    T, C = x.shape[1:]
    i = torch.arange(C // 2, dtype=x.dtype)
    t = torch.arange(T, dtype=x.dtype)
    angle = t[:, None] / 10000 ** (2 * i / C)                       # (T, C / 2)
    a, b = x[..., : C // 2], x[..., C // 2 :]                       # a channel of the first half with one of the second
    return torch.cat([a * angle.cos() - b * angle.sin(), a * angle.sin() + b * angle.cos()], dim=-1)
    ### END SOLUTION
