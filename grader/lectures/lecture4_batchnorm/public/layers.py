"""Lecture 4, public checks of layers.py: each layer, and the deep net made of them."""

from math import prod

from grader.inside.arrays import array
from grader.inside.probes import lecture4_batchnorm as probes
from grader.judging.fresh_inputs import Draw
from grader.judging.properties import arrays, numbers
from grader.judging.suite import exercise
from grader.lectures.lecture4_batchnorm.public.shared import ARRIVING, BATCH, SEED


@exercise("linear", points=1)
def test_new_linear(agree):
    """A new Linear has a weight (fan_in, fan_out), scaled by the root of fan_in, and a bias of zeros or none."""
    agree(probes.fresh_linear, fan_in=100, fan_out=25, bias=True, seed=SEED)
    agree(probes.fresh_linear, fan_in=5, fan_out=3, bias=False, seed=SEED)


@exercise("linear", points=2)
def test_output_of_linear(agree, for_all):
    """Linear multiplies by its weight and adds its bias, keeps the result in out, and lets gradients through."""
    weight, x = array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), array([[1.0, -1.0], [0.5, 2.0], [-3.0, 0.25], [1.5, 0.75]])
    upstream = array([[0.3, -1.2, 0.7], [2.1, 0.4, -0.6], [-0.9, 1.7, 1.3], [0.8, -0.5, 0.2]])
    agree(probes.linear_output, weight=weight, bias=array([0.5, 0.25, -0.5]), x=x, upstream=upstream)
    agree(probes.linear_output, weight=weight, bias=None, x=x, upstream=upstream)
    for_all(
        probes.linear_output,
        arrays(weight=numbers("i o"), bias=numbers("o"), x=numbers("n i"), upstream=numbers("n o")),
    )


@exercise("batchnorm1d", points=1)
def test_new_batchnorm(agree):
    """A new BatchNorm1d changes nothing but the mean and spread: gain 1, shift 0, running mean 0 and variance 1."""
    agree(probes.fresh_batchnorm, dim=3)


@exercise("batchnorm1d", points=2)
def test_batchnorm_in_training(agree, for_all):
    """A column is normalised by the batch and eps, scaled and shifted."""
    gamma, beta = array([2.0, 0.5, -1.5]), array([3.0, -0.25, 0.75])
    agree(probes.batchnorm_output, x=BATCH, gamma=gamma, beta=beta, upstream=ARRIVING)
    still = array([[0.5, 0.001], [0.5, 0.002], [0.5, 0.006]])
    upstream = array([[0.3, -1.2], [2.1, 0.4], [-0.9, 1.7]])
    agree(probes.batchnorm_output, x=still, gamma=array([2.0, 0.5]), beta=array([3.0, -0.25]), upstream=upstream)
    agree(probes.batchnorm_output, x=BATCH, gamma=gamma, beta=beta, upstream=ARRIVING, eps=0.3)
    for_all(
        probes.batchnorm_output,
        arrays({"n": 2}, x=numbers("n h"), gamma=numbers("h"), beta=numbers("h"), upstream=numbers("n h")),
    )


@exercise("batchnorm1d", points=2)
def test_buffers_in_training(agree):
    """The running statistics creep towards each batch's, off the graph."""
    column = {"mean": array([0.0]), "var": array([1.0])}
    agree(probes.batchnorm_buffers, **column, batches=[array([[1.0], [2.0], [6.0]])])
    second = array([[0.5, 60.0, 2.0], [3.0, 20.0, -4.0], [-1.0, 90.0, 1.0]])
    start = {"mean": array([0.5, 50.0, -1.0]), "var": array([1.5, 20.0, 0.7])}
    agree(probes.batchnorm_buffers, **start, batches=[BATCH, second], momentum=0.2)


@exercise("batchnorm1d", points=2)
def test_batchnorm_in_evaluation(agree):
    """In evaluation the buffers alone count, and stay as they are."""
    agree(
        probes.batchnorm_evaluation,
        mean=array([0.3]), var=array([1.6]), gamma=array([2.0]), beta=array([0.5]), rows=array([[2.0], [5.0]]),
    )  # fmt: skip
    agree(
        probes.batchnorm_evaluation,
        mean=array([0.5, 50.0, -1.0]), var=array([2.25, 900.0, 0.00004]), gamma=array([2.0, 0.5, -1.5]),
        beta=array([3.0, -0.25, 0.75]), rows=BATCH, eps=0.02,
    )  # fmt: skip


@exercise("tanh-layer", points=1)
def test_tanh_layer(agree):
    """Tanh keeps its result in out, lets gradients through, and has nothing to learn."""
    agree(
        probes.tanh_output,
        x=array([[0.5, -2.0], [0.1, 1.2], [-0.7, 0.3]]),
        upstream=array([[0.3, 2], [-1, 0.7], [1, 4]]),
    )


NET = [5, 2, 3, 4, 2]  # vocab_size, block_size, n_embd, n_hidden, depth


def parameters(sizes, name):
    """Numbers for all parameters of a deep net, in one row."""
    count = sum(prod(shape) for shape in probes.parameter_shapes(sizes))
    return Draw(name).array(count, low=-1.5, high=1.5, digits=1)


@exercise("deep-net", points=2)
def test_parts_of_the_lectures_deep_net(agree):
    """17 separate layers, 47,024 parameters, and a smaller last gamma."""
    agree(probes.deep_net_parts, sizes=[27, 3, 10, 100, 5], seed=SEED)
    agree(probes.deep_net_draws, sizes=NET, seed=SEED)
    agree(probes.deep_net_draws, sizes=[5, 2, 3, 4, 3], seed=SEED)


@exercise("deep-net", points=1)
def test_logits_of_a_deep_net(agree):
    """The logits of a small net are right, whatever its layers are."""
    X = array([[0, 3], [3, 1], [1, 4], [2, 2], [4, 0], [1, 3]], "int64")
    agree(probes.deep_logits, sizes=NET, numbers=parameters(NET, "logits"), X=X)


@exercise("deep-net", points=1)
def test_deep_net_in_training(agree):
    """With your own layers, the losses of a small net's first ten steps are right."""
    X, Y = array([[0, 3], [3, 1], [1, 4], [2, 2], [4, 0], [1, 3]], "int64"), array([3, 1, 4, 0, 2, 1], "int64")
    agree(probes.deep_losses, sizes=NET, numbers=parameters(NET, "losses"), X=X, Y=Y, steps=10, lr=0.1)


@exercise("deep-net", points=1)
def test_modes_of_a_deep_net(agree):
    """set_training switches every BatchNorm1d, so that looking at one context changes nothing."""
    X = array([[0, 3], [3, 1], [1, 4]], "int64")
    agree(probes.deep_switches, sizes=NET, numbers=parameters(NET, "modes"))
    agree(probes.deep_modes, sizes=NET, numbers=parameters(NET, "modes"), X=X)
