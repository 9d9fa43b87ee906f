"""numpy for the numbers that need no gradient."""

import numpy as np
import torch

from mlp import forward, loss, minibatch


def candidate_rates(low, high, count):
    return torch.tensor(np.logspace(low, high, num=count))


def sweep(parameters, X, Y, low, high, count, batch_size, generator):
    rates = candidate_rates(low, high, count).tolist()
    losses = []
    for lr in rates:
        Xb, Yb = minibatch(X, Y, batch_size, generator)
        l = loss(forward(parameters, Xb), Yb)
        for p, g in zip(parameters, torch.autograd.grad(l, list(parameters))):
            p.data = torch.sub(p.data, g, alpha=lr)
        losses.append(l.item())
    return rates, losses


def pick(rates, losses, block=50):
    whole = len(losses) - len(losses) % block
    means = np.asarray(losses)[:whole].reshape(-1, block).mean(axis=1)
    return np.asarray(rates)[:whole].reshape(-1, block)[means.argmin(), block // 2].item()
