import math

import torch

from mlp import embed, init_parameters


def uniform_loss(vocab_size):
    return -math.log(1 / vocab_size)


def uniform_start(vocab_size, block_size, n_embd, n_hidden, generator):
    parameters = init_parameters(vocab_size, block_size, n_embd, n_hidden, generator)
    W2, b2 = parameters[3:]
    W2.data *= 0.001
    b2.data *= 0
    return parameters


def forward_direct(parameters, X):
    C, W1, b1, W2, b2, W3 = parameters
    emb = embed(C, X)
    x = emb.view(emb.shape[0], -1)
    h = torch.tanh(x @ W1 + b1)
    return h @ W2 + b2 + x @ W3
