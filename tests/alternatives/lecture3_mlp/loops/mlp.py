import math

import torch


def init_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    C = torch.empty(vocab_size, n_embd).normal_(generator=generator)
    W1 = torch.empty(n_embd * block_size, n_hidden).normal_(generator=generator)
    b1 = torch.randn(n_hidden, generator=generator)
    W2 = torch.empty(n_hidden, vocab_size).normal_(generator=generator)
    b2 = torch.randn(vocab_size, generator=generator)
    for p in (C, W1, b1, W2, b2):
        p.requires_grad_()
    return [C, W1, b1, W2, b2]


def embed(C, X):
    # one symbol after the other
    rows = []
    for context in X.tolist():
        rows.append(torch.stack([C[ix] for ix in context]))
    return torch.stack(rows)


def forward(parameters, X):
    C, W1, b1, W2, b2 = parameters
    emb = embed(C, X)
    n, block_size, n_embd = emb.shape
    logits = []
    for i in range(n):
        # each position has its own part of W1
        hpreact = b1
        for t in range(block_size):
            part = W1[t * n_embd:(t + 1) * n_embd]
            hpreact = hpreact + (emb[i, t].unsqueeze(1) * part).sum(0)
        e = torch.exp(-2 * hpreact.abs())
        h = torch.sign(hpreact) * (1 - e) / (1 + e)      # tanh, without overflow
        logits.append((h.unsqueeze(1) * W2).sum(0) + b2)
    return torch.stack(logits)


def loss(logits, Y):
    total = 0
    for row, y in zip(logits, Y.tolist()):
        row = row - row.max()
        total = total - (row[y] - row.exp().sum().log())
    return total / len(Y)


def minibatch(X, Y, batch_size, generator):
    Xb, Yb = [], []
    for i in torch.randint(0, len(Y), (batch_size,), generator=generator).tolist():
        Xb.append(X[i])
        Yb.append(Y[i])
    return torch.stack(Xb), torch.stack(Yb)


def sgd_step(parameters, lr):
    with torch.no_grad():
        for p in parameters:
            p.copy_(p - p.grad * lr)


def train(parameters, X, Y, steps, batch_size, schedule, generator):
    losses = []
    step = 0
    while step < steps:
        Xb, Yb = minibatch(X, Y, batch_size, generator)
        l = loss(forward(parameters, Xb), Yb)
        for p in parameters:
            if p.grad is not None:
                p.grad.zero_()
        l.backward()
        lr = schedule(step)
        sgd_step(parameters, lr)
        losses.append(float(l))
        step += 1
    return losses


def evaluate(parameters, X, Y):
    with torch.no_grad():
        total = 0.0
        for i in range(len(Y)):
            total += loss(forward(parameters, X[i:i + 1]), Y[i:i + 1]).item()
    return total / len(Y)


def sample_names(parameters, itos, block_size, count, generator):
    names = []
    for _ in range(count):
        name = ""
        context = []
        for _ in range(block_size):
            context.append(0)
        ix = None
        while ix != 0:
            logits = forward(parameters, torch.tensor([context]))[0]
            largest = max(logits.tolist())
            counts = [math.exp(x - largest) for x in logits.tolist()]
            probs = torch.tensor([c / sum(counts) for c in counts], dtype=torch.float64)
            ix = int(torch.multinomial(probs, 1, generator=generator))
            if ix != 0:
                name += itos[ix]
                context.append(ix)
                del context[0]
        names.append(name)
    return names
