"""A text as numbers, and batches of pieces of it.

Lecture 7, 0:07 to 0:22. Needs torch and nothing of your own.
What is left out: reading a file. Whoever calls these functions has the text already.
"""

import torch


def vocabulary(text):
    """Every character that occurs in the text, numbered in sorted order.

    Returns (stoi, itos): a dict from character to number and a dict from number to character. Numbers start at 0.

    >>> vocabulary("hello")
    ({'e': 0, 'h': 1, 'l': 2, 'o': 3}, {0: 'e', 1: 'h', 2: 'l', 3: 'o'})

    Source: lecture 7, 0:08.
    """
    raise NotImplementedError("char-vocabulary")  # TODO: your code goes here


def encode(text, stoi):
    """The number of each character, in the order of the text. Returns a list of ints.

    >>> encode("hole", {"e": 0, "h": 1, "l": 2, "o": 3})
    [1, 3, 2, 0]

    Source: lecture 7, 0:09.
    """
    raise NotImplementedError("encode")  # TODO: your code goes here


def decode(ids, itos):
    """The text that these numbers stand for. ids: a list of ints. Returns a str.

    >>> decode([1, 3, 2, 0], {0: "e", 1: "h", 2: "l", 3: "o"})
    'hole'

    Source: lecture 7, 0:09.
    """
    raise NotImplementedError("decode")  # TODO: your code goes here


def get_batch(data, block_size, batch_size, generator=None):
    """Pieces of the data that start at random places, and the same pieces one place further on.

    data: (N,) int64. Returns x and y, both (batch_size, block_size) int64: y[b, t] is what follows x[b, t] in the data.
    The starts come from one call of torch.randint with this generator. Every start is possible at which both pieces
    fit: N - block_size of them, from 0 on.

    >>> x, y = get_batch(torch.arange(5), 4, 2)        # 5 numbers leave room for one start only
    >>> x.tolist(), y.tolist()
    ([[0, 1, 2, 3], [0, 1, 2, 3]], [[1, 2, 3, 4], [1, 2, 3, 4]])

    Source: lecture 7, 0:14 to 0:21.
    """
    raise NotImplementedError("get-batch")  # TODO: your code goes here
