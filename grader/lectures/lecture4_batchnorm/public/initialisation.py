"""Lecture 4, public checks of initialisation.py: how a net starts, and what its tanh lets through."""

from grader.inside.arrays import array
from grader.inside.probes import lecture4_batchnorm as probes
from grader.judging.properties import any_of, arrays
from grader.judging.suite import exercise
from grader.lectures.lecture4_batchnorm.public.shared import LECTURE, SEED, SMALL, TANH_OUTPUTS

EMMA = {
    "X": array([[0, 0, 0], [0, 0, 5], [0, 5, 13], [5, 13, 13], [13, 13, 1]], "int64"),
    "Y": array([5, 13, 13, 1, 0], "int64"),
}  # fmt: skip


@exercise("expected-loss", points=1)
def test_loss_of_a_uniform_guess(agree):
    """A net without preferences starts at 3.2958 for the lecture's 27 characters, and at 1.3863 for 4."""
    agree(probes.uniform_loss, vocab_size=27)
    agree(probes.uniform_loss, vocab_size=4)


@exercise("kaiming-std", points=3)
def test_spread_of_weights(agree, for_all):
    """The spread falls with the root of the number of inputs, and the gain fits what follows."""
    agree(probes.weight_spread, fan_in=30, nonlinearity="tanh")
    agree(probes.weight_spread, fan_in=100, nonlinearity="linear")
    agree(probes.weight_spread, fan_in=100, nonlinearity="relu")
    for_all(
        probes.weight_spread,
        arrays(fan_in=any_of(1, 4, 2, 9, 25, 30, 50, 80), nonlinearity=any_of("linear", "relu", "tanh")),
    )


@exercise("calm-init", points=3)
def test_parameters_of_the_lectures_net(agree):
    """Every parameter has its shape and its spread, and comes from the generator in the stated order."""
    agree(probes.calm_parameters, **LECTURE, seed=SEED)
    agree(probes.calm_parameters, **SMALL, seed=1)


@exercise("calm-init", points=2)
def test_first_loss_of_the_lectures_net(agree):
    """Before any training, the loss on the name emma is near 3, and not near 30."""
    agree(probes.first_loss, **LECTURE, seed=SEED, **EMMA)


@exercise("saturated-fraction", points=2)
def test_share_of_saturated_activations(agree):
    """Both flat ends of tanh count, and the share is taken of all entries."""
    agree(probes.saturated_share, h=array([[0.5, -0.999, 0.1], [0.995, -0.2, 0.3]]))
    agree(probes.saturated_share, h=TANH_OUTPUTS)
    agree(probes.saturated_share, h=TANH_OUTPUTS, threshold=0.45)
    agree(probes.saturated_share, h=array([[0.25, -0.75, 0.5], [0.625, -0.5, 0.875]]), threshold=0.5)  # just on it


@exercise("dead-neurons", points=3)
def test_neurons_that_are_saturated_for_every_example(agree):
    """A neuron is dead if its column is flat from top to bottom, at whichever end."""
    agree(probes.dead_count, h=array([[0.995, -0.999, 0.1], [-0.992, -0.2, 0.3]]))
    agree(probes.dead_count, h=TANH_OUTPUTS)
    agree(probes.dead_count, h=array([[0.995, -0.993, 0.998], [0.2, 0.5, -0.1]]))  # a flat example, no dead neuron
    agree(probes.dead_count, h=array([[0.992, 0.5, -0.995, 0.994], [0.2, -0.3, 0.993, -0.999]]))
    agree(probes.dead_count, h=array([[0.6, -0.7, 0.8, 0.1], [0.9, 0.75, -0.65, 0.95]]), threshold=0.5)
    agree(probes.dead_count, h=array([[0.75, 0.5, 0.625], [-0.875, -0.75, -0.5]]), threshold=0.5)  # just on it
