"""Lecture 7, hidden checks of averaging.py: other numbers."""

from grader.inside.probes import lecture7_gpt as probes
from grader.judging.suite import exercise


@exercise("mean-loop", points=1)
def test_other_means_of_the_loop(agree, draw):
    """The loop's means are right for other numbers."""
    agree(probes.means_by_loop, x=draw.array(2, 5, 3), upstream=draw.array(2, 5, 3))
    agree(probes.means_by_loop, x=draw.array(3, 1, 2), upstream=draw.array(3, 1, 2))


@exercise("mean-matmul", points=2)
def test_other_means_of_the_matrix(agree, draw):
    """The matrix's means are right for other numbers."""
    agree(probes.means_by_matrix, x=draw.array(2, 5, 3), upstream=draw.array(2, 5, 3))
    agree(probes.means_by_matrix, x=draw.array(4, 4, 4), upstream=draw.array(4, 4, 4))


@exercise("mean-softmax", points=2)
def test_other_means_of_the_softmax(agree, draw):
    """The softmax's means are right for other numbers."""
    agree(probes.means_by_softmax, x=draw.array(2, 5, 3), upstream=draw.array(2, 5, 3))
    agree(probes.means_by_softmax, x=draw.array(4, 4, 4), upstream=draw.array(4, 4, 4))
