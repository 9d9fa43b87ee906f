"""Lecture 3, public checks of weights.safetensors: how well the weights do that are handed in."""

from grader.inside.probes import lecture3_mlp as probes
from grader.judging.suite import exercise


@exercise("beat-the-lecture", points=1)
def test_weights_have_learnt_something(at_most):
    """The weights do better on the dev split than a table of bigram counts, 2.45."""
    at_most(probes.loss_on_held_out_names, 2.45)


@exercise("beat-the-lecture", points=1)
def test_weights_reach_2_30(at_most):
    """The loss on the dev split is at most 2.30."""
    at_most(probes.loss_on_held_out_names, 2.30)


@exercise("beat-the-lecture", points=2)
def test_weights_reach_what_the_exercise_asks(at_most):
    """The loss on the dev split is at most 2.20, which the lecture's exercise asks for."""
    at_most(probes.loss_on_held_out_names, 2.20)


@exercise("beat-the-lecture", points=2)
def test_weights_reach_the_lecture(at_most):
    """The loss on the dev split is at most 2.17, where the lecture itself ends."""
    at_most(probes.loss_on_held_out_names, 2.17)


@exercise("beat-the-lecture", points=1)
def test_weights_go_beyond_the_lecture(at_most):
    """The loss on the dev split is at most 2.10: better than the lecture."""
    at_most(probes.loss_on_held_out_names, 2.10)


@exercise("beat-the-lecture", points=1)
def test_weights_go_far_beyond_the_lecture(at_most):
    """The loss on the dev split is at most 2.05: far better than the lecture."""
    at_most(probes.loss_on_held_out_names, 2.05)
