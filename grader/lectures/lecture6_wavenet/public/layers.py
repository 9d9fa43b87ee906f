"""Lecture 6, public checks of layers.py: each layer alone, with positions and without."""

from grader.inside.arrays import array
from grader.inside.probes import lecture6_wavenet as probes
from grader.judging.properties import arrays, indices, numbers
from grader.judging.suite import exercise
from grader.lectures.lecture6_wavenet.public.shared import ARRIVING, POSITIONS, SEED
from grader.lectures.lecture6_wavenet.public.shared import numbers as parameters

PLAIN = array([[1.0, 100.0, -0.5], [2.0, 300.0, 0.25], [6.0, 800.0, 0.75], [4.0, 500.0, 3.0]])
PLAIN_ARRIVING = array([[0.3, -1.2, 0.7], [2.1, 0.4, -0.6], [-0.9, 1.7, 1.3], [0.8, -0.5, 0.2]])
LEARNED = {"gamma": array([2.0, 0.5, -1.5]), "beta": array([3.0, -0.25, 0.75])}
SQUARE = array(
    [
        [[0.5, 3.0, -1.0], [1.5, -2.0, 7.0], [2.5, 6.0, 4.0]],
        [[-3.5, 8.0, 2.0], [4.5, 1.0, -5.0], [0.25, -4.0, 9.0]],
    ]
)
SQUARE_ARRIVING = array(
    [
        [[0.3, -1.2, 0.7], [2.1, 0.4, -0.6], [-0.9, 1.7, 1.3]],
        [[1.1, 0.6, -0.4], [-1.3, 0.9, 0.1], [0.5, -0.7, 1.9]],
    ]
)


@exercise("embedding-layer", points=2)
def test_new_embedding(agree):
    """A new Embedding has a table of normal numbers from the generator, and lists it."""
    agree(probes.fresh_embedding, num=27, dim=24, seed=SEED)


@exercise("embedding-layer", points=2)
def test_rows_of_an_embedding(agree, for_all):
    """Embedding gives each index its row, keeps the result in out, and its table collects the gradient."""
    agree(
        probes.embedding_output,
        weight=array([[0.5, -1.0], [2.0, 0.25], [-3.0, 4.0]]), IX=array([[0, 2, 2], [1, 0, 2]], "int64"),
        upstream=array([[[0.3, -1.2], [2.1, 0.4], [-0.9, 1.7]], [[0.8, -0.5], [1.1, 0.6], [-1.3, 0.9]]]),
    )  # fmt: skip
    for_all(
        probes.embedding_output,
        arrays(weight=numbers("v c"), IX=indices("n t", "v"), upstream=numbers("n t c")),
    )


@exercise("linear-3d", points=1)
def test_new_linear(agree):
    """A new Linear has a weight (fan_in, fan_out), scaled by the root of fan_in, and a bias of zeros or none."""
    agree(probes.fresh_linear, fan_in=100, fan_out=25, bias=True, seed=SEED)
    agree(probes.fresh_linear, fan_in=5, fan_out=3, bias=False, seed=SEED)


@exercise("linear-3d", points=1)
def test_linear_without_positions(agree, for_all):
    """Linear multiplies rows by its weight and adds its bias."""
    weight, x = array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), array([[1.0, -1.0], [0.5, 2.0], [-3.0, 0.25], [1.5, 0.75]])
    agree(probes.linear_output, weight=weight, bias=array([0.5, 0.25, -0.5]), x=x, upstream=PLAIN_ARRIVING)
    agree(probes.linear_output, weight=weight, bias=None, x=x, upstream=PLAIN_ARRIVING)


@exercise("linear-3d", points=2)
def test_linear_at_every_position(agree, for_all):
    """With positions, each of them is multiplied by the same weight, and the axes before the last one stay."""
    weight = array([[1.0, 2.0], [4.0, 5.0], [0.5, -3.0]])
    upstream = array(
        [[[0.3, -1.2], [2.1, 0.4], [-0.9, 1.7], [0.8, -0.5]], [[1.1, 0.6], [-1.3, 0.9], [0.5, -0.7], [1, 2]]]
    )
    agree(probes.linear_output, weight=weight, bias=array([0.5, 0.25]), x=POSITIONS, upstream=upstream)
    agree(probes.linear_output, weight=weight, bias=None, x=POSITIONS, upstream=upstream)
    for_all(
        probes.linear_output,
        arrays(weight=numbers("i o"), bias=numbers("o"), x=numbers("n t i"), upstream=numbers("n t o")),
    )


@exercise("batchnorm-3d", points=1)
def test_new_batchnorm(agree):
    """A new BatchNorm1d changes nothing but the mean and spread: gain 1, shift 0, running mean 0 and variance 1."""
    agree(probes.fresh_batchnorm, dim=3)


