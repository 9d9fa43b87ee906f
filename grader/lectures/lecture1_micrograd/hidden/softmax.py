"""Lecture 1, hidden checks of softmax.py: fresh logits."""

from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.suite import exercise


@exercise("softmax", points=1, needs=("value-add", "value-backward"))
def test_softmax_of_fresh_logits(agree, draw):
    """Probabilities and their gradients are right for other logits."""
    logits = draw.numbers(5, -2, 2)
    agree(probes.softmax_values, logits=logits)
    agree(probes.softmax_gradients, logits=logits, of=draw.randrange(5))


@exercise("value-nll", points=1, needs=("softmax", "value-backward"))
def test_gradients_of_the_loss(agree, draw):
    """The loss of a softmax hands the right gradient to every logit."""
    agree(probes.softmax_loss, logits=[0.0, 3.0, -2.0, 1.0], label=3)
    agree(probes.softmax_loss, logits=draw.numbers(5, -2, 2), label=draw.randrange(5))
