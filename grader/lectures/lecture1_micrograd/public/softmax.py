"""Lecture 1, public checks of softmax.py: probabilities, and what one prediction costs."""

from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.suite import exercise


@exercise("softmax", points=1)
def test_softmax_of_the_lectures_logits(agree):
    """The exercise's four logits become probabilities."""
    agree(probes.softmax_values, logits=[0.0, 3.0, -2.0, 1.0])


@exercise("value-nll", points=1)
def test_loss_of_one_prediction(agree):
    """The loss is minus the logarithm of the probability at the label."""
    agree(probes.likelihood_loss, probs=[0.1, 0.6, 0.3], label=1)
    agree(probes.likelihood_loss, probs=[0.1, 0.6, 0.3], label=2)
