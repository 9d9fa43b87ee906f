"""The same model as a neural net: one layer, trained by gradient descent until it finds the counts by itself.

Lecture 2, 1:02 to 1:56. Needs `bigrams` from counts.py.
What is left out: more than one character of context (exercises.py, and lecture 3).
"""

import torch
import torch.nn.functional as F

from counts import bigrams


def bigram_dataset(words, stoi):
    """All bigrams of all words as two rows of numbers: what the net is given, and what it should say.

    words: list of str. stoi: dict, character to number.
    Returns (xs, ys), two int64 tensors of shape (n,): the first and the second character of every bigram,
    in the order in which they stand in words.

    >>> stoi = {'.': 0, 'a': 1, 'e': 2, 'm': 3}
    >>> bigram_dataset(["emma"], stoi)
    (tensor([0, 2, 3, 3, 1]), tensor([2, 3, 3, 1, 0]))

    Source: lecture 2, 1:05.
    """
    return torch.zeros(3), torch.zeros(3)


def one_hot(xs, classes):
    """Turn each number into a row of zeros with a single one at its place.

    xs: int64 tensor, shape (n,), numbers from 0 to classes - 1. classes: int, the length of a row.
    Returns a tensor of floats, shape (n, classes): floats, because the net multiplies them.

    >>> one_hot(torch.tensor([2, 0]), 4)
    tensor([[0., 0., 1., 0.],
            [1., 0., 0., 0.]])

    Source: lecture 2, 1:10.
    """
    raise NotImplementedError("one-hot")  # TODO: your code goes here


def probabilities(xs, W):
    """The net: one layer without a bias, and a softmax over each row of its logits.

    xs: int64 tensor, shape (n,), numbers of rows of W. W: tensor of floats, shape (C, V), float32 or float64.
    Returns a tensor of W's dtype, shape (n, V): row k holds the probabilities of what follows xs[k].
    One check hands in a W of float64: torch multiplies matrices only where both have the same dtype.

    Logits may be around 100, or around -100. exp(100) is too large for a float32, and yet the
    probabilities are ordinary numbers: your result holds no nan.

    >>> W = torch.log(torch.tensor([[1., 3.], [2., 8.], [5., 5.]]))
    >>> probabilities(torch.tensor([1, 0, 1]), W)
    tensor([[0.2000, 0.8000],
            [0.2500, 0.7500],
            [0.2000, 0.8000]])

    Source: lecture 2, 1:13 and 1:18.
    """
    raise NotImplementedError("net-probabilities")  # TODO: your code goes here


def nll_loss(xs, ys, W, l2):
    """How wrong the net is: the average negative log likelihood of ys, plus a price on large weights.

    The price is l2 times the mean (not the sum) of the squared entries of W.

    xs, ys: int64 tensors, shape (n,). W: tensor of floats, shape (C, V). l2: float.
    Returns a tensor with a single number, from which backward() reaches W.

    >>> W = torch.log(torch.tensor([[1., 3.], [2., 8.]]))
    >>> nll_loss(torch.tensor([0, 1]), torch.tensor([1, 0]), W, 0.0)       # (-log 0.75 - log 0.2) / 2
    tensor(0.9486)
    >>> nll_loss(torch.tensor([0, 1]), torch.tensor([1, 0]), W, 0.01)
    tensor(0.9636)

    Source: lecture 2, 1:35 and 1:50.
    """
    raise NotImplementedError("net-loss")  # TODO: your code goes here


def train(xs, ys, W, steps, lr, l2):
    """Gradient descent on all examples at once. Returns the list of losses, one float per step.

    xs, ys: int64 tensors, shape (n,). W: tensor of floats, shape (V, V), with requires_grad=True; its
    numbers are changed in place. steps: int. lr: float, the learning rate (the lecture uses 50).
    l2: float, as in `nll_loss`. A step's loss is the one measured before its update.
    The checks train a W of float64, to compare many digits: all that meets W must be of W's dtype.

    >>> W = torch.zeros((3, 3), dtype=torch.float64, requires_grad=True)
    >>> losses = train(torch.tensor([0, 1, 0, 2]), torch.tensor([1, 0, 2, 0]), W, 3, 10.0, 0.01)
    >>> [round(loss, 4) for loss in losses]                        # starts at log 3
    [1.0986, 0.4566, 0.4298]

    Source: lecture 2, 1:38 to 1:47.
    """
    raise NotImplementedError("train-net")  # TODO: your code goes here


def sample_names(W, itos, count, generator):
    """Make up names with the net: as `sample_names` in counts.py, with the probabilities that W gives.

    W: tensor of floats, shape (V, V). itos: dict, number to character. count: int, how many names.
    generator: torch.Generator. Returns a list of str, without the '.'.
    Each character is one call of torch.multinomial for one sample, with the generator given.

    >>> W = torch.tensor([[0., 99., 0.], [0., 0., 99.], [99., 0., 0.]])   # '.' then a, a then b, b then '.'
    >>> sample_names(W, {0: '.', 1: 'a', 2: 'b'}, 2, torch.Generator().manual_seed(2147483647))
    ['ab', 'ab']

    Source: lecture 2, 1:54.
    """
    raise NotImplementedError("sample-net")  # TODO: your code goes here
