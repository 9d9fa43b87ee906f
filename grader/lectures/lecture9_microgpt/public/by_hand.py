"""Lecture 9, public checks of by_hand.py: the small net, its gradients by hand, and by nudges."""

from grader.inside.probes import lecture9_microgpt as probes
from grader.judging.suite import exercise
from grader.lectures.lecture9_microgpt.public.shared import LARGE, NET


@exercise("hand-forward", points=1)
def test_steps_of_the_net(agree):
    """Embedding, first matrix, relu and shares are right, step by step."""
    agree(probes.steps_of_net, net=NET, token=0)
    agree(probes.steps_of_net, net=NET, token=2)


@exercise("hand-forward", points=1)
def test_large_logits_of_the_net(agree):
    """Logits of a thousand and more do no harm, and the loss is -log of the target's share."""
    agree(probes.steps_of_net, net=LARGE, token=0)
    agree(probes.loss_of_net, net=LARGE, token=0, target=1)
    agree(probes.loss_of_net, net=NET, token=3, target=2)


@exercise("hand-gradients", points=5)
def test_gradients_by_hand(agree):
    """The slope of the loss is right for every number of the net."""
    agree(probes.gradients_by_hand, net=NET, token=0, target=1)
    agree(probes.gradients_by_hand, net=NET, token=3, target=3)
    agree(probes.gradients_by_hand, net=NET, token=1, target=0)


@exercise("number-check", points=3)
def test_gradients_by_nudges(agree):
    """Each number is nudged both ways, alone, and put back; its slope is the change divided by 2h."""
    net = {"w1": [[0.5, -1.0], [2.0, 1.5], [0.3, 0.7]], "w2": [[-0.4]]}
    agree(probes.gradients_by_nudges, loss="sum of cubes", net=net, h=0.1)
    agree(probes.gradients_by_nudges, loss="product of all numbers", net=net, h=0.01)
