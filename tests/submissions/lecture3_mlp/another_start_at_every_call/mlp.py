"""Lecture 3: the parameters of the net, and nothing else yet."""

import torch


def init_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    shapes = [(vocab_size, n_embd), (block_size * n_embd, n_hidden), (n_hidden,), (n_hidden, vocab_size), (vocab_size,)]
    return [torch.randn(shape, generator=generator).requires_grad_() for shape in shapes]
