"""Lecture 9, hidden checks of blocks.py: other vectors, other sizes."""

from grader.inside.probes import lecture9_microgpt as probes
from grader.judging.suite import exercise


@exercise("rmsnorm", points=1)
def test_other_norms(agree, draw):
    """The norm is right for other vectors."""
    for count in (1, 3, 6):
        agree(probes.normed, x=draw.numbers(count, -3, 3), upstream=draw.numbers(count, -2, 2))


@exercise("rmsnorm", points=1, aside=True)
def test_other_small_vectors(agree, draw):
    """So it is for small ones."""
    agree(probes.normed, x=[0.001 * x for x in draw.numbers(4, -3, 3)], upstream=draw.numbers(4, -2, 2))


@exercise("one-head", points=3)
def test_other_heads(agree, draw):
    """One head is right for other queries, keys and values."""
    for d, count in ((3, 4), (5, 2), (2, 1)):
        keys, values = ([draw.numbers(d, -1.5, 1.5) for _ in range(count)] for _ in range(2))
        given = {"query": draw.numbers(d, -1.5, 1.5), "keys": keys, "values": values}
        agree(probes.attended, **given, upstream=draw.numbers(d, -2, 2))


@exercise("many-heads", points=3)
def test_other_layers(agree, draw):
    """Several heads are right for other layers."""
    for n_embd, n_head, count in ((6, 3, 3), (6, 2, 2)):
        seed = draw.randrange(10**6)
        agree(probes.heads, n_embd=n_embd, n_head=n_head, count=count, seed=seed, upstream=draw.numbers(6, -2, 2))


@exercise("relu-mlp", points=1)
def test_other_nets_of_a_position(agree, draw):
    """The net of a position is right for other matrices."""
    w1, w2 = ([draw.numbers(n, -2, 2) for _ in range(m)] for m, n in ((6, 3), (2, 6)))
    agree(probes.small_net, x=draw.numbers(3, -2, 2), w1=w1, w2=w2, upstream=draw.numbers(2, -2, 2))
