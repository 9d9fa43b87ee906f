"""The lecture's own exercises E01 to E05: more context, honest measurement, and two short cuts.

They are printed below the video. E06 (invent one) is yours. Needs counts.py.
"""

import torch
import torch.nn.functional as F

from counts import bigram_probabilities, build_vocabulary


def trigram_dataset(words, stoi):
    """E01: all trigrams of all words: two characters in, the third one out.

    Two '.' stand before each word and one after it, so that 'emma' has 5 trigrams, from ..e to ma. .
    The two characters in front make one number, the context: V * first + second, where V = len(stoi).

    words: list of str. stoi: dict, character to number, V entries.
    Returns (xs, ys), two int64 tensors of shape (n,): contexts (0 to V*V - 1) and the characters that follow.
    The net of neural.py takes them as they are, with a W of shape (V*V, V).

    >>> stoi = {'.': 0, 'a': 1, 'e': 2, 'm': 3}
    >>> trigram_dataset(["emma"], stoi)
    (tensor([ 0,  2, 11, 15, 13]), tensor([2, 3, 3, 1, 0]))

    Source: lecture 2, exercise E01.
    """
    raise NotImplementedError("trigrams")  # TODO: your code goes here


def count_trigrams(words, stoi):
    """E01: how often each context is followed by each character.

    words, stoi: as in `trigram_dataset`. Returns a tensor of ints, shape (V*V, V): one row per context,
    in the same numbering. `bigram_probabilities` of counts.py turns it into probabilities as it is.

    >>> N = count_trigrams(["emma"], {'.': 0, 'a': 1, 'e': 2, 'm': 3})
    >>> N.shape, N.sum(), N[11]                                    # context 11 is 'em'
    (torch.Size([16, 4]), tensor(5), tensor([0, 0, 0, 1]))

    Source: lecture 2, exercise E01.
    """
    raise NotImplementedError("trigrams")  # TODO: your code goes here


def trigram_nll(P, words, stoi):
    """E01: the average negative log likelihood of all trigrams in words, as `average_nll` in counts.py.

    P: tensor of floats, shape (V*V, V), rows of probabilities. words, stoi: as in `trigram_dataset`.
    Returns a float; inf if a trigram has the probability 0.

    >>> stoi = {'.': 0, 'a': 1, 'e': 2, 'm': 3}
    >>> P = bigram_probabilities(count_trigrams(["emma"], stoi), 1)        # twice in 5, in 5 contexts
    >>> round(trigram_nll(P, ["emma"], stoi), 4)                           # -log 0.4
    0.9163

    The lecture's names and their own trigrams: about 2.1857 without smoothing. The bigrams had 2.4540.

    Source: lecture 2, exercise E01.
    """
    raise NotImplementedError("trigrams")  # TODO: your code goes here


def split(words, rng):
    """E02: shuffle the words and share them out: 80% to train on, 10% to tune with (dev), 10% to test once.

    words: list of str, left as it was. rng: random.Random, the only source of chance here.
    Returns (train, dev, test), three lists of str. Every word is in exactly one of them. Sizes that do
    not come out even may be rounded either way.

    >>> train, dev, test = split(["ava", "eve", "mia", "zoe", "amy", "eva", "ivy", "joy", "may", "ann"], rng)
    >>> len(train), len(dev), len(test)
    (8, 1, 1)

    Source: lecture 2, exercise E02.
    """
    return words, words


def tune_smoothing(train, dev, strengths):
    """E03: try several strengths of smoothing for the trigram model, and pick the best by the dev set.

    Count on train alone. For each strength: probabilities from these counts, then the loss on train and
    on dev. The characters are numbered by `build_vocabulary(train + dev)`.

    train, dev: lists of str. strengths: list of numbers to try.
    Returns (best, train_losses, dev_losses): the strength with the smallest loss on dev, and two lists of
    floats, as long as strengths.

    >>> best, train_losses, dev_losses = tune_smoothing(["emma", "ava", "eva"], ["eve", "ada"], [0.1, 1, 10])
    >>> best, [round(loss, 4) for loss in dev_losses]
    (1, [1.6882, 1.657, 1.7656])

    Source: lecture 2, exercise E03.
    """
    raise NotImplementedError("tune-smoothing")  # TODO: your code goes here


def logits_by_indexing(xs, W):
    """E04: the logits of the net without one-hot rows: a row of W each, picked by its number.

    xs: int64 tensor, shape (n,). W: tensor of floats, shape (C, V). Returns (n, V), the same as
    one_hot(xs, C) @ W; backward() reaches W just the same.

    >>> W = torch.tensor([[1., 2.], [3., 4.], [5., 6.]])
    >>> logits_by_indexing(torch.tensor([2, 0, 2]), W)
    tensor([[5., 6.],
            [1., 2.],
            [5., 6.]])

    Source: lecture 2, exercise E04, and 1:47.
    """
    return W[xs].tolist()


def loss_by_cross_entropy(xs, ys, W, l2):
    """E05: the loss of `nll_loss` in neural.py, by torch.nn.functional.cross_entropy.

    Arguments and result as in `nll_loss`, the price on large weights included. Here the loss stays right
    where nll_loss breaks down: when the probability of the truth is too small for a float.

    >>> W = torch.tensor([[0., 1000.], [0., 0.]])
    >>> loss_by_cross_entropy(torch.tensor([0]), torch.tensor([0]), W, 0.0)        # nll_loss gives inf
    tensor(1000.)

    Source: lecture 2, exercise E05.
    """
    return W
