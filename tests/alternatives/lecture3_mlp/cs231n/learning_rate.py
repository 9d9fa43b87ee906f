import numpy as np
import torch

from mlp import TwoLayerNet, minibatch


def candidate_rates(low, high, count):
    return torch.from_numpy(np.logspace(low, high, num=count))


def sweep(parameters, X, Y, low, high, count, batch_size, generator):
    learning_rates = np.logspace(low, high, num=count)
    results = np.zeros((count, 2))
    for i, lr in enumerate(learning_rates):
        loss, grads = TwoLayerNet(parameters).loss(*minibatch(X, Y, batch_size, generator))
        for p, grad in zip(parameters, grads):
            p.data.sub_(grad, alpha=float(lr))
        results[i] = lr, float(loss)
    return results[:, 0], results[:, 1]


def pick(rates, losses, block=50):
    n = len(losses) - len(losses) % block
    means = np.array(losses)[:n].reshape(-1, block).mean(axis=1)
    return float(np.array(rates)[:n].reshape(-1, block)[np.argmin(means), block // 2])
