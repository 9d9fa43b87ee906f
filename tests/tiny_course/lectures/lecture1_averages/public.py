"""Public checks: the examples of the statements, and the smallest cases that show a mistake."""

from grader.inside.probes import lecture1_averages as probes
from grader.judging.suite import exercise


@exercise("mean", points=20)
def test_mean_of_a_few_numbers(agree):
    """The mean of some numbers is their sum, shared out evenly."""
    agree(probes.mean_of_numbers, xs=[2.0, 4.0, 9.0])
    agree(probes.mean_of_numbers, xs=[-1.5, 0.25])


@exercise("moving-mean", points=30)
def test_moving_mean_of_the_example(agree):
    """Every group of neighbours has its mean, the last one too."""
    agree(probes.moving_means, xs=[2.0, 4.0, 9.0, 5.0], n=3)
    agree(probes.moving_means, xs=[3.0, 1.0, 4.0, 1.5, 9.0], n=2)
