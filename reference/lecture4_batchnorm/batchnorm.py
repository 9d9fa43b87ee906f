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
    ### BEGIN SOLUTION normalise-batch
    bnmeani = hpreact.mean(0, keepdim=True)                    # (1, n_hidden), over the batch
    bnvari = hpreact.var(0, keepdim=True)                      # (1, n_hidden), divided by B - 1
    bnraw = (hpreact - bnmeani) / torch.sqrt(bnvari + eps)     # (B, n_hidden), mean 0 and spread 1
    return bngain * bnraw + bnbias
    ### END SOLUTION


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
    ### BEGIN SOLUTION running-statistics
    with torch.no_grad():
        bnmeani = hpreact.mean(0, keepdim=True)
        bnstdi = hpreact.std(0, keepdim=True)
        bnmean_running = (1 - momentum) * bnmean_running + momentum * bnmeani
        bnstd_running = (1 - momentum) * bnstd_running + momentum * bnstdi
    return bnmean_running, bnstd_running
    ### END SOLUTION


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
    ### BEGIN SOLUTION calibrate
    Xtr, _ = splits["train"]                       # nothing else may be looked at before the exam
    with torch.no_grad():
        emb = C[Xtr]                               # (N, block_size, n_embd)
        hpreact = emb.view(emb.shape[0], -1) @ W1  # (N, n_hidden)
        bnmean = hpreact.mean(0, keepdim=True)
        bnstd = hpreact.std(0, keepdim=True)
    return bnmean, bnstd
    ### END SOLUTION


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
    ### BEGIN SOLUTION single-example
    C, W1, W2, b2, bngain, bnbias = parameters
    emb = C[X]                                     # (B, block_size, n_embd)
    hpreact = emb.view(emb.shape[0], -1) @ W1      # (B, n_hidden)
    hpreact = bngain * (hpreact - bnmean) / torch.sqrt(bnstd**2 + eps) + bnbias
    h = torch.tanh(hpreact)
    return h @ W2 + b2                             # (B, vocab_size)
    ### END SOLUTION


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
    ### BEGIN SOLUTION spurious-bias
    fan_in = n_embd * block_size
    C  = torch.randn((vocab_size, n_embd), generator=generator)
    W1 = torch.randn((fan_in, n_hidden), generator=generator) * kaiming_std(fan_in, "tanh")
    # no b1: batch norm would subtract it again, and bnbias does its work
    W2 = torch.randn((n_hidden, vocab_size), generator=generator) * 0.01
    b2 = torch.zeros(vocab_size)
    bngain = torch.ones((1, n_hidden))
    bnbias = torch.zeros((1, n_hidden))
    parameters = [C, W1, W2, b2, bngain, bnbias]
    for p in parameters:
        p.requires_grad = True
    return parameters
    ### END SOLUTION


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
    ### BEGIN SOLUTION spurious-bias
    # our own copies, so that nothing collects on the tensors that were handed in
    b1 = b1.detach().clone().requires_grad_()
    bnbias = bnbias.detach().clone().requires_grad_()
    out = normalise_batch(hpreact.detach() + b1, bngain.detach(), bnbias)
    # a loss whose gradient at `out` is just what is to arrive there
    (out * upstream).sum().backward()
    return b1.grad, bnbias.grad
    ### END SOLUTION
