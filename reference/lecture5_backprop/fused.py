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
    ### BEGIN SOLUTION fused-cross-entropy
    n = logits.shape[0]
    dlogits = F.softmax(logits, 1)         # every symbol is pushed down by its probability ...
    dlogits[torch.arange(n), Yb] -= 1      # ... and the target is pulled up by 1
    dlogits /= n                           # the loss is a mean over the rows
    return dlogits
    ### END SOLUTION


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
    ### BEGIN SOLUTION fused-batchnorm
    n = dhpreact.shape[0]
    through_mean = dhpreact.sum(0) / n                                 # (H,), for each unit
    through_variance = bnraw * (dhpreact * bnraw).sum(0) / (n - 1)     # (n, H)
    return bngain * bnvar_inv * (dhpreact - through_mean - through_variance)
    ### END SOLUTION
