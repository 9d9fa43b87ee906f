"""Lecture 3, public checks of exercises.py: a calm start, and direct connections."""

from grader.inside.arrays import array
from grader.inside.probes import lecture3_mlp as probes
from grader.judging.suite import exercise
from grader.lectures.lecture3_mlp.public.shared import SEED, whole


@exercise("uniform-start", points=1)
def test_uniform_loss(agree):
    """The loss of 27 equal probabilities is right, and so are those of 5 and of 80."""
    agree(probes.loss_without_opinion, vocab_size=27)
    agree(probes.loss_without_opinion, vocab_size=5)
    agree(probes.loss_without_opinion, vocab_size=80)


@exercise("uniform-start", points=1)
def test_calm_start_of_the_lectures_net(agree):
    """The lecture's net starts with a loss of about 3.3, and all but its last layer is as it was."""
    agree(probes.calm_parameters, sizes=[27, 3, 2, 100], seed=SEED)
    agree(
        probes.first_loss,
        sizes=[27, 3, 2, 100], seed=SEED,
        X=whole([[0, 0, 0], [0, 0, 5], [0, 5, 13], [5, 13, 13]]), Y=whole([5, 13, 13, 1]),
    )  # fmt: skip


@exercise("direct-connections", points=2)
def test_direct_connections(agree):
    """The logits are what comes through the hidden layer and what comes straight; gradients go back both ways."""
    W3 = array([
        [0.5, -1.25, 2.0, 0.75], [1.5, 0.25, -0.5, 3.0], [-2.5, 1.75, 0.125, -0.25],
        [0.625, -3.5, 1.125, 2.25], [-1.5, 0.875, 4.0, -0.75], [2.75, 1.375, -0.375, 0.0625],
    ])  # fmt: skip
    X = whole([[0, 0, 0], [0, 0, 3], [0, 3, 2], [3, 2, 1], [2, 1, 1], [1, 1, 0], [3, 3, 3]])
    agree(probes.direct_logits, sizes=[4, 3, 2, 5], seed=7, X=X, W3=W3)
    agree(probes.direct_logits, sizes=[4, 3, 2, 5], seed=8, X=whole([[0, 3, 1]]), W3=W3)
    agree(probes.direct_gradients, sizes=[4, 3, 2, 5], seed=7, X=X, W3=W3)
