import math

import torch

from lecture2_bigram.counts import bigrams


def bigram_dataset(words, stoi):
    xs = torch.zeros(sum(len(bigrams(word)) for word in words), dtype=torch.int64)
    ys = torch.zeros_like(xs)
    n = 0
    for word in words:
        for first, second in bigrams(word):
            xs[n] = stoi[first]
            ys[n] = stoi[second]
            n += 1
    return xs, ys


def one_hot(xs, classes):
    rows = torch.zeros(len(xs), classes)
    for n, x in enumerate(xs.tolist()):
        rows[n, x] = 1
    return rows


def probabilities(xs, W):
    rows = []
    for x in xs:
        row = W[x]
        powers = torch.stack([(logit - row.max()).exp() for logit in row])
        rows.append(powers / powers.sum())
    return torch.stack(rows)


def nll_loss(xs, ys, W, l2):
    loss = 0.0
    probs = probabilities(xs, W)
    for n in range(len(xs)):
        loss = loss - torch.log(probs[n, ys[n]])
    loss = loss / len(xs)
    price = 0.0
    for row in W:
        for weight in row:
            price = price + weight * weight
    return loss + l2 * price / (W.shape[0] * W.shape[1])


def train(xs, ys, W, steps, lr, l2):
    """The gradient worked out by hand, entry by entry."""
    losses = []
    C, V = W.shape
    seen = list(zip(xs.tolist(), ys.tolist()))
    for _ in range(steps):
        rows = W.tolist()
        probs = []
        for row in rows:
            powers = [math.exp(logit - max(row)) for logit in row]
            probs.append([power / sum(powers) for power in powers])
        loss = -sum(math.log(probs[x][y]) for x, y in seen) / len(seen)
        loss += l2 * sum(weight**2 for row in rows for weight in row) / (C * V)
        losses.append(loss)
        gradient = [[2 * l2 * weight / (C * V) for weight in row] for row in rows]
        for x, y in seen:
            for v in range(V):
                gradient[x][v] += (probs[x][v] - (v == y)) / len(seen)
        with torch.no_grad():
            for c in range(C):
                for v in range(V):
                    W[c, v] -= lr * gradient[c][v]
    return losses


def sample_names(W, itos, count, generator):
    names = []
    while len(names) < count:
        letters = []
        ix = 0
        while True:
            row = W[ix].detach()
            powers = (row - row.max()).exp()
            ix = int(torch.multinomial(powers / powers.sum(), 1, replacement=True, generator=generator))
            if ix == 0:
                break
            letters.append(itos[ix])
        names.append("".join(letters))
    return names
