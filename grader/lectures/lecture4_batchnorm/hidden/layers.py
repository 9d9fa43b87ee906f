"""Lecture 4, hidden checks of layers.py: each layer on fresh numbers, and another deep net."""

from math import prod

from grader.inside.probes import lecture4_batchnorm as probes
from grader.judging.properties import arrays, numbers
from grader.judging.suite import exercise


@exercise("linear", points=2)
def test_fresh_linear(agree, for_all, draw):
    """Another Linear starts and computes as stated."""
    agree(probes.fresh_linear, fan_in=12, fan_out=31, bias=True, seed=draw.randrange(10**6))
    x, upstream = draw.array(5, 4), draw.array(5, 3)
    agree(probes.linear_output, weight=draw.array(4, 3), bias=draw.array(3), x=x, upstream=upstream)
    for_all(
        probes.linear_output,
        arrays(weight=numbers("i o"), bias=numbers("o"), x=numbers("n i"), upstream=numbers("n o")),
    )


@exercise("batchnorm1d", points=2)
def test_batchnorm_of_fresh_batches(agree, for_all, draw):
    """Outputs, gradients and buffers are right for other batches."""
    parameters = {"gamma": draw.array(4, low=0.4), "beta": draw.array(4)}
    agree(probes.fresh_batchnorm, dim=4)
    agree(probes.batchnorm_output, **parameters, x=draw.array(5, 4), upstream=draw.array(5, 4), eps=0.03)
    start = {"mean": draw.array(4), "var": draw.array(4, low=0.3, high=3.0)}
    batches = [draw.array(n, 4, low=-5.0, high=8.0) for n in (4, 3, 5)]
    agree(probes.batchnorm_buffers, **start, batches=batches)
    for_all(
        probes.batchnorm_output,
        arrays({"n": 2}, x=numbers("n h"), gamma=numbers("h"), beta=numbers("h"), upstream=numbers("n h")),
    )


@exercise("batchnorm1d", points=2)
def test_batchnorm_in_fresh_evaluation(agree, draw):
    """Evaluation is right for other buffers and rows."""
    agree(
        probes.batchnorm_evaluation,
        mean=draw.array(3), var=draw.array(3, low=0.3, high=3.0), gamma=draw.array(3), beta=draw.array(3),
        rows=draw.array(4, 3, low=-5.0, high=8.0), eps=0.02,
    )  # fmt: skip


@exercise("tanh-layer", points=1)
def test_tanh_layer_on_fresh_numbers(agree, draw):
    """Tanh is right for other numbers."""
    agree(probes.tanh_output, x=draw.array(4, 3), upstream=draw.array(4, 3))


def another_net(draw):
    """Sizes, parameters and contexts of a deep net."""
    sizes = [6, 3, 2, 5, 3]
    count = sum(prod(shape) for shape in probes.parameter_shapes(sizes))
    return {
        "sizes": sizes, "numbers": draw.array(count, low=-1.5, high=1.5), "X": draw.integers(7, 3, low=0, high=6),
    }  # fmt: skip


@exercise("deep-net", points=2)
def test_another_deep_net(agree, draw):
    """A net of another size is built, computes and is switched as stated, whatever its layers are."""
    net = another_net(draw)
    agree(probes.deep_net_parts, sizes=net["sizes"], seed=draw.randrange(10**6))
    agree(probes.deep_net_draws, sizes=net["sizes"], seed=draw.randrange(10**6))
    agree(probes.deep_logits, **net)
    agree(probes.deep_switches, sizes=net["sizes"], numbers=net["numbers"])
    agree(probes.deep_modes, **net)


@exercise("deep-net", points=1)
def test_training_of_another_deep_net(agree, draw):
    """With your own layers, a net of another size trains as stated."""
    agree(
        probes.deep_losses,
        **another_net(draw), Y=draw.integers(7, low=0, high=6), steps=10, lr=draw.number(0.05, 0.2),
    )  # fmt: skip
