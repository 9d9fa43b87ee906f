from collections import Counter

import numpy as np
import torch
import torch.nn.functional as F

from counts import bigram_probabilities, build_vocabulary


def trigram_dataset(words, stoi):
    codes = [[0, 0] + [stoi[ch] for ch in w] + [0] for w in words]
    xs = [np.ravel_multi_index(c[i : i + 2], (len(stoi),) * 2) for c in codes for i in range(len(c) - 2)]
    ys = [c[i + 2] for c in codes for i in range(len(c) - 2)]
    return torch.tensor(np.array(xs)), torch.tensor(ys)


def count_trigrams(words, stoi):
    V = len(stoi)
    xs, ys = trigram_dataset(words, stoi)
    return F.one_hot(xs, V * V).T @ F.one_hot(ys, V)


def trigram_nll(P, words, stoi):
    xs, ys = trigram_dataset(words, stoi)
    return F.nll_loss(torch.log(P)[xs], ys).item()


def split(words, rng):
    order = np.argsort([rng.random() for _ in words])
    mixed = [words[i] for i in order]
    n1, n2 = round(0.8 * len(words)), round(0.9 * len(words))
    return tuple(mixed[:n1]), tuple(mixed[n1:n2]), tuple(mixed[n2:])


def tune_smoothing(train, dev, strengths):
    stoi, itos = build_vocabulary([*train, *dev])
    losses = {}
    for k in strengths:
        P = bigram_probabilities(count_trigrams(train, stoi), k)
        losses[k] = trigram_nll(P, train, stoi), trigram_nll(P, dev, stoi)
    best = min(strengths, key=lambda k: losses[k][1])
    return best, torch.tensor([losses[k][0] for k in strengths]), np.array([losses[k][1] for k in strengths])


def logits_by_indexing(xs, W):
    return F.embedding(xs, W)


def loss_by_cross_entropy(xs, ys, W, l2):
    return F.cross_entropy(F.embedding(xs, W), ys).add((W**2).mean(), alpha=l2)
