"""How a net should start: undecided about its first prediction, and with neurons that can still learn.

Lecture 4, 0:04 to 0:40. Needs torch and nothing of your own.
What is left out: batch norm, which makes much of this care unnecessary. It is the next file.
"""

import math

import torch


def expected_initial_loss(vocab_size):
    """The loss, in nats, of a net that prefers no character to any other. Returns a float.

    vocab_size: int, how many characters there are.

    >>> expected_initial_loss(4)
    1.3862943611198906

    The lecture's net knows 27 characters and should start at about 3.2958.

    Source: lecture 4, 0:05.
    """
    # everybody gets the same probability, the right one too: -log(1 / vocab_size)
    return math.log(vocab_size)


def kaiming_std(fan_in, nonlinearity):
    """How widely the weights of a layer should be spread, so that its outputs spread like its inputs.

    fan_in: int, how many numbers each output is a sum of. nonlinearity: "tanh", "relu" or "linear", what
    follows the layer. The gains are 5/3, the square root of 2, and 1. Returns a float, the standard deviation.

    >>> kaiming_std(30, "tanh")                   # the lecture's first layer
    0.3042903097250923

    Source: lecture 4, 0:28 to 0:37; He et al. 2015, equation 10, for relu.
    """
    gains = {"tanh": 5 / 3, "relu": 2**0.5, "linear": 1.0}
    gain = gains[nonlinearity]           # makes up for what the nonlinearity squeezes
    # variances add up: a sum of fan_in terms spreads sqrt(fan_in) times as wide as one of them
    return gain / fan_in**0.5


def init_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    """The parameters of the lecture's net with a calm start. Returns the list [C, W1, b1, W2, b2].

    C   (vocab_size, n_embd)               torch.randn as it comes
    W1  (n_embd * block_size, n_hidden)    torch.randn, spread as `kaiming_std` says for tanh
    b1  (n_hidden,)                        torch.randn times 0.01
    W2  (n_hidden, vocab_size)             torch.randn times 0.01, so that the first logits are close to 0
    b2  (vocab_size,)                      zeros

    Random numbers come from `torch.randn(..., generator=generator)`, in the order of this list. Every
    parameter is of torch's default dtype, has requires_grad True, and is a leaf of the graph (its is_leaf is
    True): only a leaf keeps the gradient that backward() brings.

    >>> parameters = init_parameters(27, 3, 10, 200, torch.Generator().manual_seed(2147483647))
    >>> sum(p.nelement() for p in parameters)
    11897
    >>> [round(p.std().item(), 4) for p in parameters]
    [1.0007, 0.3107, 0.0102, 0.01, 0.0]

    The first loss is then about 3.31. With five plain torch.randn it is about 27.88.

    Source: lecture 4, 0:08 to 0:13 (W2 and b2), 0:19 (b1), 0:37 (W1).
    """
    fan_in = n_embd * block_size
    C  = torch.randn((vocab_size, n_embd), generator=generator)
    # the pre-activations get a spread of about 5/3: wide enough for tanh, too narrow to saturate it
    W1 = torch.randn((fan_in, n_hidden), generator=generator) * kaiming_std(fan_in, "tanh")
    b1 = torch.randn(n_hidden, generator=generator) * 0.01
    # nothing is known yet, so no character may be preferred
    W2 = torch.randn((n_hidden, vocab_size), generator=generator) * 0.01
    b2 = torch.zeros(vocab_size)
    parameters = [C, W1, b1, W2, b2]
    for p in parameters:
        p.requires_grad = True
    return parameters


def saturated_fraction(h, threshold=0.99):
    """Which share of the activations lies on a flat end of tanh: at a distance from 0 above the threshold.

    h: (B, n_hidden) float, outputs of tanh. threshold: float. Returns a float between 0 and 1.

    >>> saturated_fraction(torch.tensor([[0.5, -0.999, 0.1], [0.995, -0.2, 0.3]]))     # 2 of 6
    0.3333333333333333

    Source: lecture 4, 0:17 (the picture in black and white).
    """
    saturated = h.abs() > threshold      # (B, n_hidden), True where the gradient is stopped
    return saturated.sum().item() / h.nelement()


def dead_neurons(h, threshold=0.99):
    """How many neurons are saturated for every example of the batch, so that none teaches them anything.

    h: (B, n_hidden) float, outputs of tanh, a column per neuron. threshold: float. Returns an int.

    >>> dead_neurons(torch.tensor([[0.995, -0.999, 0.1], [-0.992, -0.2, 0.3]]))        # the first one
    1

    Source: lecture 4, 0:18 (a column that is white from top to bottom).
    """
    saturated = h.abs() > threshold
    # over the batch: one flat example is no harm, all of them are
    return saturated.all(0).sum().item()
