import math

import torch

import mlp


def candidate_rates(low, high, count):
    return torch.logspace(low, high, count, dtype=torch.float64)


def sweep(parameters, X, Y, low, high, count, batch_size, generator):
    rates = candidate_rates(low, high, count)
    return rates, mlp.train(parameters, X, Y, count, batch_size, lambda i: rates[i].item(), generator)


def pick(rates, losses, block=50):
    sums = {i: math.fsum(losses[i:i + block]) for i in range(0, len(losses) - block + 1, block)}
    return rates[min(sums, key=sums.get) + block // 2]
