"""Lecture 9, public checks of autograd.py: a product, shares, and the small net with an engine."""

from grader.inside.probes import lecture9_microgpt as probes
from grader.judging.suite import exercise
from grader.lectures.lecture9_microgpt.public.shared import NET, UPSTREAM


@exercise("value-linear", points=2)
def test_product(agree):
    """One number comes out for each row of the matrix, and gradients get to both vector and matrix."""
    agree(probes.product, x=[10.0, -1.0], w=[[1.0, 2.0], [3.0, 4.0], [0.5, 0.0]], upstream=[1.0, -0.5, 2.0])
    agree(probes.product, x=[0.5, -1.5], w=[[1.0, 2.0], [-3.0, 4.0]], upstream=[1.0, 0.3])
    agree(probes.product, x=[0.5, -1.5, 2.5], w=[[1.0, 2.0, -0.5]], upstream=[0.8])


@exercise("value-softmax", points=3)
def test_shares(agree):
    """The shares add up to 1, and their gradients get to every logit."""
    agree(probes.shares, logits=[1.0, 2.0, 3.0], upstream=[1.0, -0.5, 0.25])
    agree(probes.shares, logits=[-0.3, 1.4, 0.2, -2.0], upstream=UPSTREAM)
    agree(probes.shares, logits=[0.7], upstream=[2.0])


@exercise("value-softmax", points=1, aside=True)
def test_shares_of_large_numbers(agree):
    """Numbers of a thousand, above 0 or below it, become shares as well."""
    agree(probes.shares, logits=[1001.0, 1000.0, 998.0], upstream=[1.0, -0.5, 0.25])
    agree(probes.shares, logits=[-1001.0, -1000.0, -1003.0], upstream=[1.0, -0.5, 0.25])


@exercise("net-gradients", points=3)
def test_gradients_by_an_engine(agree):
    """The gradients are those that step 2 found by hand, and the net of floats stays as it is."""
    agree(probes.gradients_by_engine, net=NET, token=0, target=1)
    agree(probes.gradients_by_engine, net=NET, token=3, target=3)
    agree(probes.gradients_by_engine, net=NET, token=1, target=2)
