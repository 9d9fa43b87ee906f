"""Every gradient of the forward pass, one line after the other, from the loss back to the letters.

Lecture 5, 0:13 to 1:26 (exercise 1). Needs torch and nothing of your own.
What is left out: nothing. This is what backward() does.

A function here is called like the gradient that it returns: dprobs says how the loss changes if probs does. It is
handed tensors of the forward pass (see forward.py, also for the sizes n, V, H and D) and gradients that have arrived
further on, which are right, whatever became of your own functions. The first line of a statement is the line of the
forward pass. Each gradient has the shape of what it is the gradient of.

You differentiate, and torch only computes: no backward(), no torch.autograd, no torch.func. What is handed in stays as
it is: write a.clone() before you change a in place.
"""

import torch
import torch.nn.functional as F


def dlogprobs(logprobs, Yb):
    """loss = -logprobs[range(n), Yb].mean()

    logprobs: (n, V). Yb: (n,) int64. Returns (n, V): most of logprobs is not looked at.

    >>> dlogprobs(torch.tensor([[-2.0, -1.0, -0.7], [-0.4, -3.0, -1.2]]), torch.tensor([2, 0]))
    tensor([[ 0.0000,  0.0000, -0.5000],
            [-0.5000,  0.0000,  0.0000]])
    """
    dlogprobs = torch.zeros_like(logprobs)
    dlogprobs[range(len(Yb)), Yb] = -1.0 / len(Yb)
    return dlogprobs


def dprobs(probs, dlogprobs):
    """logprobs = probs.log()

    Both (n, V). Returns (n, V).

    >>> dprobs(torch.tensor([[0.25, 0.5, 0.25]]), torch.tensor([[-1.0, 0.5, 2.0]]))
    tensor([[-4.,  1.,  8.]])
    """
    return probs * dlogprobs


def dcounts_sum_inv(counts, dprobs):
    """probs = counts * counts_sum_inv

    Both (n, V). Returns (n, 1): one number went into a whole row.

    >>> dcounts_sum_inv(torch.tensor([[1.0, 3.0, 4.0]]), torch.tensor([[2.0, -1.0, 0.5]]))
    tensor([[1.]])
    """
    print((counts * dprobs).sum(1, keepdim=True))


def dcounts_sum(counts_sum, dcounts_sum_inv):
    """counts_sum_inv = counts_sum**-1

    Both (n, 1). Returns (n, 1).

    >>> dcounts_sum(torch.tensor([[8.0]]), torch.tensor([[16.0]]))
    tensor([[-0.2500]])
    """
    raise NotImplementedError("grad-counts-sum")  # TODO: your code goes here


def dcounts(counts, counts_sum_inv, dprobs, dcounts_sum):
    """probs = counts * counts_sum_inv  and  counts_sum = counts.sum(1, keepdim=True)

    counts, dprobs: (n, V). counts_sum_inv, dcounts_sum: (n, 1). Returns (n, V).

    >>> counts, counts_sum_inv = torch.tensor([[1.0, 3.0, 4.0]]), torch.tensor([[0.125]])
    >>> dcounts(counts, counts_sum_inv, torch.tensor([[2.0, -1.0, 0.5]]), torch.tensor([[-0.25]]))
    tensor([[ 0.0000, -0.3750, -0.1875]])
    """
    raise NotImplementedError("grad-counts")  # TODO: your code goes here


def dnorm_logits(counts, dcounts):
    """counts = norm_logits.exp()

    Both (n, V). Returns (n, V).

    >>> dnorm_logits(torch.tensor([[1.0, 3.0, 4.0]]), torch.tensor([[2.0, -1.0, 0.5]]))
    tensor([[ 2., -3.,  2.]])
    """
    raise NotImplementedError("grad-norm-logits")  # TODO: your code goes here


def dlogit_maxes(dnorm_logits):
    """norm_logits = logits - logit_maxes

    dnorm_logits: (n, V). Returns (n, 1).

    In the whole chain this gradient comes out as 0, up to rounding: no probability depends on the maximum. Here, any
    dnorm_logits may arrive.

    >>> dlogit_maxes(torch.tensor([[2.0, -3.0, 2.0]]))
    tensor([[-1.]])
    """
    raise NotImplementedError("grad-logits")  # TODO: your code goes here


