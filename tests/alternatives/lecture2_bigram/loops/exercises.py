import math

import torch

from lecture2_bigram import counts


def trigram_dataset(words, stoi):
    V = len(stoi)
    xs, ys = [], []
    for word in words:
        older, newer = 0, 0
        for character in word + ".":
            xs.append(V * older + newer)
            ys.append(stoi[character])
            older, newer = newer, stoi[character]
    return torch.tensor(xs), torch.tensor(ys)


def count_trigrams(words, stoi):
    V = len(stoi)
    rows = [[0] * V for _ in range(V * V)]
    xs, ys = trigram_dataset(words, stoi)
    for x, y in zip(xs.tolist(), ys.tolist()):
        rows[x][y] += 1
    return torch.tensor(rows)


def trigram_nll(P, words, stoi):
    xs, ys = trigram_dataset(words, stoi)
    total = 0.0
    for x, y in zip(xs.tolist(), ys.tolist()):
        probability = P[x, y].item()
        total += -math.log(probability) if probability > 0 else math.inf
    return total / len(xs)


def split(words, rng):
    left = list(words)
    mixed = []
    while left:
        mixed.append(left.pop(rng.randrange(len(left))))
    n = len(mixed)
    train = [mixed[i] for i in range(n) if i < n * 8 // 10]
    dev = [mixed[i] for i in range(n) if n * 8 // 10 <= i < n * 9 // 10]
    test = [mixed[i] for i in range(n) if i >= n * 9 // 10]
    return train, dev, test


def tune_smoothing(train, dev, strengths):
    stoi, _ = counts.build_vocabulary(train + dev)
    N = count_trigrams(train, stoi)
    best, train_losses, dev_losses = None, [], []
    for strength in strengths:
        P = counts.bigram_probabilities(N, strength)
        train_losses.append(trigram_nll(P, train, stoi))
        dev_losses.append(trigram_nll(P, dev, stoi))
        if best is None or dev_losses[-1] <= min(dev_losses):
            best = strength
    return best, train_losses, dev_losses


def logits_by_indexing(xs, W):
    return torch.stack([W[x] for x in xs])


def loss_by_cross_entropy(xs, ys, W, l2):
    loss = 0.0
    for x, y in zip(xs, ys):
        loss = loss + torch.logsumexp(W[x], 0) - W[x, y]
    return loss / len(xs) + l2 * sum(weight**2 for weight in W.flatten()) / W.numel()
