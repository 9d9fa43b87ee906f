"""All together: a net that trains without loss.backward().

Lecture 5, 1:50 to 1:54. Needs `forward_pieces` from forward.py, the functions of pieces.py and those of fused.py.
What is left out: drawing the parameters (the README of this lecture has the lines) and sampling names, which is as in
lecture 3.

`parameters` is the list [C, W1, b1, W2, b2, bngain, bnbias] of forward.py: plain tensors, for which torch keeps no
graph.
"""

import torch
import torch.nn.functional as F

import pieces
from forward import forward_pieces
from fused import batchnorm_backward, cross_entropy_backward


def backward_by_hand(parameters, Xb, Yb):
    """The loss of a minibatch and its gradients. Returns (loss, grads): a float and a list of seven tensors.

    parameters: as above. Xb: (n, block_size) int64, Yb: (n,) int64. Each gradient has the shape of its parameter, and
    they stand in the same order. No backward(), no torch.autograd, no torch.func; parameters stay as they are.

    >>> C, W1, b1 = torch.tensor([[1.0], [2.0], [6.0]]), torch.tensor([[1.0, -0.5]]), torch.tensor([0.0, 1.0])
    >>> W2, b2 = torch.tensor([[0.5, -1.0, 0.25], [1.0, 0.5, -2.0]]), torch.tensor([0.1, 0.2, 0.3])
    >>> parameters = [C, W1, b1, W2, b2, torch.ones((1, 2)), torch.zeros((1, 2))]
    >>> loss, grads = backward_by_hand(parameters, torch.tensor([[0], [1], [2]]), torch.tensor([2, 0, 1]))
    >>> round(loss, 4), grads[4]                                              # db2
    (2.3773, tensor([-0.0969,  0.0645,  0.0324]))
    >>> [tuple(g.shape) for g in grads]
    [(3, 1), (1, 2), (2,), (2, 3), (3,), (1, 2), (1, 2)]

    Source: lecture 5, 1:50 (exercise 4).
    """
    raise NotImplementedError("backward-by-hand")  # TODO: your code goes here


def train_manual(parameters, Xtr, Ytr, steps, batch_size, schedule, generator):
    """Train on minibatches, with gradients by hand. Returns the list of losses, one float per step.

    parameters: as above, changed in place. Xtr: (N, block_size) int64, Ytr: (N,) int64. steps, batch_size: ints.
    schedule: a function from the number of a step (0, 1, ...) to its learning rate. generator: a torch.Generator.
    A step: one call torch.randint(0, N, (batch_size,), generator=generator) says which rows make the minibatch; its
    loss and gradients come from `backward_by_hand`; every parameter moves against its gradient.
    A step's loss is that of its own minibatch, measured before the update.

    >>> C, W1, b1 = torch.tensor([[1.0], [2.0], [6.0]]), torch.tensor([[1.0, -0.5]]), torch.tensor([0.0, 1.0])
    >>> W2, b2 = torch.tensor([[0.5, -1.0, 0.25], [1.0, 0.5, -2.0]]), torch.tensor([0.1, 0.2, 0.3])
    >>> parameters = [C, W1, b1, W2, b2, torch.ones((1, 2)), torch.zeros((1, 2))]
    >>> Xtr, Ytr, g = torch.tensor([[0], [1], [2]]), torch.tensor([2, 0, 1]), torch.Generator().manual_seed(2147483647)
    >>> [round(l, 4) for l in train_manual(parameters, Xtr, Ytr, 3, 4, lambda step: 0.1, g)]
    [2.4192, 2.4208, 1.9432]

    The lecture takes 200,000 steps of 32 rows with 200 hidden units, at 0.1 and then 0.01, and ends near 2.07.

    Source: lecture 5, 1:50 to 1:54 (exercise 4).
    """
    raise NotImplementedError("train-by-hand")  # TODO: your code goes here


def calibrate_batchnorm(parameters, Xtr):
    """Mean and variance of the numbers in front of batch norm over the whole training set, once it is trained.

    parameters: as above. Xtr: (N, block_size) int64. Returns (bnmean, bnvar), each (1, n_hidden). The variance is
    divided by N - 1, and is without eps. The numbers in front of batch norm are hprebn of forward.py, with b1.

    >>> C, W1, b1 = torch.tensor([[1.0], [2.0], [6.0]]), torch.tensor([[1.0, -0.5]]), torch.tensor([0.0, 1.0])
    >>> parameters = [C, W1, b1, torch.zeros((2, 3)), torch.zeros(3), torch.ones((1, 2)), torch.zeros((1, 2))]
    >>> calibrate_batchnorm(parameters, torch.tensor([[0], [1], [2]]))
    (tensor([[ 3.0000, -0.5000]]), tensor([[7.0000, 1.7500]]))

    Source: lecture 5, 1:52.
    """
    raise NotImplementedError("calibrate-batchnorm")  # TODO: your code goes here


def calibrated_loss(parameters, X, Y, bnmean, bnvar):
    """The loss over any rows, with the statistics of `calibrate_batchnorm` in place of the rows' own. Returns a float.

    parameters: as above. X: (N, block_size) int64, N may be 1. Y: (N,) int64. bnmean, bnvar: (1, n_hidden) float.
    The loss is a mean over the rows. 1e-5 is added to bnvar, before the root.

    >>> C, W1, b1 = torch.tensor([[1.0], [2.0], [6.0]]), torch.tensor([[1.0, -0.5]]), torch.tensor([0.0, 1.0])
    >>> W2, b2 = torch.tensor([[0.5, -1.0, 0.25], [1.0, 0.5, -2.0]]), torch.tensor([0.1, 0.2, 0.3])
    >>> parameters = [C, W1, b1, W2, b2, torch.ones((1, 2)), torch.zeros((1, 2))]
    >>> bnmean, bnvar = torch.tensor([[3.0, -0.5]]), torch.tensor([[7.0, 1.75]])
    >>> round(calibrated_loss(parameters, torch.tensor([[1]]), torch.tensor([0]), bnmean, bnvar), 4)
    1.1113

    The lecture's net ends at about 2.07 on the training split and 2.11 on the other.

    Source: lecture 5, 1:52 to 1:54.
    """
    raise NotImplementedError("calibrated-loss")  # TODO: your code goes here
