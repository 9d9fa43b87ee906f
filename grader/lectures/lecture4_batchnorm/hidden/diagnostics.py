"""Lecture 4, hidden checks of diagnostics.py: other outputs, gradients and parameters."""

from grader.inside.probes import lecture4_batchnorm as probes
from grader.judging.suite import exercise


@exercise("activation-stats", points=1)
def test_statistics_of_fresh_activations(agree, draw):
    """The statistics are right for other outputs."""
    outs = [draw.array(5, 4, low=-3.0, high=3.0), draw.array(5, 4, low=-0.999, high=0.999)]
    agree(probes.activation_numbers, kinds=["Linear", "Tanh"], outs=outs, threshold=draw.number(0.3, 0.7))


@exercise("gradient-stats", points=1)
def test_statistics_of_fresh_gradients(agree, draw):
    """The statistics are right for other layers."""
    agree(
        probes.gradient_numbers,
        kinds=["Linear", "Tanh", "Linear", "Tanh"], x=draw.array(4, 2),
        weights=[draw.array(2, 3), draw.array(3, 5)], upstream=draw.array(4, 5),
    )  # fmt: skip


@exercise("grad-to-data", points=1)
def test_other_gradients_beside_weights(agree, draw):
    """The ratios are right for other parameters."""
    shapes = [(3, 2), (2,), (2, 5), (5,), (5, 4)]
    data, grads = ([draw.array(*shape) for shape in shapes] for _ in range(2))
    agree(probes.gradient_ratios, data=data, grads=grads)


@exercise("update-ratios", points=1)
def test_other_updates_beside_weights(agree, draw):
    """The ratios are right for other parameters and another learning rate."""
    shapes = [(3, 2), (2,), (2, 5)]
    data, grads = ([draw.array(*shape) for shape in shapes] for _ in range(2))
    agree(probes.step_ratios, data=data, grads=grads, lr=draw.number(0.02, 0.4))
