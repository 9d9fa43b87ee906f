"""Counting which character follows which: a language model without any training.

Lecture 2, 0:03 to 1:02. The character '.' stands for the start of a name and for its end.
What is left out: anything that is learnt by gradient, which is neural.py.
"""

import torch


def build_vocabulary(words):
    """Number the characters: '.' is 0, then the letters that occur in words, in alphabetical order, from 1.

    words: list of str. Returns (stoi, itos), two dicts: character to number, and number to character.

    >>> stoi, itos = build_vocabulary(["emma", "ava"])
    >>> stoi["a"], stoi["e"], stoi["m"], stoi["v"], stoi["."]
    (1, 2, 3, 4, 0)
    >>> itos[4]
    'v'

    Source: lecture 2, 0:13 and 0:21.
    """
    raise NotImplementedError("vocabulary")  # TODO: your code goes here


def bigrams(word):
    """All pairs of neighbours in a word, with a '.' before its first and after its last character.

    word: str. Returns a list of pairs of characters, from left to right.

    >>> bigrams("emma")
    [('.', 'e'), ('e', 'm'), ('m', 'm'), ('m', 'a'), ('a', '.')]

    Source: lecture 2, 0:06 and 0:21.
    """
    raise NotImplementedError("bigrams")  # TODO: your code goes here


def count_bigrams(words, stoi):
    """How often each character is followed by each other: the table N.

    words: list of str. stoi: dict, character to number, with V entries (27 for the lecture's names).
    Returns a tensor of ints, shape (V, V). Entry [i, j]: how often character i is directly followed by
    character j. Every word is a line of its own: nothing is counted from one word to the next.

    >>> stoi, itos = build_vocabulary(["emma", "ava"])        # '.', a, e, m, v
    >>> count_bigrams(["emma", "ava"], stoi)
    tensor([[0, 1, 1, 0, 0],
            [2, 0, 0, 0, 1],
            [0, 0, 0, 1, 0],
            [0, 1, 0, 1, 0],
            [0, 1, 0, 0, 0]])

    The lecture's 32,033 names give 228,146 bigrams; 'n' then '.' is the most frequent, 6,763 times.

    Source: lecture 2, 0:12.
    """
    raise NotImplementedError("count-bigrams")  # TODO: your code goes here


def bigram_probabilities(N, smoothing):
    """Turn counts into probabilities: to every count add the same number, then share out each row.

    N: tensor of ints, shape (V, V), left as it was (the shape may also be (C, V): one row per context).
    smoothing: the number to add to every count, an int or a float, 0 or more.
    Returns a tensor of floats of N's shape. Row i holds the probabilities of what follows i: it adds up to 1.

    >>> bigram_probabilities(torch.tensor([[0, 3, 1], [2, 0, 0]]), 1)
    tensor([[0.1429, 0.5714, 0.2857],
            [0.6000, 0.2000, 0.2000]])

    Source: lecture 2, 0:36 and 1:00.
    """
    P = N.double() + smoothing
    return P / P.sum(1, keepdim=True) / 3


def sample_names(P, itos, count, generator):
    """Make up names: start at '.', draw what follows, go on from there, and stop at the next '.'.

    P: tensor of floats, shape (V, V), rows of probabilities. itos: dict, number to character.
    count: int, how many names. generator: torch.Generator.
    Returns a list of str. The '.' is no part of a name: the lecture prints 'mor.', here it is 'mor'.

    Each character is one call of torch.multinomial for one sample, with the generator given, and nothing
    else draws from it. The names that come out depend on your version of torch; those of the video come
    from an old one, and `draw` below brings them back.

    >>> P = torch.tensor([[0., 1., 0.], [0., 0., 1.], [1., 0., 0.]])      # '.' then a, a then b, b then '.'
    >>> sample_names(P, {0: '.', 1: 'a', 2: 'b'}, 2, torch.Generator().manual_seed(2147483647))
    ['ab', 'ab']

    Source: lecture 2, 0:24.
    """
    raise NotImplementedError("sample-names")  # TODO: your code goes here


def draw(p, generator):
    """One draw from a row of probabilities, made by hand.

    Take one number u from the generator: torch.rand, one number, float64. Add up p from the left:
    the answer is the first index at which the running total is at least u.

    p: tensor of floats, shape (V,), adding up to 1. generator: torch.Generator. Returns an int.
    (Should rounding keep the whole total below u, the answer is the last index.)

    >>> draw(torch.tensor([0.2, 0.5, 0.3]), torch.Generator().manual_seed(2147483647))     # u is 0.6650...
    1

    This is what torch.multinomial did when the lecture was recorded. With it, the table of the lecture's
    names (smoothing 1) and the seed 2147483647 give mor, axx, minaymoryles, kondlaisah, anchshizarie:
    the very names of the video, with every version of torch.

    Source: lecture 2, 0:26, where torch draws; here you do.
    """
    raise NotImplementedError("draw")  # TODO: your code goes here


def average_nll(P, words, stoi):
    """The loss of a table of probabilities: the average negative log likelihood of all bigrams in words.

    Natural logarithm; the average is over the bigrams, not over the words. A bigram of probability 0
    makes the loss infinite (inf), as the lecture sees with 'andrejq'.

    P: tensor of floats, shape (V, V), rows of probabilities. words: list of str. stoi: dict, character to
    number. Returns a float.

    >>> P = torch.tensor([[0.25, 0.75], [0.5, 0.5]])
    >>> round(average_nll(P, ["aa"], {'.': 0, 'a': 1}), 4)         # (-log 0.75 - log 0.5 - log 0.5) / 3
    0.558

    A uniform guess among 27 costs log 27, about 3.2958. The lecture's names and their own bigrams: about
    2.4540 without smoothing, 2.4546 with 1.

    Source: lecture 2, 0:50.
    """
    raise NotImplementedError("average-nll")  # TODO: your code goes here