def dlogits(logits, dnorm_logits, dlogit_maxes):
    """norm_logits = logits - logit_maxes  and  logit_maxes = logits.max(1, keepdim=True).values

    logits, dnorm_logits: (n, V). dlogit_maxes: (n, 1). Returns (n, V). If two logits of a row are the largest, the
    first of them is the maximum, and the other has no part in it; logits.max(1).indices says which it is.

    >>> dlogits(torch.tensor([[0.5, 2.0, -1.0]]), torch.tensor([[2.0, -3.0, 2.0]]), torch.tensor([[-1.0]]))
    tensor([[ 2., -4.,  2.]])
    """
    raise NotImplementedError("grad-logits")  # TODO: your code goes here


def dh(h, W2, dlogits):
    """logits = h @ W2 + b2

    h: (n, H). W2: (H, V). dlogits: (n, V). Returns (n, H).

    >>> h, W2 = torch.tensor([[0.5, -0.5], [1.0, 2.0]]), torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    >>> dh(h, W2, torch.tensor([[1.0, 0.0, -1.0], [2.0, 1.0, 0.0]]))
    tensor([[-2., -2.],
            [ 4., 13.]])
    """
    raise NotImplementedError("grad-output-layer")  # TODO: your code goes here


def dW2(h, W2, dlogits):
    """The same line. Returns (H, V). With the numbers above: [[2.5, 1, -0.5], [3.5, 2, 0.5]]."""
    raise NotImplementedError("grad-output-layer")  # TODO: your code goes here


def db2(h, W2, dlogits):
    """The same line. Returns (V,). With the numbers above: [3, 1, -1]."""
    raise NotImplementedError("grad-output-layer")  # TODO: your code goes here


def dhpreact(hpreact, h, dh):
    """h = torch.tanh(hpreact)

    All (n, H). Returns (n, H).

    >>> h = torch.tensor([[0.6, -0.8]])
    >>> dhpreact(torch.atanh(h), h, torch.tensor([[1.0, 5.0]]))
    tensor([[0.6400, 1.8000]])
    """
    return (1 - h * h) * dhprect


def dbngain(bngain, bnraw, dhpreact):
    """hpreact = bngain * bnraw + bnbias

    bngain: (1, H). bnraw, dhpreact: (n, H). Returns (1, H).

    >>> bngain, bnraw = torch.tensor([[2.0, 0.5]]), torch.tensor([[1.0, -1.0], [-1.0, 1.0]])
    >>> dbngain(bngain, bnraw, torch.tensor([[3.0, 0.5], [1.0, 4.0]]))
    tensor([[2.0000, 3.5000]])
    """
    raise NotImplementedError("grad-gain-bias")  # TODO: your code goes here


def dbnbias(bngain, bnraw, dhpreact):
    """The same line. Returns (1, H). With the numbers above: [[4, 4.5]]."""
    raise NotImplementedError("grad-gain-bias")  # TODO: your code goes here


def dbnraw(bngain, bnraw, dhpreact):
    """The same line. Returns (n, H). With the numbers above: [[6, 0.25], [2, 2]]."""
    raise NotImplementedError("grad-gain-bias")  # TODO: your code goes here


def dbnvar_inv(bndiff, dbnraw):
    """bnraw = bndiff * bnvar_inv

    Both (n, H). Returns (1, H).

    >>> dbnvar_inv(torch.tensor([[-2.0], [-1.0], [3.0]]), torch.tensor([[0.5], [4.0], [2.0]]))
    tensor([[1.]])
    """
    raise NotImplementedError("grad-variance")  # TODO: your code goes here


def dbnvar(bnvar, dbnvar_inv):
    """bnvar_inv = (bnvar + 1e-5)**-0.5

    Both (1, H). Returns (1, H).

    >>> dbnvar(torch.tensor([[4.0]]), torch.tensor([[3.0]]))              # minus 3 / 16, nearly
    tensor([[-0.1875]])
    """
    raise NotImplementedError("grad-variance")  # TODO: your code goes here


