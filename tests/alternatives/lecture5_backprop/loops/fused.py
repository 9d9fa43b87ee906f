import math

import torch


def cross_entropy_backward(logits, Yb):
    found = []
    for row, y in zip(logits.tolist(), Yb.tolist()):
        most = max(row)
        counts = [math.exp(x - most) for x in row]
        total = sum(counts)
        found.append([(count / total - (j == y)) / len(Yb) for j, count in enumerate(counts)])
    return torch.tensor(found, dtype=logits.dtype)


def batchnorm_backward(dhpreact, bnraw, bnvar_inv, bngain):
    n, H = dhpreact.shape
    found = torch.empty_like(dhpreact)
    for j in range(H):
        d, x = dhpreact[:, j], bnraw[:, j]
        mean, along = sum(d) / n, sum(a * b for a, b in zip(d, x)) / (n - 1)
        for i in range(n):
            found[i, j] = bngain[0, j] * bnvar_inv[0, j] * (d[i] - mean - x[i] * along)
    return found
