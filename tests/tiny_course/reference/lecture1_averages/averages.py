"""Averages, with which a jumpy curve is made smooth."""


def mean(xs):
    """The mean of a list of at least one float, as a float.

    >>> mean([2.0, 4.0, 9.0])
    5.0
    """
    ### BEGIN SOLUTION mean
    # all there is, spread over all of them
    return sum(xs) / len(xs)
    ### END SOLUTION


def moving_mean(xs, n):
    """The mean of every n neighbours in xs, from left to right: len(xs) - n + 1 floats.

    xs: a list of floats. n: an int from 1 to len(xs).

    >>> moving_mean([2.0, 4.0, 9.0, 5.0], 3)
    [5.0, 6.0]
    """
    ### BEGIN SOLUTION moving-mean
    # the last group begins where n numbers are left
    return [mean(xs[i : i + n]) for i in range(len(xs) - n + 1)]
    ### END SOLUTION
