"""Lecture 5, public checks of compare.py and forward.py: what counts as equal, and the forward pass in pieces."""

from grader.inside.arrays import array
from grader.inside.probes import lecture5_backprop as probes
from grader.judging.suite import exercise
from grader.lectures.lecture5_backprop.public.shared import STATED, STATED_ROWS, small_net, small_rows


@exercise("compare", points=2)
def test_comparison_of_two_tensors(agree):
    """Equal, equal up to rounding, and different are told apart, with the largest distance."""
    agree(probes.comparison, dt=array([0.1, 0.2]), t=array([0.1, 0.7]))
    agree(probes.comparison, dt=array([0.1, 0.2, -0.3]), t=array([0.1, 0.2, -0.3]))
    agree(probes.comparison, dt=array([0.1, 0.2]), t=array([0.1, 0.2 + 1e-9]))
    agree(probes.comparison, dt=array([[0.5, -2.0], [1.5, 0.25]]), t=array([[0.5, -1.5], [1.25, 0.25]]))
    agree(probes.comparison, dt=array([1000.005, 1e-9]), t=array([1000.0, 0.0]))


@exercise("compare", points=1)
def test_comparison_of_different_shapes(agree):
    """Tensors of different shapes are not the same, also where broadcasting would make them so."""
    agree(probes.comparison, dt=array([1.5, 2.5, 0.5]), t=array([[1.5, 2.5, 0.5]]))
    agree(probes.comparison, dt=array([[2.5], [2.5]]), t=array([[2.5, 2.5], [2.5, 2.5]]))


@exercise("forward-pieces", points=4)
def test_pieces_of_the_forward_pass(agree):
    """Every intermediate of the forward pass has its name, its shape and its numbers."""
    agree(probes.forward_values, parameters=STATED, **STATED_ROWS)
    agree(probes.forward_values, parameters=small_net("forward"), **small_rows("forward"))
