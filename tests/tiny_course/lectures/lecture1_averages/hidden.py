"""Hidden checks: the same on fresh numbers."""

from grader.inside.probes import lecture1_averages as probes
from grader.judging.suite import exercise


@exercise("mean", points=20)
def test_mean_of_fresh_numbers(agree, draw):
    """The mean is right for other numbers, and for one alone."""
    agree(probes.mean_of_numbers, xs=draw.numbers(5, -3, 3))
    agree(probes.mean_of_numbers, xs=draw.numbers(1, -3, 3))


@exercise("moving-mean", points=30)
def test_moving_mean_of_fresh_numbers(agree, draw):
    """The moving mean is right for other numbers, and for groups as long as the list."""
    xs = draw.numbers(6, -3, 3)
    for n in (1, 2, 6):
        agree(probes.moving_means, xs=xs, n=n)
