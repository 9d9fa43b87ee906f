"""Lecture 7, public checks of attention.py: one head, several, thinking, layer norm, and a block of all of them."""

from grader.inside.arrays import array
from grader.inside.probes import lecture7_gpt as probes
from grader.judging.suite import exercise
from grader.lectures.lecture7_gpt.public.shared import ARRIVING, TWO_CHANNELS, X, numbers

HEAD = {"n_embd": 4, "head_size": 2, "numbers": numbers(probes.head_spec(4, 2), "head")}
HEADS = {"n_embd": 4, "num_heads": 3, "head_size": 2, "numbers": numbers(probes.heads_spec(4, 3, 2), "heads")}
FFWD = numbers(probes.ffwd_spec(4), "ffwd")
BLOCK = {"n_embd": 4, "n_head": 2, "numbers": numbers(probes.block_spec(4, 2), "block")}
LEARNED = array([2.0, 0.5, -1.5, 0.8, 3.0, -0.25, 0.75, 0.1])  # gamma, then beta
SQUARE = array(
    [[[0.5, 3.0, -1.0], [1.5, -2.0, 7.0], [2.5, 6.0, 4.0]], [[-3.5, 8.0, 2.0], [4.5, 1.0, -5.0], [0.25, -4.0, 9.0]]]
)
SQUARE_ARRIVING = array(
    [[[0.3, -1.2, 0.7], [2.1, 0.4, -0.6], [-0.9, 1.7, 1.3]], [[1.1, 0.6, -0.4], [-1.3, 0.9, 0.1], [0.5, -0.7, 1.9]]]
)


@exercise("head", points=3)
def test_what_a_head_gathers(agree):
    """A head gathers the values of a position and those before, weighted by how well key and query match."""
    agree(probes.head_output, **HEAD, block_size=3, x=X, upstream=TWO_CHANNELS)
    agree(probes.head_output, **HEAD, block_size=8, x=X, upstream=TWO_CHANNELS)
    one = {"x": array([[[0.3, -1.2, 0.7, 1.5]]]), "upstream": array([[[0.5, -0.8]]])}
    agree(probes.head_output, **HEAD, block_size=3, **one)


@exercise("head", points=2)
def test_who_hears_whom_in_a_head(agree):
    """A position moves itself and later ones of its own row alone."""
    agree(probes.moved_outputs, kind="Head", sizes=[4, 2, 3], numbers=HEAD["numbers"], x=X)
    agree(probes.moved_outputs, kind="Head", sizes=[4, 2, 6], numbers=HEAD["numbers"], x=X)


@exercise("head", points=1)
def test_scale_of_the_scores(agree):
    """The scores are divided by the root of the head's own size."""
    agree(probes.score_scale, n_embd=6, head_size=4)
    agree(probes.score_scale, n_embd=4, head_size=2)


@exercise("head", points=2)
def test_dropout_of_a_head(agree):
    """In training some weights are left out, in evaluation none."""
    agree(probes.dropped_weights, dropout=0.5)
    agree(probes.dropped_weights, dropout=0.2)
    agree(probes.evaluated_twice, kind="Head", sizes=[4, 2, 3], numbers=HEAD["numbers"], x=X)


@exercise("multi-head", points=1)
def test_size_of_several_heads(agree):
    """Every head has numbers of its own, and all of them are learned."""
    agree(probes.heads_size, n_embd=4, num_heads=1, head_size=2)
    agree(probes.heads_size, n_embd=4, num_heads=3, head_size=2)


@exercise("multi-head", points=2)
def test_what_several_heads_make_of_it(agree):
    """The results of the heads stand beside each other and are mixed by proj."""
    agree(probes.heads_output, **HEADS, block_size=3, x=X, upstream=ARRIVING)
    agree(probes.heads_output, **HEADS, block_size=5, x=X, upstream=ARRIVING)


@exercise("multi-head", points=1)
def test_dropout_of_several_heads(agree):
    """Dropout comes after proj, in training alone."""
    agree(probes.dropped_heads, dropout=0.5)
    agree(probes.evaluated_twice, kind="MultiHeadAttention", sizes=[4, 3, 2, 3], numbers=HEADS["numbers"], x=X)


@exercise("feed-forward", points=1)
def test_size_of_feed_forward(agree):
    """A FeedForward is four times as wide inside, and comes back."""
    agree(probes.ffwd_size, n_embd=3)
    agree(probes.ffwd_size, n_embd=64)


@exercise("feed-forward", points=1)
def test_what_feed_forward_makes_of_it(agree):
    """Each position goes through a Linear, relu and a Linear."""
    agree(probes.ffwd_output, n_embd=4, numbers=FFWD, x=X, upstream=ARRIVING)


@exercise("feed-forward", points=1)
def test_dropout_of_feed_forward(agree):
    """Dropout comes last, in training alone."""
    agree(probes.dropped_thoughts, dropout=0.5)
    agree(probes.evaluated_twice, kind="FeedForward", sizes=[4], numbers=FFWD, x=X)


@exercise("layer-norm", points=1)
def test_new_layer_norm(agree):
    """A new LayerNorm1d scales by 1 and shifts by 0."""
    agree(probes.fresh_norm, dim=3)


@exercise("layer-norm", points=3)
def test_what_layer_norm_makes_of_it(agree):
    """Each position is normalised by itself over its channels, scaled and shifted."""
    agree(probes.norm_output, x=X, numbers=LEARNED, upstream=ARRIVING)
    agree(probes.norm_output, x=X, numbers=LEARNED, upstream=ARRIVING, eps=0.3)
    plain = array([2.0, 0.5, -1.5, 3.0, -0.25, 0.75])
    agree(probes.norm_output, x=SQUARE, numbers=plain, upstream=SQUARE_ARRIVING)
    rows = {"x": array([[1.0, 3.0, 8.0], [2.0, -6.0, 0.5]]), "upstream": array([[0.3, -1.2, 0.7], [2.1, 0.4, -0.6]])}
    agree(probes.norm_output, numbers=plain, **rows)


@exercise("block", points=2)
def test_block_at_rest(agree):
    """If sa and ffwd say nothing, what comes in comes out."""
    agree(probes.block_at_rest, n_embd=4, x=X)


@exercise("block", points=1)
def test_dropout_of_a_block(agree):
    """A block hands dropout on to both of its parts."""
    agree(probes.dropped_in_block, dropout=0.5)


@exercise("block", points=1)
def test_what_a_block_makes_of_it(agree):
    """To what comes in is added what sa makes of its norm, then what ffwd makes of the norm of that."""
    agree(probes.block_output, **BLOCK, block_size=3, x=X, upstream=ARRIVING)
    agree(probes.moved_outputs, kind="Block", sizes=[4, 2, 5], numbers=BLOCK["numbers"], x=X)
