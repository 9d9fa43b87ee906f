"""The two long stretches of pieces.py in one formula each, worked out with pencil and paper.

Lecture 5, 1:26 to 1:50. Needs torch and nothing of your own.
What is left out: the derivations. Do them yourself before you look at the video; much cancels.

You differentiate, and torch only computes: no backward(), no torch.autograd, no torch.func. What is handed in stays as
it is.
"""

import torch
import torch.nn.functional as F


def cross_entropy_backward(logits, Yb):
    """The gradient at the logits of their mean cross entropy loss, without its eight steps.

    logits: (n, V) float. Yb: (n,) int64, the targets. Returns dlogits, (n, V). It comes out right for large logits too,
    where exp alone would overflow.

    >>> cross_entropy_backward(torch.tensor([[0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]]), torch.tensor([2, 0]))
    tensor([[ 0.1250,  0.1250, -0.3750,  0.1250],
            [-0.3750,  0.1250,  0.1250,  0.1250]])

    Every row adds up to 0: what the target is pulled up by, the others are pushed down by.

    Source: lecture 5, 1:26 to 1:36 (exercise 2).
    """
    raise NotImplementedError("fused-cross-entropy")  # TODO: your code goes here


def batchnorm_backward(dhpreact, bnraw, bnvar_inv, bngain):
    """The gradient at hprebn, the numbers in front of batch norm, without its six steps.

    dhpreact: (n, H) float, the gradient that arrives behind batch norm. bnraw (n, H), bnvar_inv (1, H) and bngain
    (1, H) are those of the forward pass, where the variance was divided by n - 1. Returns dhprebn, (n, H).

    >>> bnraw = torch.tensor([[-1.0], [0.0], [1.0]])             # of hprebn 2, 4, 6, say, with variance 4
    >>> batchnorm_backward(torch.tensor([[3.0], [0.0], [0.0]]), bnraw, torch.tensor([[0.5]]), torch.tensor([[2.0]]))
    tensor([[ 0.5000],
            [-1.0000],
            [ 0.5000]])

    Every column adds up to 0: moving all examples together changes nothing.

    Source: lecture 5, 1:36 to 1:50 (exercise 3); Ioffe and Szegedy 2015, section 3 (which divides by n).
    """
    raise NotImplementedError("fused-batchnorm")  # TODO: your code goes here
