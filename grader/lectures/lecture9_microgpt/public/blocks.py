"""Lecture 9, public checks of blocks.py: the norm, one head, several with a cache, the net of a position."""

from grader.inside.probes import lecture9_microgpt as probes
from grader.judging.suite import exercise
from grader.lectures.lecture9_microgpt.public.shared import UPSTREAM, WIDE


@exercise("rmsnorm", points=3)
def test_norm(agree):
    """The vector is divided by the root of the mean of its squares and 1e-5, and gradients take all ways back."""
    agree(probes.normed, x=[3.0, -4.0], upstream=[1.0, 0.5])
    agree(probes.normed, x=[0.5, 1.5, 2.5, -0.25], upstream=UPSTREAM)


@exercise("rmsnorm", points=1, aside=True)
def test_norm_of_something_small(agree):
    """A vector of nearly nothing is not blown up to size 1, and one of zeros does no harm."""
    agree(probes.normed, x=[0.001, -0.002, 0.0005], upstream=[1.0, -0.5, 2.0])
    agree(probes.normed, x=[0.0, 0.0], upstream=[1.0, 0.5])


@exercise("one-head", points=5)
def test_one_head(agree):
    """The scores of all positions become weights, and the values are mixed by them."""
    agree(
        probes.attended,
        query=[0.5, -1.0], keys=[[1.0, 0.5], [-0.3, 0.8], [0.2, -1.4]], values=[[1.0, 2.0], [3.0, -1.0], [0.5, 0.25]],
        upstream=[1.0, -0.4],
    )  # fmt: skip
    agree(
        probes.attended,
        query=[0.6, -1.2, 0.9, 0.3], keys=[[1.0, 0.5, -0.7, 0.1], [-0.3, 0.8, 1.1, -0.6]],
        values=[[1.0, 2.0, -0.5, 0.7], [3.0, -1.0, 0.6, -1.3]], upstream=UPSTREAM,
    )  # fmt: skip
    agree(probes.attended, query=[2.0], keys=[[1.0], [1.0], [1.0]], values=[[6.0], [0.0], [3.0]], upstream=[1.0])


@exercise("many-heads", points=5)
def test_heads_with_a_cache(agree):
    """Each position sees itself and all before it; every head works with its own part."""
    agree(probes.heads, n_embd=4, n_head=2, count=3, seed=1, upstream=UPSTREAM)
    agree(probes.heads, n_embd=8, n_head=2, count=2, seed=2, upstream=WIDE)


@exercise("many-heads", points=1)
def test_one_head_is_enough(agree):
    """With one head the whole vectors are compared; a first position sees itself alone."""
    agree(probes.heads, n_embd=4, n_head=1, count=2, seed=3, upstream=UPSTREAM)
    agree(probes.heads, n_embd=4, n_head=4, count=1, seed=4, upstream=UPSTREAM)


@exercise("relu-mlp", points=2)
def test_net_of_a_position(agree):
    """Between the two matrices, and only there, what is below 0 becomes 0."""
    w1 = [[1.0, 0.5], [-1.0, 0.3], [0.4, -0.8], [0.9, 0.2]]
    agree(probes.small_net, x=[2.0, -1.0], w1=w1, w2=[[10.0, 1.0, -0.5, 0.2]], upstream=[1.0])
    w2 = [[0.5, 1.0, -0.5, 0.2], [-1.0, -3.0, -0.2, -0.7]]
    agree(probes.small_net, x=[1.5, 2.5], w1=w1, w2=w2, upstream=[1.0, -0.5])
