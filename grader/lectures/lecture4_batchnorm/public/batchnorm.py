"""Lecture 4, public checks of batchnorm.py: the normalised batch, and what is remembered for a single example."""

from grader.inside.arrays import array
from grader.inside.probes import lecture4_batchnorm as probes
from grader.judging.fresh_inputs import Draw
from grader.judging.properties import arrays, numbers
from grader.judging.suite import exercise
from grader.lectures.lecture4_batchnorm.public.shared import ARRIVING, BATCH, LECTURE, SEED, SMALL

GAIN, SHIFT = array([[2.0, 0.5, -1.5]]), array([[3.0, -0.25, 0.75]])


@exercise("normalise-batch", points=2)
def test_batch_norm_of_a_batch(agree, for_all):
    """Each column gets the mean of bnbias and the spread of bngain, whatever its own were."""
    agree(probes.normalised_batch, hpreact=array([[1.0], [2.0], [6.0]]), bngain=array([[2.0]]), bnbias=array([[3.0]]))
    agree(probes.normalised_batch, hpreact=BATCH, bngain=GAIN, bnbias=SHIFT)
    for_all(
        probes.normalised_batch,
        arrays({"n": 2}, hpreact=numbers("n h"), bngain=numbers("1 h"), bnbias=numbers("1 h")),
    )


@exercise("normalise-batch", points=2)
def test_batch_norm_of_columns_that_hardly_vary(agree):
    """A column that is constant, or nearly so, stays finite: eps is added to the variance, before the root."""
    still = array([[0.5, 0.001], [0.5, 0.002], [0.5, 0.006]])
    agree(probes.normalised_batch, hpreact=still, bngain=array([[2.0, 0.5]]), bnbias=array([[3.0, -0.25]]))
    agree(
        probes.normalised_batch,
        hpreact=array([[1.0, -0.5], [2.0, 0.25], [6.0, 0.75]]), bngain=array([[2.0, 0.5]]),
        bnbias=array([[3.0, -0.25]]), eps=0.3,
    )  # fmt: skip


@exercise("normalise-batch", points=1)
def test_gradients_through_batch_norm(agree):
    """Gradients flow through batch norm to the batch, the gain and the bias."""
    agree(probes.normalised_gradients, hpreact=BATCH, bngain=GAIN, bnbias=SHIFT, upstream=ARRIVING)


@exercise("running-statistics", points=2)
def test_running_statistics_creep(agree):
    """After a batch, the running numbers have moved by the share momentum towards the batch's."""
    start = {"mean": array([[0.0]]), "std": array([[1.0]])}
    agree(probes.running_statistics, **start, batches=[array([[1.0], [2.0], [6.0]])], momentum=0.1)
    agree(probes.running_statistics, mean=array([[0.0] * 3]), std=array([[1.0] * 3]), batches=[BATCH])


@exercise("running-statistics", points=2)
def test_running_statistics_of_two_batches(agree):
    """A second batch moves them on, and neither hangs on the graph."""
    agree(
        probes.running_statistics,
        mean=array([[0.5, 50.0, -1.0]]), std=array([[1.5, 20.0, 0.7]]),
        batches=[BATCH, array([[0.5, 60.0, 2.0], [3.0, 20.0, -4.0], [-1.0, 90.0, 1.0]])], momentum=0.2,
    )  # fmt: skip


@exercise("calibrate", points=3)
def test_calibration_on_the_training_set(agree):
    """The statistics are those of all training examples and of no others."""
    draw = Draw("calibrate")
    agree(
        probes.calibrated_statistics,
        C=array([[0.0], [1.0], [3.0]]), W1=array([[2.0, 0.0], [0.0, 1.0]]),
        train=array([[0, 0], [0, 1], [1, 2], [2, 1]], "int64"), dev=array([[2, 2], [0, 2], [2, 0]], "int64"),
        test=array([[1, 1], [2, 2]], "int64"),
    )  # fmt: skip
    agree(
        probes.calibrated_statistics,
        C=draw.array(6, 2, digits=1), W1=draw.array(6, 4, digits=1), train=draw.integers(7, 3, low=0, high=6),
        dev=draw.integers(4, 3, low=0, high=6), test=draw.integers(3, 3, low=0, high=6),
    )  # fmt: skip


def some_net(name):
    """Parameters, contexts and statistics of a small net with batch norm."""
    draw = Draw(name)
    shapes = [(5, 2), (6, 4), (4, 5), (5,), (1, 4), (1, 4)]
    return {
        "parameters": [draw.array(*shape, digits=1) for shape in shapes],
        "bnmean": draw.array(1, 4, low=-0.5, high=0.9, digits=2),
        "bnstd": draw.array(1, 4, low=0.4, high=2.5, digits=2),
    }


@exercise("single-example", points=2)
def test_logits_of_one_context(agree):
    """A single context gets its logits from the statistics that are handed in."""
    one = [[[0.0], [1.0]], [[2.0], [1.0]], [[1.0, -1.0]], [0.5, 0.0], [[1.0]], [[0.5]]]
    agree(
        probes.predicted_logits,
        parameters=[array(p) for p in one], X=array([[0, 1]], "int64"), bnmean=array([[2.0]]), bnstd=array([[4.0]]),
    )  # fmt: skip
    agree(probes.predicted_logits, **some_net("single"), X=array([[0, 3, 1]], "int64"))


@exercise("single-example", points=2)
def test_logits_of_several_contexts(agree):
    """In company a context gets the same logits, and eps is added to the square of bnstd, before the root."""
    contexts = array([[0, 3, 1], [3, 1, 4], [1, 4, 2]], "int64")
    agree(probes.predicted_logits, **some_net("single"), X=contexts)
    agree(probes.predicted_logits, **some_net("single"), X=contexts, eps=0.2)
    quiet = some_net("quiet") | {
        "bnstd": array([[0.001, 0.004, 0.002, 0.003]]),
        "bnmean": array([[0.002, -0.001, 0.003, 0.001]]),
    }
    quiet["parameters"][1] = Draw("quiet weights").array(6, 4, low=-0.002, high=0.002, digits=4)
    agree(probes.predicted_logits, **quiet, X=array([[0, 3, 1]], "int64"))


@exercise("spurious-bias", points=2)
def test_parameters_with_batch_norm(agree):
    """The lecture's net with batch norm has 12,097 parameters, and starts as before."""
    agree(probes.useful_parameters, **LECTURE, seed=SEED)
    agree(probes.useful_parameters, **SMALL, seed=1)


@exercise("spurious-bias", points=1)
def test_gradient_of_the_bias_in_front(agree):
    """The bias in front of batch norm gets no gradient, and the one behind it gets all."""
    inputs = {"hpreact": BATCH, "bngain": GAIN, "bnbias": SHIFT, "upstream": ARRIVING}
    agree(probes.bias_gradients, **inputs, b1=array([0.3, -20.0, 1.5]))
