"""Looking into a net: are its activations, gradients and updates of a healthy size in every layer?

Lecture 4, 1:26 to 1:51. Needs the classes of layers.py.
What is left out: the histograms. These functions give the numbers that stand in the lecture's legends.

Standard deviations are those of `std`: over all entries of a tensor, divided by one less than their number.
"""

import torch

from layers import Tanh


def activation_stats(layers, threshold=0.97):
    """How the outputs of the Tanh layers are spread, after a forward pass. Returns a list, one triple per Tanh layer.

    layers: list of layers, of which only those that are Tanh count; each has its last output in `out`.
    A triple is (mean, standard deviation, saturated share): floats, over all entries of `out`. The share is between
    0 and 1: of the entries whose distance from 0 is above the threshold.

    >>> tanh = Tanh()
    >>> out = tanh(torch.tensor([[0.0, 1.0, -3.0], [2.5, -0.5, 0.25]]))
    >>> [round(x, 4) for x in activation_stats([tanh])[0]]
    [0.0893, 0.7442, 0.3333]

    Source: lecture 4, 1:27 to 1:30.
    """
    return []


def gradient_stats(layers, loss):
    """How the gradients at the outputs of the Tanh layers are spread. Returns a list of (mean, standard deviation).

    layers: list of layers after a forward pass; only those that are Tanh count, one pair of floats for each.
    loss: the tensor that was computed from their outputs, on which backward() has not been called yet: call it here.
    The outputs are no leaves of the graph, so torch forgets their gradients unless it is told to retain them.

    >>> tanh = Tanh()
    >>> out = tanh(torch.tensor([[0.5, -1.0, 2.0]], requires_grad=True))
    >>> [round(x, 4) for x in gradient_stats([tanh], (out**2).sum())[0]]          # the gradient is 2 * out
    [0.443, 1.7752]

    Source: lecture 4, 1:30 to 1:32.
    """
    return [(1.0,) for layer in layers if isinstance(layer, Tanh)]


def grad_to_data(parameters):
    """How large the gradients of the weights are, beside the weights. Returns a list of floats, one per weight matrix.

    parameters: list of tensors with `grad` filled in. Only those with two dimensions count.
    A ratio is the standard deviation of the gradient over that of the weights.

    >>> W = torch.tensor([[1.0, 2.0], [3.0, 6.0]]); W.grad = torch.tensor([[0.1, 0.0], [0.0, 0.3]])
    >>> b = torch.tensor([1.0, 2.0]); b.grad = torch.tensor([0.5, 0.1])
    >>> [round(ratio, 6) for ratio in grad_to_data([W, b])]
    [0.065465]

    Source: lecture 4, 1:36 to 1:40.
    """
    raise NotImplementedError("grad-to-data")  # TODO: your code goes here


def update_ratios(parameters, lr):
    """How far one step moves the weights, beside the weights, in powers of ten. Returns a list of floats.

    parameters: list of tensors with `grad` filled in. Only those with two dimensions count, one number each.
    lr: float, the learning rate. A number is the logarithm to base 10 of the standard deviation of the update over
    that of the weights. About -3 is healthy: the weights change by a thousandth per step. No step is taken here: the
    parameters and their gradients stay as they are.

    >>> W = torch.tensor([[1.0, 2.0], [3.0, 6.0]]); W.grad = torch.tensor([[0.1, 0.0], [0.0, 0.3]])
    >>> [round(ratio, 4) for ratio in update_ratios([W], 0.1)]
    [-2.184]

    Source: lecture 4, 1:40 to 1:46.
    """
    raise NotImplementedError("update-ratios")  # TODO: your code goes here
