"""Lecture 7, public checks of averaging.py: the same means in three ways."""

from grader.inside.arrays import array
from grader.inside.probes import lecture7_gpt as probes
from grader.judging.properties import arrays, numbers
from grader.judging.suite import exercise
from grader.lectures.lecture7_gpt.public.shared import ARRIVING, X

TOY = array([[[2.0, 7.0], [6.0, 4.0], [6.0, 5.0]]])
TOY_ARRIVING = array([[[0.3, -1.2], [2.1, 0.4], [-0.9, 1.7]]])
ALL = arrays(x=numbers("b t c"), upstream=numbers("b t c"))


@exercise("mean-loop", points=2)
def test_means_of_the_loop(agree, for_all):
    """Each position gets the mean of the positions up to it, itself among them."""
    agree(probes.means_by_loop, x=TOY, upstream=TOY_ARRIVING)
    agree(probes.means_by_loop, x=X, upstream=ARRIVING)
    for_all(probes.means_by_loop, ALL)


@exercise("mean-matmul", points=2)
def test_means_of_the_matrix(agree, for_all):
    """The means by a matrix are those of the loop."""
    agree(probes.means_by_matrix, x=TOY, upstream=TOY_ARRIVING)
    agree(probes.means_by_matrix, x=X, upstream=ARRIVING)
    for_all(probes.means_by_matrix, ALL)


@exercise("mean-softmax", points=2)
def test_means_of_the_softmax(agree, for_all):
    """The means by a softmax are those of the loop."""
    agree(probes.means_by_softmax, x=TOY, upstream=TOY_ARRIVING)
    agree(probes.means_by_softmax, x=X, upstream=ARRIVING)
    for_all(probes.means_by_softmax, ALL)
