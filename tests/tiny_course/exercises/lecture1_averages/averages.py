"""Averages, with which a jumpy curve is made smooth."""


def mean(xs):
    """The mean of a list of at least one float, as a float.

    >>> mean([2.0, 4.0, 9.0])
    5.0
    """
    raise NotImplementedError("mean")  # TODO: your code goes here


def moving_mean(xs, n):
    """The mean of every n neighbours in xs, from left to right: len(xs) - n + 1 floats.

    xs: a list of floats. n: an int from 1 to len(xs).

    >>> moving_mean([2.0, 4.0, 9.0, 5.0], 3)
    [5.0, 6.0]
    """
    raise NotImplementedError("moving-mean")  # TODO: your code goes here
