"""Lecture 6, hidden checks of layers.py: each layer on fresh numbers."""

from grader.inside.probes import lecture6_wavenet as probes
from grader.judging.properties import arrays, numbers
from grader.judging.suite import exercise


@exercise("embedding-layer", points=2)
def test_another_embedding(agree, draw):
    """Another Embedding starts and looks up as stated."""
    agree(probes.fresh_embedding, num=6, dim=11, seed=draw.randrange(10**6))
    agree(
        probes.embedding_output,
        weight=draw.array(6, 3), IX=draw.integers(4, 2, low=0, high=6), upstream=draw.array(4, 2, 3),
    )  # fmt: skip


@exercise("linear-3d", points=2)
def test_another_linear(agree, draw):
    """Another Linear starts and computes as stated, at every position."""
    agree(probes.fresh_linear, fan_in=12, fan_out=31, bias=True, seed=draw.randrange(10**6))
    weight, bias = draw.array(4, 3), draw.array(3)
    agree(probes.linear_output, weight=weight, bias=bias, x=draw.array(5, 4), upstream=draw.array(5, 3))
    agree(probes.linear_output, weight=weight, bias=bias, x=draw.array(2, 6, 4), upstream=draw.array(2, 6, 3))
    agree(probes.linear_output, weight=weight, bias=None, x=draw.array(4, 4, 4), upstream=draw.array(4, 4, 3))


@exercise("batchnorm-3d", points=2)
def test_batchnorm_of_fresh_batches(agree, for_all, draw):
    """Outputs, gradients and buffers are right for other batches."""
    learned = {"gamma": draw.array(4, low=0.4), "beta": draw.array(4)}
    agree(probes.fresh_batchnorm, dim=4)
    for shape in ((5, 4), (3, 5, 4), (2, 4, 4), (3, 1, 4), (1, 3, 4)):
        x, upstream = draw.array(*shape, low=-5.0, high=8.0), draw.array(*shape)
        agree(probes.batchnorm_output, **learned, x=x, upstream=upstream, eps=0.03)
    start = {"mean": draw.array(4), "var": draw.array(4, low=0.3, high=3.0)}
    batches = [draw.array(*shape, low=-5.0, high=8.0) for shape in ((3, 2, 4), (4, 4), (2, 4, 4))]
    agree(probes.batchnorm_buffers, **start, batches=batches)
    for_all(
        probes.batchnorm_output,
        arrays({"n": 2}, x=numbers("n t c"), gamma=numbers("c"), beta=numbers("c"), upstream=numbers("n t c")),
    )


@exercise("batchnorm-3d", points=2)
def test_batchnorm_in_fresh_evaluation(agree, draw):
    """Evaluation is right for other buffers, with positions and without."""
    given = {
        "mean": draw.array(3), "var": draw.array(3, low=0.3, high=3.0), "gamma": draw.array(3), "beta": draw.array(3),
    }  # fmt: skip
    agree(probes.batchnorm_evaluation, **given, x=draw.array(4, 3, low=-5.0, high=8.0), eps=0.02)
    agree(probes.batchnorm_evaluation, **given, x=draw.array(4, 2, 3, low=-5.0, high=8.0))


@exercise("flatten", points=1)
def test_other_positions_side_by_side(agree, draw):
    """Flatten is right for other shapes."""
    agree(probes.flat_output, x=draw.array(3, 2, 5), upstream=draw.array(3, 10))
    agree(probes.flat_output, x=draw.array(1, 6, 1), upstream=draw.array(1, 6))


@exercise("flatten-consecutive", points=4)
def test_other_neighbours_side_by_side(agree, draw):
    """FlattenConsecutive is right for other groups and shapes."""
    agree(probes.grouped_output, n=2, x=draw.array(3, 6, 2), upstream=draw.array(3, 3, 4))
    agree(probes.grouped_output, n=3, x=draw.array(2, 6, 3), upstream=draw.array(2, 2, 9))
    agree(probes.grouped_output, n=1, x=draw.array(2, 3, 1), upstream=draw.array(2, 3, 1))
    agree(probes.grouped_output, n=3, x=draw.array(1, 3, 2), upstream=draw.array(1, 6))
    agree(probes.grouped_output, n=1, x=draw.array(2, 1, 3), upstream=draw.array(2, 3))


@exercise("sequential", points=3)
def test_other_layers_in_a_row(agree, draw):
    """Sequential is right with other numbers."""
    sizes = [6, 2, 3, 4]
    row = draw.array(probes.count(probes.tree_shapes(sizes)), low=-1.5, high=1.5)
    agree(probes.chained, sizes=sizes, numbers=row, X=draw.integers(5, 2, low=0, high=6), upstream=draw.array(5, 6))
