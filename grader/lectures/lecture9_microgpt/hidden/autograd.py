"""Lecture 9, hidden checks of autograd.py: other numbers, other sizes."""

from grader.inside.probes import lecture9_microgpt as probes
from grader.judging.suite import exercise
from grader.lectures.lecture9_microgpt.hidden.by_hand import another_net


@exercise("value-linear", points=2)
def test_other_products(agree, draw):
    """The product is right for other shapes."""
    for rows, columns in ((4, 2), (2, 5), (3, 3)):
        w = [draw.numbers(columns, -2, 2) for _ in range(rows)]
        agree(probes.product, x=draw.numbers(columns, -2, 2), w=w, upstream=draw.numbers(rows, -2, 2))


@exercise("value-softmax", points=1)
def test_other_shares(agree, draw):
    """The shares are right for other numbers."""
    for count in (2, 5):
        agree(probes.shares, logits=draw.numbers(count, -3, 3), upstream=draw.numbers(count, -2, 2))


@exercise("value-softmax", points=1, aside=True)
def test_other_large_numbers(agree, draw):
    """So they are for larger ones."""
    for low, high in ((800, 810), (-2010, -2000)):
        agree(probes.shares, logits=draw.numbers(3, low, high), upstream=draw.numbers(3, -2, 2))


@exercise("net-gradients", points=2)
def test_gradients_of_other_nets_by_an_engine(agree, draw):
    """The gradients are right for other nets."""
    for token in (0, 2):
        agree(probes.gradients_by_engine, net=another_net(draw), token=token, target=draw.randrange(5))
