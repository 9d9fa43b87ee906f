"""Lecture 9, hidden checks of by_hand.py: other nets."""

from grader.inside.probes import lecture9_microgpt as probes
from grader.judging.suite import exercise


def another_net(draw, vocab_size=5, n_embd=3, n_hidden=4):
    """A net in which some hidden numbers are let through and others are not."""
    shapes = {"wte": (vocab_size, n_embd), "w1": (n_hidden, n_embd), "w2": (vocab_size, n_hidden)}
    return {name: [draw.numbers(columns, -2, 2) for _ in range(rows)] for name, (rows, columns) in shapes.items()}


@exercise("hand-forward", points=1)
def test_other_nets(agree, draw):
    """What another net makes of its tokens is right."""
    net = another_net(draw)
    for token in (0, 3):
        agree(probes.steps_of_net, net=net, token=token)
    agree(probes.loss_of_net, net=net, token=4, target=draw.randrange(5))


@exercise("hand-gradients", points=3)
def test_gradients_of_other_nets(agree, draw):
    """The slopes are right for other nets, tokens and targets."""
    for token in (1, 4):
        agree(probes.gradients_by_hand, net=another_net(draw), token=token, target=draw.randrange(5))


@exercise("number-check", points=1)
def test_nudges_of_other_nets(agree, draw):
    """Other nets are nudged as stated."""
    net = {"w1": [draw.numbers(3, -2, 2)], "w2": [draw.numbers(1, 0.5, 2), draw.numbers(1, -2, -0.5)]}
    agree(probes.gradients_by_nudges, loss="sum of cubes", net=net, h=0.05)
    agree(probes.gradients_by_nudges, loss="product of all numbers", net=net, h=0.1)
