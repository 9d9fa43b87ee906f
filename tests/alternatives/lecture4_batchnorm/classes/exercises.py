import copy
import math
from collections import Counter

import torch

NAMES = ["C", "W1", "b1", "W2", "b2"]


class Zero:
    """What is known to be zero, and what may be anything: enough to follow the net forward and back."""

    def __init__(self, zeroed):
        self.zeroed = set(zeroed)

    def product(self, *names):
        return any(name in self.zeroed for name in names)

    def hidden(self):
        return self.product("C", "W1") and "b1" in self.zeroed

    def gradients(self):
        yield "C", self.product("W2", "W1")
        yield "W1", self.product("W2", "C")
        yield "b1", self.product("W2")
        yield "W2", self.hidden()
        yield "b2", False


class Net:
    def __init__(self, parameters):
        self.parameters = parameters

    def loss(self, X, Y):
        C, W1, b1, W2, b2 = self.parameters
        h = torch.tanh(C[X].flatten(1) @ W1 + b1)
        return torch.nn.CrossEntropyLoss()(h @ W2 + b2, Y)

    def moving(self, X, Y):
        gradients = torch.autograd.grad(self.loss(X, Y), self.parameters)
        return [name for name, gradient in zip(NAMES, gradients) if bool(gradient.any())]


def predicted_to_move(zeroed):
    return [name for name, is_zero in Zero(zeroed).gradients() if not is_zero]


def seen_to_move(parameters, X, Y):
    return Net(parameters).moving(X, Y)


def zero_start_limit(Y, vocab_size):
    counts = Counter(Y.tolist())
    return -sum(n / len(Y) * math.log(n / len(Y)) for n in counts.values())


class Line:
    """What batch norm is at evaluation: for each unit a slope and an intercept."""

    def __init__(self, bn):
        mean, var = bn.running_mean.flatten(), bn.running_var.flatten()
        self.slope = bn.gamma.detach() * (var + bn.eps).rsqrt()
        self.intercept = bn.beta.detach() - mean * self.slope


def fold_batchnorm(linear, bn):
    line, folded = Line(bn), copy.copy(linear)
    folded.weight = linear.weight.detach() @ torch.diag(line.slope)
    folded.bias = line.intercept
    if linear.bias is not None:
        folded.bias = folded.bias + line.slope * linear.bias.detach()
    return folded
