import math

import torch

from mlp import Net, init_parameters


def uniform_loss(vocab_size):
    return math.log(vocab_size)


def uniform_start(vocab_size, block_size, n_embd, n_hidden, generator):
    net = Net(init_parameters(vocab_size, block_size, n_embd, n_hidden, generator))
    with torch.no_grad():
        torch.nn.init.zeros_(net.b2)
        net.W2.mul_(1 / 1000)
    return net.parameters


class DirectNet(Net):
    def __init__(self, parameters):
        *usual, self.W3 = parameters
        super().__init__(usual)

    def __call__(self, X):
        straight = torch.nn.functional.embedding(X, self.C).flatten(start_dim=1) @ self.W3
        return super().__call__(X) + straight


def forward_direct(parameters, X):
    return DirectNet(parameters)(X)
