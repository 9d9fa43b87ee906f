"""The lecture's own exercises: E02, a calmer start, and E03, an idea from the paper.

E01, beating the lecture's loss, has no code here: you hand in the weights you trained (see the README of this lecture).
What is left out: scaling the other layers well. Lecture 4 is about that.
"""

import math

import torch

from mlp import embed, init_parameters


def uniform_loss(vocab_size):
    """The loss of a net that gives every symbol the same probability. Returns a float.

    >>> uniform_loss(27)
    3.295836866004329

    Source: lecture 3, exercises, E02 (1).
    """
    raise NotImplementedError("uniform-start")  # TODO: your code goes here


def uniform_start(vocab_size, block_size, n_embd, n_hidden, generator):
    """Parameters as `init_parameters` makes them, but with a first loss close to `uniform_loss`.

    Arguments and result as there: [C, W1, b1, W2, b2], each requiring a gradient, in float32. C, W1 and b1 are the same
    draws, in the same order. W2 and b2 are of your making: on any rows the loss before training must lie
    less than 0.1 away from uniform_loss(vocab_size).

    >>> X, Y = build_dataset(["emma", "olivia", "ava", "isabella", "sophia"], stoi, 3)
    >>> g = torch.Generator().manual_seed(2147483647)
    >>> evaluate(init_parameters(27, 3, 2, 100, g), X, Y)          # far above 3.2958: sure of itself, and wrong
    17.76971435546875
    >>> g = torch.Generator().manual_seed(2147483647)
    >>> round(evaluate(uniform_start(27, 3, 2, 100, g), X, Y), 1)
    3.3

    Source: lecture 3, exercises, E02 (2).
    """
    raise NotImplementedError("uniform-start")  # TODO: your code goes here


def forward_direct(parameters, X):
    """The net of the paper in full: logits = b2 + x W3 + tanh(b1 + x W1) W2, x being a row's embeddings side by side.

    parameters: [C, W1, b1, W2, b2, W3]; the first five as in mlp.py, W3 (block_size * n_embd, vocab_size) the direct
    connections from the embeddings to the outputs. X: (N, block_size) int64. Returns logits, (N, vocab_size).
    The paper writes y = b + W x + U tanh(d + H x), with columns for our rows; its b, W, U, d and H are our b2, W3, W2,
    b1 and W1.

    >>> C = torch.tensor([[0.5], [-1.0], [2.0]]); W1 = torch.tensor([[1.0], [-0.5]]); b1 = torch.tensor([0.25])
    >>> W2 = torch.tensor([[1.0, -2.0, 0.5]]); b2 = torch.tensor([0.0, 1.0, -1.0])
    >>> W3 = torch.tensor([[1.0, 0.0, 2.0], [0.0, -1.0, 0.5]])
    >>> forward_direct([C, W1, b1, W2, b2, W3], torch.tensor([[0, 2]]))
    tensor([[ 0.2551, -0.5102,  0.8775]])

    Source: lecture 3, exercises, E03; Bengio et al. 2003, equation 1.
    """
    raise NotImplementedError("direct-connections")  # TODO: your code goes here
