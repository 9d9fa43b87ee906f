"""Exercises of our own: the lecture lists none, but it ends with a promise, that this net is a convolution.

Needs layers.py for the names of its classes.
What is left out: WaveNet's gates, and its residual and skip connections.
"""

import torch

from layers import FlattenConsecutive, Linear


def predicted_shapes(vocab_size, block_size, n_embd, n_hidden, batch_size):
    """Predict, without running anything: the shape of what each layer of build_model's net returns.

    The input is (batch_size, block_size). Returns a list of tuples, one for each layer, in order.

    >>> predicted_shapes(27, 2, 24, 128, 32)
    [(32, 2, 24), (32, 48), (32, 128), (32, 128), (32, 128), (32, 27)]

    Source: our own, after lecture 6, 0:34.
    """
    raise NotImplementedError("layer-shapes")  # TODO: your code goes here


def seen_shapes(model, X):
    """Then look: run the model on X, and list the shape of each layer's output, in order. Returns a list of tuples.

    Source: our own, after lecture 6, 0:34.
    """
    raise NotImplementedError("layer-shapes")  # TODO: your code goes here


def causal_convolution(x, weight, dilation):
    """At every position, a few inputs times one matrix: the input there, and earlier ones at a distance.

    x: (B, T, C). weight: (n * C, H), for n inputs, each a row of C numbers. Output t is the product of weight with the
    inputs at t - (n - 1) * dilation, ..., t - dilation, t, laid side by side in this order. Before the start there are
    zeros, and nothing ever comes from after t. Returns (B, T, H).

    >>> x = torch.tensor([[[1.0], [2.0], [3.0], [4.0]]])
    >>> causal_convolution(x, torch.tensor([[10.0], [1.0]]), 2).flatten()      # 10 times the one two steps back
    tensor([ 1.,  2., 13., 24.])

    Source: our own, after lecture 6, 0:47; van den Oord et al. 2016, section 2.1.
    """
    raise NotImplementedError("causal-convolution")  # TODO: your code goes here


def slide(model, X):
    """The logits for every window of a longer row, all at once: the net as a stack of dilated convolutions.

    model: a net of build_model in evaluation mode, for windows of W symbols. X: (B, L) int64 with L at least W.
    Returns (B, L - W + 1, vocab_size): at index i what model(X[:, i : i + W]) gives. Each symbol of X is looked up only
    once: where the net would group positions and multiply, causal_convolution multiplies at every position. All the
    other layers work at every position as they are.

    With L = 15 and W = 8 there are 8 windows, the lecture's DeAndre: 8 x 8 lookups one by one, 15 here.

    Source: our own, after lecture 6, 0:47 to 0:51.
    """
    raise NotImplementedError("slide-net")  # TODO: your code goes here


def receptive_field(kernel_size, dilations):
    """How many inputs the last output of a stack of causal convolutions depends on. Returns an int.

    kernel_size: how many inputs each of them multiplies, an int. dilations: their dilations in order, a list of ints.

    >>> receptive_field(2, [1, 2, 4])
    8

    Source: our own, after lecture 6, 0:47; van den Oord et al. 2016, figures 2 and 3.
    """
    raise NotImplementedError("receptive-field")  # TODO: your code goes here


def seen_inputs(net, x):
    """Then look: which positions of the input does the last output depend on? Returns their numbers, in order.

    net: a function from (1, T, C) to (1, T, H). x: (1, T, C) float, which stays as it is.
    The last output is net(x)[0, -1]. A position counts if changing its numbers changes the last output.

    >>> seen_inputs(lambda x: causal_convolution(x, torch.tensor([[10.0], [1.0]]), 2), torch.ones(1, 6, 1))
    [3, 5]

    Source: our own, after lecture 6, 0:47.
    """
    raise NotImplementedError("receptive-field")  # TODO: your code goes here
