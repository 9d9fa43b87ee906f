"""Batch norm written out: the hidden layer is told to be standardised, and learns how far to leave that again.

Lecture 4, 0:40 to 1:04; Ioffe and Szegedy 2015. Needs `kaiming_std` from initialisation.py.
What is left out: classes. Here everything is a function of tensors; layers.py packs it up.

All functions divide by n - 1 in a variance, as the lecture does with `std`. (torch.nn.BatchNorm1d divides by n
when it normalises.) The small number eps is added to the variance, before the square root is taken.
"""

import torch

from initialisation import kaiming_std


def normalise_batch(hpreact, bngain, bnbias, eps=1e-5):
    """Standardise every hidden unit over the batch, then scale it by bngain and move it by bnbias.

    hpreact: (B, n_hidden) float. bngain, bnbias: (1, n_hidden) float. eps: float.
    Returns a tensor (B, n_hidden) through which gradients flow, to hpreact as well.

    >>> normalise_batch(torch.tensor([[1.0], [2.0], [6.0]]), torch.tensor([[2.0]]), torch.tensor([[3.0]])).flatten()
    tensor([1.4881, 2.2441, 5.2678])

    The column's mean is 3 and its variance 7, with n - 1. Afterwards its mean is 3, the bnbias, and its
    spread is 2, the bngain.

    Source: lecture 4, 0:42 to 0:47; Ioffe and Szegedy 2015, algorithm 1 (which divides by n).
    """
    return (bngain * (hpreact - hpreact.mean(0)) / (hpreact.var(0) + eps).sqrt() + bnbias).detach()


def update_running(bnmean_running, bnstd_running, hpreact, momentum=0.001):
    """Let the running mean and standard deviation creep towards those of one more batch.

    bnmean_running, bnstd_running: (1, n_hidden) float. hpreact: (B, n_hidden) float. momentum: float, the share
    that the new batch gets; the old value keeps the rest. The standard deviation is that of `std`, without eps.
    Returns (bnmean_running, bnstd_running), the new ones. They are numbers to remember and not to learn, so they
    do not hang on the graph: their requires_grad is False.

    >>> hpreact = torch.tensor([[1.0], [2.0], [6.0]])
    >>> mean, std = update_running(torch.tensor([[0.0]]), torch.tensor([[1.0]]), hpreact, momentum=0.1)
    >>> round(mean.item(), 4), round(std.item(), 4)            # 0.1 of 3, and 0.9 of 1 with 0.1 of 2.6458
    (0.3, 1.1646)

    Source: lecture 4, 0:54 to 0:59.
    """
    return 3


def calibrate(C, W1, splits):
    """Mean and standard deviation of the hidden pre-activations over the whole training set, once it is trained.

    C: (vocab_size, n_embd) float. W1: (n_embd * block_size, n_hidden) float. splits: a dict with the three pairs
    splits["train"], splits["dev"] and splits["test"]; each pair is (X, Y) as in lecture 3, X: (N, block_size) int64.
    Returns (bnmean, bnstd), each (1, n_hidden), divided by n - 1, without eps, and not on the graph
    (requires_grad is False).

    >>> C, W1 = torch.tensor([[0.0], [1.0], [3.0]]), torch.tensor([[2.0, 0.0], [0.0, 1.0]])
    >>> X = torch.tensor([[0, 0], [0, 1], [1, 2], [2, 1]])
    >>> splits = {"train": (X, X[:, 0]), "dev": (X[:1], X[:1, 0]), "test": (X[:1], X[:1, 0])}
    >>> calibrate(C, W1, splits)
    (tensor([[2.0000, 1.2500]]), tensor([[2.8284, 1.2583]]))

    Source: lecture 4, 0:51 to 0:54.
    """
    return C, W1, splits


def predict(parameters, X, bnmean, bnstd, eps=1e-5):
    """The net's logits for any number of contexts, for a single one too: nothing is measured on them.

    parameters: the list [C, W1, W2, b2, bngain, bnbias] of `bn_parameters`. X: (B, block_size) int64, B may be 1.
    bnmean, bnstd: (1, n_hidden) float, from `calibrate` or `update_running`. eps: float, added to bnstd squared.
    In order: embed and concatenate, times W1, batch norm with the given bnmean and bnstd, tanh, times W2 plus b2.
    Returns the logits (B, vocab_size). The same context gives the same logits, whatever stands beside it in X.

    >>> parameters = [torch.tensor([[0.0], [1.0]]), torch.tensor([[2.0], [1.0]]), torch.tensor([[1.0, -1.0]]),
    ...               torch.tensor([0.5, 0.0]), torch.tensor([[1.0]]), torch.tensor([[0.5]])]
    >>> predict(parameters, torch.tensor([[0, 1]]), torch.tensor([[2.0]]), torch.tensor([[4.0]]))
    tensor([[ 0.7449, -0.2449]])

    Source: lecture 4, 0:50 to 0:52.
    """
    return parameters[0]


def bn_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    """The parameters of the net with batch norm behind its first layer, and none that batch norm makes useless.

    Returns the list [C, W1, W2, b2, bngain, bnbias]. C, W1, W2 and b2 are made as in `init_parameters` of
    initialisation.py, with random numbers in the order C, W1, W2. bngain and bnbias are both (1, n_hidden), and
    start so that they change nothing. Every parameter has requires_grad True, and is a leaf as there.

    >>> parameters = bn_parameters(27, 3, 10, 200, torch.Generator().manual_seed(2147483647))
    >>> sum(p.nelement() for p in parameters)
    12097

    Source: lecture 4, 0:46 and 1:01 (what became of b1).
    """
    raise NotImplementedError("spurious-bias")  # TODO: your code goes here


def bias_gradients(hpreact, b1, bngain, bnbias, upstream):
    """What a bias in front of batch norm could learn, beside what the bias behind it learns.

    hpreact: (B, n_hidden) float, without bias. b1: (n_hidden,) float, added to it before `normalise_batch`.
    bngain, bnbias: (1, n_hidden) float. upstream: (B, n_hidden) float, the gradient that arrives at the result of
    `normalise_batch`. Returns (db1, dbnbias), the gradients of b1, (n_hidden,), and bnbias, (1, n_hidden).

    >>> hpreact, upstream = torch.tensor([[1.0], [2.0], [6.0]]), torch.tensor([[0.5], [-2.0], [4.0]])
    >>> db1, dbnbias = bias_gradients(hpreact, torch.tensor([0.3]), torch.ones((1, 1)), torch.zeros((1, 1)), upstream)
    >>> dbnbias
    tensor([[2.5000]])

    Before you run it: what should db1 be?

    Source: lecture 4, 1:01.
    """
    raise NotImplementedError("spurious-bias")  # TODO: your code goes here
