"""Lecture 7, public checks of weights.safetensors: how well the weights do that are handed in."""

from grader.inside.probes import lecture7_gpt as probes
from grader.judging.suite import exercise


@exercise("beat-the-bigram", points=1)
def test_weights_beat_the_bigram(at_most):
    """The loss on the text that was kept back is at most 2.35: better than any bigram model."""
    at_most(probes.loss_on_held_out_text, 2.35)


@exercise("beat-the-bigram", points=1)
def test_weights_beat_one_head(at_most):
    """The loss on the text that was kept back is at most 2.20."""
    at_most(probes.loss_on_held_out_text, 2.20)


@exercise("beat-the-bigram", points=1)
def test_weights_use_several_blocks(at_most):
    """The loss on the text that was kept back is at most 2.05."""
    at_most(probes.loss_on_held_out_text, 2.05)


@exercise("beat-the-bigram", points=1)
def test_weights_do_well(at_most):
    """The loss on the text that was kept back is at most 1.95."""
    at_most(probes.loss_on_held_out_text, 1.95)
