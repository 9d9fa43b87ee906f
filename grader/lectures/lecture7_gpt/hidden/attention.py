"""Lecture 7, hidden checks of attention.py: other sizes and numbers."""

from grader.inside.probes import lecture7_gpt as probes
from grader.judging.suite import exercise


def numbers(draw, spec):
    """Numbers for all parameters of a module."""
    return draw.array(probes.count(spec), low=-0.9, high=0.9)


@exercise("head", points=4)
def test_another_head(agree, draw):
    """Heads of other sizes gather as stated, and hear only themselves and what came before."""
    for n_embd, head_size, block_size in ((5, 3, 4), (3, 3, 6), (2, 5, 4)):
        given = numbers(draw, probes.head_spec(n_embd, head_size))
        x, upstream = draw.array(3, 4, n_embd), draw.array(3, 4, head_size)
        sizes = {"n_embd": n_embd, "head_size": head_size, "block_size": block_size}
        agree(probes.head_output, **sizes, numbers=given, x=x, upstream=upstream)
        agree(probes.moved_outputs, kind="Head", sizes=[n_embd, head_size, block_size], numbers=given, x=x)
    agree(probes.score_scale, n_embd=9, head_size=5)
    agree(probes.dropped_weights, dropout=0.3)


@exercise("multi-head", points=2)
def test_other_heads(agree, draw):
    """Other numbers of heads, and heads of other sizes, work together as stated."""
    for n_embd, num_heads, head_size in ((6, 2, 3), (4, 1, 4), (3, 4, 1)):
        given = numbers(draw, probes.heads_spec(n_embd, num_heads, head_size))
        x, upstream = draw.array(2, 4, n_embd), draw.array(2, 4, n_embd)
        sizes = {"n_embd": n_embd, "num_heads": num_heads, "head_size": head_size, "block_size": 5}
        agree(probes.heads_output, **sizes, numbers=given, x=x, upstream=upstream)
        agree(
            probes.moved_outputs,
            kind="MultiHeadAttention", sizes=[n_embd, num_heads, head_size, 5], numbers=given, x=x,
        )  # fmt: skip
    agree(probes.dropped_heads, dropout=0.3)


@exercise("feed-forward", points=1)
def test_other_thoughts(agree, draw):
    """Another FeedForward computes as stated."""
    given = numbers(draw, probes.ffwd_spec(3))
    agree(probes.ffwd_output, n_embd=3, numbers=given, x=draw.array(2, 5, 3), upstream=draw.array(2, 5, 3))
    agree(probes.dropped_thoughts, dropout=0.3)


@exercise("layer-norm", points=2)
def test_other_norms(agree, draw):
    """Other inputs are normalised as stated."""
    for shape in ((2, 3, 5), (4, 2), (5, 5, 5), (1, 1, 3)):
        given = draw.array(2 * shape[-1])
        agree(probes.norm_output, x=draw.array(*shape), numbers=given, upstream=draw.array(*shape), eps=0.04)


@exercise("block", points=2)
def test_another_block(agree, draw):
    """Blocks of other sizes compute as stated."""
    agree(probes.block_at_rest, n_embd=3, x=draw.array(2, 4, 3))
    agree(probes.dropped_in_block, dropout=0.3)
    for n_embd, n_head in ((6, 3), (4, 1)):
        given = numbers(draw, probes.block_spec(n_embd, n_head))
        x, upstream = draw.array(2, 4, n_embd), draw.array(2, 4, n_embd)
        sizes = {"n_embd": n_embd, "n_head": n_head, "block_size": 5}
        agree(probes.block_output, **sizes, numbers=given, x=x, upstream=upstream)
