"""Lecture 4, hidden checks of initialisation.py: other sizes, activations and thresholds."""

from grader.inside.probes import lecture4_batchnorm as probes
from grader.judging.properties import any_of, arrays
from grader.judging.suite import exercise


@exercise("expected-loss", points=1)
def test_loss_of_another_uniform_guess(agree, draw):
    """The loss is right for another number of characters."""
    agree(probes.uniform_loss, vocab_size=draw.randrange(5, 25))


@exercise("kaiming-std", points=2)
def test_spread_of_other_weights(agree, for_all, draw):
    """The spread is right for other numbers of inputs."""
    for nonlinearity in ("tanh", "relu", "linear"):
        agree(probes.weight_spread, fan_in=draw.randrange(5, 90), nonlinearity=nonlinearity)
    for_all(
        probes.weight_spread,
        arrays(fan_in=any_of(1, 4, 2, 9, 25, 30, 50, 80), nonlinearity=any_of("linear", "relu", "tanh")),
    )


@exercise("calm-init", points=2)
def test_parameters_of_another_net(agree, draw):
    """A net of another size, with another generator, starts as calmly."""
    sizes = {"vocab_size": 8, "block_size": 4, "n_embd": 3, "n_hidden": 19}
    agree(probes.calm_parameters, **sizes, seed=draw.randrange(10**6))


@exercise("saturated-fraction", points=1)
def test_share_of_other_activations(agree, draw):
    """The share is right for other activations and another threshold."""
    agree(probes.saturated_share, h=draw.array(7, 5, low=-0.999, high=0.999), threshold=draw.number(0.3, 0.7))


@exercise("dead-neurons", points=1)
def test_dead_neurons_of_another_batch(agree, draw):
    """The count is right for other activations and another threshold."""
    for _ in range(3):
        agree(probes.dead_count, h=draw.array(3, 14, low=-0.999, high=0.999), threshold=draw.number(0.25, 0.4))