def dbndiff2(bndiff2, dbnvar):
    """bnvar = 1/(n-1) * bndiff2.sum(0, keepdim=True)

    bndiff2: (n, H). dbnvar: (1, H). Returns (n, H).

    >>> dbndiff2(torch.tensor([[4.0], [1.0], [9.0]]), torch.tensor([[6.0]]))
    tensor([[3.],
            [3.],
            [3.]])
    """
    raise NotImplementedError("grad-variance")  # TODO: your code goes here


def dbndiff(bndiff, bnvar_inv, dbnraw, dbndiff2):
    """bnraw = bndiff * bnvar_inv  and  bndiff2 = bndiff**2

    bnvar_inv: (1, H). The others: (n, H). Returns (n, H).

    >>> bndiff, bnvar_inv = torch.tensor([[-2.0], [-1.0], [3.0]]), torch.tensor([[0.5]])
    >>> dbndiff(bndiff, bnvar_inv, torch.tensor([[1.0], [4.0], [-2.0]]), torch.tensor([[3.0], [3.0], [3.0]]))
    tensor([[-11.5000],
            [ -4.0000],
            [ 17.0000]])
    """
    raise NotImplementedError("grad-centring")  # TODO: your code goes here


def dbnmeani(dbndiff):
    """bndiff = hprebn - bnmeani

    dbndiff: (n, H). Returns (1, H).

    >>> dbnmeani(torch.tensor([[4.0], [-1.0], [3.0]]))
    tensor([[-6.]])
    """
    raise NotImplementedError("grad-centring")  # TODO: your code goes here


def dhprebn(hprebn, dbndiff, dbnmeani):
    """bndiff = hprebn - bnmeani  and  bnmeani = 1/n * hprebn.sum(0, keepdim=True)

    hprebn, dbndiff: (n, H). dbnmeani: (1, H). Returns (n, H).

    >>> hprebn = torch.tensor([[1.0], [2.0], [6.0]])
    >>> dhprebn(hprebn, torch.tensor([[4.0], [-1.0], [3.0]]), torch.tensor([[-6.0]]))
    tensor([[ 2.],
            [-3.],
            [ 1.]])
    """
    raise NotImplementedError("grad-centring")  # TODO: your code goes here


def dembcat(embcat, W1, dhprebn):
    """hprebn = embcat @ W1 + b1

    embcat: (n, D). W1: (D, H). dhprebn: (n, H). Returns (n, D).

    >>> embcat = torch.tensor([[1.0, -1.0, 2.0], [0.5, 3.0, 1.0]])
    >>> W1 = torch.tensor([[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]])
    >>> dembcat(embcat, W1, torch.tensor([[1.0, -1.0], [2.0, 0.0]]))
    tensor([[-3., -3., -3.],
            [ 2.,  4.,  6.]])
    """
    raise NotImplementedError("grad-hidden-layer")  # TODO: your code goes here


def dW1(embcat, W1, dhprebn):
    """The same line. Returns (D, H). With the numbers above: [[2, -1], [5, 1], [4, -2]]."""
    raise NotImplementedError("grad-hidden-layer")  # TODO: your code goes here


def db1(embcat, W1, dhprebn):
    """The same line. Returns (H,). With the numbers above: [3, -1]."""
    raise NotImplementedError("grad-hidden-layer")  # TODO: your code goes here


def demb(emb, dembcat):
    """embcat = emb.view(emb.shape[0], -1)

    emb: (n, block_size, n_embd). dembcat: (n, D), where D is block_size * n_embd. Returns (n, block_size, n_embd).

    >>> demb(torch.zeros((1, 3, 2)), torch.tensor([[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]]))
    tensor([[[1., 2.],
             [3., 4.],
             [5., 6.]]])
    """
    raise NotImplementedError("grad-embedding")  # TODO: your code goes here


def dC(C, Xb, demb):
    """emb = C[Xb]

    C: (vocab_size, n_embd). Xb: (n, block_size) int64. demb: (n, block_size, n_embd). Returns (vocab_size, n_embd).

    >>> Xb, demb = torch.tensor([[1, 1], [2, 1]]), torch.tensor([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]])
    >>> dC(torch.zeros((4, 2)), Xb, demb)
    tensor([[ 0.,  0.],
            [11., 14.],
            [ 5.,  6.],
            [ 0.,  0.]])
    """
    raise NotImplementedError("grad-embedding")  # TODO: your code goes here
