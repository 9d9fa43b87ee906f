import torch

from mlp import forward, loss, minibatch, sgd_step


def candidate_rates(low, high, count):
    lre = torch.linspace(low, high, count)
    return 10**lre


def sweep(parameters, X, Y, low, high, count, batch_size, generator):
    rates, losses = [], []
    for lr in candidate_rates(low, high, count).tolist():
        Xb, Yb = minibatch(X, Y, batch_size, generator)
        l = loss(forward(parameters, Xb), Yb)
        for p in parameters:
            p.grad = None
        l.backward()
        sgd_step(parameters, lr)
        rates.append(lr)
        losses.append(l.item())
    return rates, losses


def pick(rates, losses, block=50):
    n = len(losses) // block
    means = torch.tensor(losses[:n * block]).view(n, block).mean(1)
    best = means.argmin().item()
    return rates[best * block + block // 2]
