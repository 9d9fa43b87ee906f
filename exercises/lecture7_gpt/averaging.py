"""The trick behind attention: each position takes the mean of what came before, written in three ways.

Lecture 7, 0:42 to 1:00. Needs torch and nothing of your own.
What is left out: weights that depend on the data. They come in attention.py, in the place of the equal ones here.
"""

import torch
import torch.nn.functional as F


def mean_loop(x):
    """At each position the mean of the positions up to this one. x: (B, T, C) float. Returns (B, T, C).

    >>> mean_loop(torch.tensor([[[2.0, 7.0], [6.0, 4.0], [7.0, 1.0]]]))
    tensor([[[2.0000, 7.0000],
             [4.0000, 5.5000],
             [5.0000, 4.0000]]])

    Source: lecture 7, 0:44.
    """
    raise NotImplementedError("mean-loop")  # TODO: your code goes here


def mean_matmul(x):
    """The same by one matrix: row t holds the share that each position has in the mean of position t.

    x: (B, T, C) float. Returns (B, T, C). The matrix is (T, T), and each of its rows adds up to 1. For T = 3 it is

    [[1, 0, 0], [1/2, 1/2, 0], [1/3, 1/3, 1/3]].

    Source: lecture 7, 0:47 to 0:54.
    """
    raise NotImplementedError("mean-matmul")  # TODO: your code goes here


def mean_softmax(x):
    """The same once more: the shares come out of a softmax over scores, which are 0 where a position may be seen.

    x: (B, T, C) float. Returns (B, T, C). A score of minus infinity becomes a share of 0.

    >>> x = torch.tensor([[[2.0, 7.0], [6.0, 4.0], [7.0, 1.0]]])
    >>> torch.allclose(mean_softmax(x), mean_loop(x))
    True

    Source: lecture 7, 0:54 to 0:58.
    """
    raise NotImplementedError("mean-softmax")  # TODO: your code goes here
