from math import log as uniform_loss

from mlp import init_parameters, torch


def uniform_start(*sizes):
    *rest, W2, b2 = init_parameters(*sizes)
    return [*rest, torch.zeros_like(W2, requires_grad=True), torch.zeros_like(b2, requires_grad=True)]


def forward_direct(parameters, X):
    C, W1, b1, W2, b2, W3 = parameters
    x = C[X].flatten(1)
    h = torch.hstack([(x @ W1 + b1).tanh(), x])
    return h @ torch.vstack([W2, W3]) + b2
