"""Lecture 1, hidden checks of training.py: fresh predictions, parameters and examples."""

from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.suite import exercise


@exercise("squared-error", points=1, needs=("value-backward",))
def test_gradients_of_a_squared_error(agree, draw):
    """The squared error hands the right gradient to every prediction."""
    agree(probes.squared_error_gradients, predictions=draw.numbers(4, -2, 2), targets=draw.numbers(4, -2, 2))


@exercise("gradient-step", points=1)
def test_fresh_gradient_step(agree, draw):
    """A step is right for other parameters and another learning rate."""
    data, grads = draw.numbers(5, -2, 2), draw.numbers(5, -2, 2)
    agree(probes.parameters_after_step, data=data, grads=grads, lr=draw.number(0.01, 0.5))


@exercise("train-mlp", points=1)
def test_training_on_fresh_examples(agree, draw):
    """Training another net on other examples gives the expected losses and parameters."""
    agree(
        probes.training_losses,
        nin=2, nouts=[3, 1], seed=draw.randrange(10**6), xs=[draw.numbers(2, -2, 2) for _ in range(5)],
        ys=draw.numbers(5, -0.9, 0.9), steps=10, lr=draw.number(0.02, 0.08),
    )  # fmt: skip