@exercise("batchnorm-3d", points=1)
def test_batchnorm_without_positions(agree):
    """Without positions it is lecture 4's: a column is normalised by the batch and eps, scaled and shifted."""
    agree(probes.batchnorm_output, x=PLAIN, **LEARNED, upstream=PLAIN_ARRIVING)
    agree(probes.batchnorm_output, x=PLAIN, **LEARNED, upstream=PLAIN_ARRIVING, eps=0.3)


@exercise("batchnorm-3d", points=2)
def test_sizes_of_the_buffers(agree):
    """A running mean has one number per channel, however many positions and examples there are."""
    agree(probes.buffer_sizes, x=PLAIN)
    agree(probes.buffer_sizes, x=POSITIONS)
    agree(probes.buffer_sizes, x=SQUARE)


@exercise("batchnorm-3d", points=2)
def test_batchnorm_with_positions(agree, for_all):
    """With positions, a channel is normalised over all examples and positions together."""
    agree(probes.batchnorm_output, x=POSITIONS, **LEARNED, upstream=ARRIVING)
    agree(probes.batchnorm_output, x=SQUARE, **LEARNED, upstream=SQUARE_ARRIVING, eps=0.3)
    for_all(
        probes.batchnorm_output,
        arrays({"n": 2}, x=numbers("n t c"), gamma=numbers("c"), beta=numbers("c"), upstream=numbers("n t c")),
    )


@exercise("batchnorm-3d", points=2)
def test_buffers_in_training(agree):
    """The running statistics creep towards each batch's, off the graph."""
    agree(
        probes.batchnorm_buffers, mean=array([0.0]), var=array([1.0]), batches=[array([[[1.0], [3.0]], [[5.0], [7.0]]])]
    )
    start = {"mean": array([0.5, 50.0, -1.0]), "var": array([1.5, 20.0, 0.7])}
    agree(probes.batchnorm_buffers, **start, batches=[POSITIONS, PLAIN, SQUARE], momentum=0.2)


@exercise("batchnorm-3d", points=2)
def test_batchnorm_in_evaluation(agree):
    """In evaluation the buffers alone count, and stay as they are."""
    buffers = {"mean": array([0.5, 50.0, -1.0]), "var": array([2.25, 900.0, 0.00004])}
    agree(probes.batchnorm_evaluation, **buffers, **LEARNED, x=PLAIN, eps=0.02)
    agree(probes.batchnorm_evaluation, **buffers, **LEARNED, x=POSITIONS)


@exercise("flatten", points=2)
def test_all_positions_side_by_side(agree, for_all):
    """Flatten lays the positions of each example side by side in their order, also for a single example."""
    upstream = array([[0.3, -1.2, 0.7, 2.1, 0.4, -0.6, -0.9, 1.7, 1.3, 0.8, -0.5, 0.2]] * 2)
    agree(probes.flat_output, x=POSITIONS, upstream=upstream)
    agree(probes.flat_output, x=array([[[1.0, 2.0], [3.0, 4.0]]]), upstream=array([[0.3, -1.2, 0.7, 2.1]]))


@exercise("flatten-consecutive", points=3)
def test_neighbours_side_by_side(agree):
    """FlattenConsecutive lays each n positions that follow one another side by side, in their order."""
    upstream = array([[[0.3, -1.2, 0.7, 2.1, 0.4, -0.6], [-0.9, 1.7, 1.3, 0.8, -0.5, 0.2]]] * 2)
    agree(probes.grouped_output, n=2, x=POSITIONS, upstream=upstream)
    eight = [[[float(t)] for t in range(8)]]
    agree(
        probes.grouped_output,
        n=2,
        x=array(eight),
        upstream=array([[[0.3, -1.2], [0.7, 2.1], [0.4, -0.6], [-0.9, 1.7]]]),
    )
    agree(probes.grouped_output, n=4, x=array(eight), upstream=array([[[0.3, -1.2, 0.7, 2.1], [0.4, -0.6, -0.9, 1.7]]]))


@exercise("flatten-consecutive", points=3)
def test_a_single_group(agree):
    """If one group is left, its axis is gone, and the axis of the examples stays, also for a single one."""
    row = [0.3, -1.2, 0.7, 2.1, 0.4, -0.6, -0.9, 1.7, 1.3, 0.8, -0.5, 0.2]
    agree(probes.grouped_output, n=4, x=POSITIONS, upstream=array([row, row]))
    agree(probes.grouped_output, n=2, x=array([[[1.0, 2.0], [3.0, 4.0]]]), upstream=array([row[:4]]))
    agree(probes.grouped_output, n=2, x=array([[[1.0], [3.0], [5.0], [7.0]]]), upstream=array([[row[:2], row[2:4]]]))


@exercise("sequential", points=4)
def test_layers_in_a_row(agree):
    """Sequential hands each output on to the next layer, keeps the last, and lists all parameters in one flat list."""
    sizes, X = [3, 2, 2, 3], array([[0, 2], [1, 1], [2, 0], [1, 2]], "int64")
    agree(probes.chained, sizes=sizes, numbers=parameters(sizes, "chain"), X=X, upstream=PLAIN_ARRIVING)
