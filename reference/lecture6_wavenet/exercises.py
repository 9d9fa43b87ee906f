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
    ### BEGIN SOLUTION layer-shapes
    channels, positions = n_embd, block_size
    shapes = [(batch_size, positions, channels)]                 # Embedding
    while positions > 1:
        positions //= 2
        before = (batch_size,) if positions == 1 else (batch_size, positions)
        shapes.append((*before, 2 * channels))                   # FlattenConsecutive
        channels = n_hidden
        shapes += [(*before, channels)] * 3                      # Linear, BatchNorm1d, Tanh
    return [*shapes, (batch_size, vocab_size)]                   # the last Linear
    ### END SOLUTION


def seen_shapes(model, X):
    """Then look: run the model on X, and list the shape of each layer's output, in order. Returns a list of tuples.

    Source: our own, after lecture 6, 0:34.
    """
    ### BEGIN SOLUTION layer-shapes
    model(X)
    return [tuple(layer.out.shape) for layer in model.layers]
    ### END SOLUTION


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
    ### BEGIN SOLUTION causal-convolution
    B, T, C = x.shape
    n = weight.shape[0] // C
    before = x.new_zeros((B, (n - 1) * dilation, C))
    padded = torch.cat([before, x], dim=1)
    inputs = [padded[:, i * dilation : i * dilation + T] for i in range(n)]    # the oldest first, each (B, T, C)
    return torch.cat(inputs, dim=2) @ weight
    ### END SOLUTION


def slide(model, X):
    """The logits for every window of a longer row, all at once: the net as a stack of dilated convolutions.

    model: a net of build_model in evaluation mode, for windows of W symbols. X: (B, L) int64 with L at least W.
    Returns (B, L - W + 1, vocab_size): at index i what model(X[:, i : i + W]) gives. Each symbol of X is looked up only
    once: where the net would group positions and multiply, causal_convolution multiplies at every position. All the
    other layers work at every position as they are.

    With L = 15 and W = 8 there are 8 windows, the lecture's DeAndre: 8 x 8 lookups one by one, 15 here.

    Source: our own, after lecture 6, 0:47 to 0:51.
    """
    ### BEGIN SOLUTION slide-net
    x, dilation, n = X, 1, 1
    for layer in model.layers:
        if isinstance(layer, FlattenConsecutive):
            n = layer.n
        elif isinstance(layer, Linear) and n > 1:
            x = causal_convolution(x, layer.weight, dilation)
            dilation, n = dilation * n, 1          # one level up, neighbours are that much further apart
        else:
            x = layer(x)
    return x[:, dilation - 1 :]                    # before that, windows reach over the start
    ### END SOLUTION


def receptive_field(kernel_size, dilations):
    """How many inputs the last output of a stack of causal convolutions depends on. Returns an int.

    kernel_size: how many inputs each of them multiplies, an int. dilations: their dilations in order, a list of ints.

    >>> receptive_field(2, [1, 2, 4])
    8

    Source: our own, after lecture 6, 0:47; van den Oord et al. 2016, figures 2 and 3.
    """
    ### BEGIN SOLUTION receptive-field
    return 1 + sum((kernel_size - 1) * dilation for dilation in dilations)
    ### END SOLUTION


def seen_inputs(net, x):
    """Then look: which positions of the input does the last output depend on? Returns their numbers, in order.

    net: a function from (1, T, C) to (1, T, H). x: (1, T, C) float, which stays as it is.
    The last output is net(x)[0, -1]. A position counts if changing its numbers changes the last output.

    >>> seen_inputs(lambda x: causal_convolution(x, torch.tensor([[10.0], [1.0]]), 2), torch.ones(1, 6, 1))
    [3, 5]

    Source: our own, after lecture 6, 0:47.
    """
    ### BEGIN SOLUTION receptive-field
    x = x.clone().requires_grad_()
    net(x)[0, -1].sum().backward()
    return [t for t in range(x.shape[1]) if x.grad[0, t].any()]
    ### END SOLUTION
