"""What is measured of averages.py."""

from grader.inside.probe import Tolerance, probe, works_alone

PRELOAD = ()

ROUNDING = Tolerance(1e-9, "sums of a few floats in another order differ by 1e-15, the nearest mistake by 1e-2")


@probe(ROUNDING, lambda xs: f"mean({xs})")
def mean_of_numbers(averages, *, xs):
    """The student's mean of a list."""
    return averages.mean(list(xs))


@probe(ROUNDING, lambda xs, n: f"moving_mean({xs}, {n})")
def moving_means(averages, *, xs, n):
    """The student's means of n neighbours."""
    return averages.moving_mean(list(xs), n)


# with another `mean` in the place of the student's: a slip there does not take the points of what follows
works_alone(moving_means, mean=lambda xs: max(xs) + 0.5 * min(xs))
