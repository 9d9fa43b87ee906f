"""The two exercises that were published with lecture 4.

Needs layers.py for the second one.
What is left out: the long training runs. What they would show can be told from the first step.
"""

import torch
import torch.nn.functional as F

from layers import Linear

NAMES = ["C", "W1", "b1", "W2", "b2"]      # the parameters of the net with one hidden layer, in order


def predicted_to_move(zeroed):
    """Predict, without running the net: which parameters does the first step of training move?

    zeroed: the names of those parameters that start at zero, out of C, W1, b1, W2 and b2, in any order. All others
    start with random numbers. The net is the one of lecture 3: tanh(emb @ W1 + b1) @ W2 + b2, then the cross entropy.
    Returns the list of the names, in the order of NAMES, of the parameters whose gradient is not zero in every entry.

    >>> predicted_to_move(["W1", "b1"])
    ['W1', 'b1', 'b2']

    The question of the exercise is predicted_to_move(NAMES).

    Source: lecture 4, exercise E01.
    """
    raise NotImplementedError("zero-start")  # TODO: your code goes here


def seen_to_move(parameters, X, Y):
    """Then look: which parameters does the first step of training move?

    parameters: the list [C, W1, b1, W2, b2] of leaves with requires_grad True; C: (vocab_size, n_embd),
    W1: (n_embd * block_size, n_hidden), b1: (n_hidden,), W2: (n_hidden, vocab_size), b2: (vocab_size,).
    X: (B, block_size) int64. Y: (B,) int64. Run the net and backward, and return the list of the names, in the order of
    NAMES, of the parameters whose gradient is not zero in every entry. What an earlier backward() has left in their
    grad does not count.

    Source: lecture 4, exercise E01.
    """
    raise NotImplementedError("zero-start")  # TODO: your code goes here


def zero_start_limit(Y, vocab_size):
    """The loss that training ends at when everything starts at zero: the best that b2 can do alone. Returns a float.

    Y: (N,) int64, the targets of the training set. vocab_size: int; a character that never occurs in Y costs nothing.

    >>> zero_start_limit(torch.tensor([0, 1, 1, 3]), 5)        # shares 1/4, 1/2, 0, 1/4, 0
    1.0397207736968994

    On the lecture's names it is about 2.82.

    Source: lecture 4, exercise E01.
    """
    raise NotImplementedError("zero-start")  # TODO: your code goes here


def fold_batchnorm(linear, bn):
    """One Linear that does at evaluation what a Linear and the BatchNorm1d behind it do. Returns a new Linear.

    linear: a Linear, with or without a bias. bn: a BatchNorm1d as wide as its output, with running statistics (of shape
    (dim,) or (1, dim), as yours keeps them). Both stay as they are. The new layer has a bias of shape (dim,).

    >>> linear, bn = Linear(1, 1, bias=False), BatchNorm1d(1, eps=0.0)
    >>> linear.weight, bn.gamma, bn.beta = torch.tensor([[6.0]]), torch.tensor([2.0]), torch.tensor([0.5])
    >>> bn.running_mean, bn.running_var, bn.training = torch.tensor([3.0]), torch.tensor([16.0]), False
    >>> folded = fold_batchnorm(linear, bn)
    >>> x = torch.tensor([[2.0]])
    >>> folded(x), bn(linear(x))
    (tensor([[5.]]), tensor([[5.]]))

    Source: lecture 4, exercise E02; 0:50 and 1:22 for the formula.
    """
    return bn
