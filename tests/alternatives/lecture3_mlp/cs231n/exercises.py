import numpy as np
import torch

from mlp import affine_backward, affine_forward, embedding_backward, embedding_forward, init_parameters
from mlp import tanh_backward, tanh_forward


def uniform_loss(vocab_size):
    probs = np.full(vocab_size, 1 / vocab_size)
    return -np.log(probs[0])


def uniform_start(vocab_size, block_size, n_embd, n_hidden, generator):
    parameters = init_parameters(vocab_size, block_size, n_embd, n_hidden, generator)
    for p, weight_scale in zip(parameters, [1, 1, 1, 1e-4, 1e-2]):
        p.data = p.data * weight_scale
    return parameters


class DirectFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, X, C, W1, b1, W2, b2, W3):
        emb, c0 = embedding_forward(X, C)
        x = emb.reshape(len(X), -1)
        a, c1 = affine_forward(x, W1, b1)
        h, c2 = tanh_forward(a)
        through, c3 = affine_forward(h, W2, b2)
        straight, c4 = affine_forward(x, W3, torch.zeros_like(b2))
        ctx.caches, ctx.shape = (c0, c1, c2, c3, c4), emb.shape
        return through + straight

    @staticmethod
    def backward(ctx, dout):
        c0, c1, c2, c3, c4 = ctx.caches
        dh, dW2, db2 = affine_backward(dout, c3)
        dx, dW3, _ = affine_backward(dout, c4)
        dx1, dW1, db1 = affine_backward(tanh_backward(dh, c2), c1)
        dC = embedding_backward((dx + dx1).reshape(ctx.shape), c0)
        return None, dC, dW1, db1, dW2, db2, dW3


def forward_direct(parameters, X):
    return DirectFunction.apply(X, *parameters)
