from itertools import accumulate


def mean(xs):
    total = 0.0
    for count, x in enumerate(xs, 1):
        total += (x - total) / count
    return total


def moving_mean(xs, n):
    sums = [0.0, *accumulate(xs)]
    return [(after - before) / n for before, after in zip(sums, sums[n:])]
