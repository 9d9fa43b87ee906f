"""Lecture 1, public checks of training.py: the loss, a step, the whole training."""

from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.suite import exercise

FOUR_EXAMPLES = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
FOUR_TARGETS = [1.0, -1.0, -1.0, 1.0]


@exercise("squared-error", points=2)
def test_squared_error(agree):
    """The squared error adds up the squares of all differences."""
    agree(probes.squared_error_value, predictions=[1.0, -2.0], targets=[0.5, 1.0])
    agree(probes.squared_error_value, predictions=[1.5, -0.25, 3.0], targets=[2.0, -1.0, 0.5])


@exercise("gradient-step", points=2)
def test_gradient_step(agree):
    """A step moves every parameter itself, against its gradient."""
    agree(probes.parameters_after_step, data=[2.0, -1.0, 0.25], grads=[0.5, -3.0, 2.0], lr=0.1)


@exercise("train-mlp", points=3)
def test_training_on_the_lectures_examples(agree):
    """Twenty steps on the lecture's four examples give the expected losses, step by step."""
    agree(
        probes.training_losses,
        nin=3, nouts=[4, 4, 1], seed=1337, xs=FOUR_EXAMPLES, ys=FOUR_TARGETS, steps=20, lr=0.1,
    )  # fmt: skip
