"""Lecture 4, public checks of diagnostics.py: activations, gradients and updates in numbers."""

from grader.inside.arrays import array
from grader.inside.probes import lecture4_batchnorm as probes
from grader.judging.suite import exercise
from grader.lectures.lecture4_batchnorm.public.shared import TANH_OUTPUTS


@exercise("activation-stats", points=2)
def test_statistics_of_activations(agree):
    """Mean, spread and saturated share are those of the Tanh outputs, with both flat ends."""
    agree(probes.activation_numbers, kinds=["Tanh"], outs=[array([[0.0, 0.7616, -0.995], [0.9866, -0.4621, 0.2449]])])
    wide = array([[3.0, -2.5, 0.5], [-0.98, 1.5, -4.0]])
    agree(
        probes.activation_numbers,
        kinds=["Linear", "BatchNorm1d", "Tanh", "Linear", "Tanh"],
        outs=[wide, wide, array([[0.995, -0.987, 0.4621], [-0.753, 0.905, -0.999]]), wide, TANH_OUTPUTS],
    )  # fmt: skip
    agree(probes.activation_numbers, kinds=["Tanh"], outs=[TANH_OUTPUTS], threshold=0.25)
    on_it = array([[0.25, -0.75, 0.5], [0.625, -0.5, 0.875]])
    agree(probes.activation_numbers, kinds=["Tanh"], outs=[on_it], threshold=0.5)


@exercise("gradient-stats", points=3)
def test_statistics_of_gradients(agree):
    """Mean and spread are those of the gradients that arrive at the Tanh outputs."""
    agree(
        probes.gradient_numbers,
        kinds=["Tanh"], x=array([[0.5, -1.0, 2.0]]), weights=[], upstream=array([[0.3, -1.2, 0.7]]),
    )  # fmt: skip
    agree(
        probes.gradient_numbers,
        kinds=["Linear", "Tanh", "Linear", "Tanh", "Linear"],
        x=array([[0.5, -1.0], [0.25, 0.75], [-1.5, 0.3]]),
        weights=[
            array([[0.5, -0.4, 0.3], [0.8, 0.2, -0.7]]), array([[0.6, -0.9], [0.4, 0.35], [-0.2, 1.1]]),
            array([[1.2, -0.3, 0.4, 0.9], [0.5, 0.7, -0.6, 0.1]]),
        ],
        upstream=array([[0.3, -1.2, 0.7, 2.1], [0.4, -0.6, -0.9, 1.7], [1.3, 0.8, -0.5, 0.2]]),
    )  # fmt: skip


TWO_MATRICES = {
    "data": [array([[1.0, 2.0], [3.0, 6.0]]), array([1.0, 2.5]), array([[0.5, -0.25, 4.0], [-1.5, 0.75, 2.0]])],
    "grads": [array([[0.1, 0.0], [0.0, 0.3]]), array([0.5, 0.1]), array([[0.02, -0.05, 0.01], [0.03, 0.04, -0.06]])],
}  # fmt: skip


@exercise("grad-to-data", points=2)
def test_gradients_beside_weights(agree):
    """For each matrix the spread of its gradient is divided by its own; a bias does not count."""
    agree(probes.gradient_ratios, **TWO_MATRICES)


@exercise("update-ratios", points=3)
def test_updates_beside_weights(agree):
    """A step with lr = 0.1 moves the weights ten times as far as one with lr = 0.01, which makes 1 on this scale."""
    agree(probes.step_ratios, **TWO_MATRICES, lr=0.1)
    agree(probes.step_ratios, **TWO_MATRICES, lr=0.01)
