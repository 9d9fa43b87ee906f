"""The forward pass in pieces: one operation per line, each result kept under its name.

Lecture 5, 0:07 to 0:13. Needs torch and nothing of your own.
What is left out: F.cross_entropy and a batch norm layer. They come back in fused.py, as one formula each.

`parameters` is everywhere the list [C, W1, b1, W2, b2, bngain, bnbias]:
    C  (vocab_size, n_embd)               one row per symbol
    W1 (block_size * n_embd, n_hidden)    b1 (n_hidden,), which batch norm makes useless: its gradient will be 0
    W2 (n_hidden, vocab_size)             b2 (vocab_size,)
    bngain (1, n_hidden)                  bnbias (1, n_hidden)
Below, n is the number of examples, V is vocab_size, H is n_hidden, and D is block_size * n_embd.
"""

import torch


def forward_pieces(parameters, Xb, Yb):
    """The loss of a minibatch, and everything that is computed on the way to it.

    parameters: see above. Xb: (n, block_size) int64, Yb: (n,) int64. Returns a dict with these names, in this order:

    emb         (n, block_size, n_embd)  the rows of C
    embcat      (n, D)     the same side by side
    hprebn      (n, H)     embcat times W1, plus b1
    bnmeani     (1, H)     the mean of hprebn over the batch
    bndiff      (n, H)     hprebn without its mean
    bndiff2     (n, H)     its squares
    bnvar       (1, H)     their sum divided by n - 1
    bnvar_inv   (1, H)     bnvar plus 1e-5, to the power -0.5
    bnraw       (n, H)     bndiff times bnvar_inv
    hpreact     (n, H)     bngain times bnraw, plus bnbias
    h           (n, H)     its tanh
    logits      (n, V)     h times W2, plus b2
    logit_maxes (n, 1)     the largest logit of each row
    norm_logits (n, V)     logits without it, so that exp cannot overflow
    counts      (n, V)     exp of that
    counts_sum  (n, 1)     the sum of each row
    counts_sum_inv (n, 1)  to the power -1
    probs       (n, V)     counts times counts_sum_inv
    logprobs    (n, V)     the logarithm of probs
    loss        ()         minus the mean of the logprobs of the targets

    >>> C, W1, b1 = torch.tensor([[1.0], [2.0], [6.0]]), torch.tensor([[1.0, -0.5]]), torch.tensor([0.0, 1.0])
    >>> W2, b2 = torch.tensor([[0.5, -1.0, 0.25], [1.0, 0.5, -2.0]]), torch.tensor([0.1, 0.2, 0.3])
    >>> parameters = [C, W1, b1, W2, b2, torch.ones((1, 2)), torch.zeros((1, 2))]
    >>> v = forward_pieces(parameters, torch.tensor([[0], [1], [2]]), torch.tensor([2, 0, 1]))
    >>> v["hprebn"].tolist(), v["bnvar"].tolist()
    ([[1.0, 0.5], [2.0, 0.0], [6.0, -2.0]], [[7.0, 1.75]])
    >>> round(v["loss"].item(), 4)
    2.3773

    The lecture's net of 64 hidden units starts at about 3.3 to 3.4.

    Source: lecture 5, 0:07 to 0:13.
    """
    raise NotImplementedError("forward-pieces")  # TODO: your code goes here
