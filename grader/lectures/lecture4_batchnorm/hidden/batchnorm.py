"""Lecture 4, hidden checks of batchnorm.py: fresh batches, contexts and statistics."""

from grader.inside.probes import lecture4_batchnorm as probes
from grader.judging.properties import arrays, numbers
from grader.judging.suite import exercise


@exercise("normalise-batch", points=2)
def test_batch_norm_of_a_fresh_batch(agree, for_all, draw):
    """Batch norm and its gradients are right for other batches, large and tiny."""
    gain, bias = draw.array(1, 4, low=0.5), draw.array(1, 4)
    for size in (3.0, 0.004):
        batch = draw.array(5, 4, low=-size, high=2 * size, digits=5)
        agree(probes.normalised_batch, hpreact=batch, bngain=gain, bnbias=bias)
    upstream = draw.array(5, 4)
    agree(probes.normalised_gradients, hpreact=draw.array(5, 4), bngain=gain, bnbias=bias, upstream=upstream, eps=0.07)
    for_all(
        probes.normalised_batch,
        arrays({"n": 2}, hpreact=numbers("n h"), bngain=numbers("1 h"), bnbias=numbers("1 h")),
    )


@exercise("running-statistics", points=2)
def test_running_statistics_of_fresh_batches(agree, draw):
    """Three batches of different sizes move the running numbers as stated, with the lecture's momentum and another."""
    batches = [draw.array(n, 3, low=-4.0, high=7.0) for n in (3, 5, 4)]
    start = {"mean": draw.array(1, 3), "std": draw.array(1, 3, low=0.3, high=2.0)}
    agree(probes.running_statistics, **start, batches=batches)
    agree(probes.running_statistics, **start, batches=batches, momentum=draw.number(0.05, 0.3))


@exercise("calibrate", points=2)
def test_calibration_on_a_fresh_training_set(agree, draw):
    """The statistics are right for other data."""
    contexts = {name: draw.integers(n, 2, low=0, high=7) for name, n in (("train", 11), ("dev", 5), ("test", 4))}
    agree(probes.calibrated_statistics, C=draw.array(7, 3), W1=draw.array(6, 5), **contexts)


@exercise("single-example", points=2)
def test_logits_of_fresh_contexts(agree, draw):
    """The logits are right for another net, for one context and for several."""
    shapes = [(6, 3), (6, 4), (4, 6), (6,), (1, 4), (1, 4)]
    net = {
        "parameters": [draw.array(*shape) for shape in shapes],
        "bnmean": draw.array(1, 4), "bnstd": draw.array(1, 4, low=0.2, high=1.5),
    }  # fmt: skip
    for count in (1, 5):
        X = draw.integers(count, 2, low=0, high=6)
        agree(probes.predicted_logits, **net, X=X)
        agree(probes.predicted_logits, **net, X=X, eps=draw.number(0.1, 0.4))


@exercise("spurious-bias", points=2)
def test_parameters_and_biases_of_another_net(agree, draw):
    """The parameters of another net are right, and so are the gradients of both biases."""
    sizes = {"vocab_size": 9, "block_size": 2, "n_embd": 4, "n_hidden": 13}
    agree(probes.useful_parameters, **sizes, seed=draw.randrange(10**6))
    agree(
        probes.bias_gradients,
        hpreact=draw.array(5, 3, low=-3.0, high=6.0), b1=draw.array(3), bngain=draw.array(1, 3),
        bnbias=draw.array(1, 3), upstream=draw.array(5, 3),
    )  # fmt: skip
