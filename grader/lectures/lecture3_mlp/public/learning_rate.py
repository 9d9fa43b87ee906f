"""Lecture 3, public checks of learning_rate.py: which rates are tried, and which one is picked."""

from grader.inside.probes import lecture3_mlp as probes
from grader.judging.suite import exercise
from grader.lectures.lecture3_mlp.public.shared import FIVE


@exercise("candidate-rates", points=2)
def test_rates_on_a_log_scale(agree):
    """From 0.001 to 1 in four rates, each is ten times the one before; a thousand rates are spaced alike."""
    agree(probes.rates_between, low=-3, high=0, count=4)
    agree(probes.rates_between, low=-3, high=0, count=1000)
    agree(probes.rates_between, low=-2.5, high=-0.5, count=7)


@exercise("rate-sweep", points=3)
def test_sweep_over_eight_rates(agree):
    """Each loss is beside its own rate; a second sweep starts empty."""
    agree(
        probes.swept_rates,
        sizes=[27, 3, 2, 20], seed=1, scale=0.5, words=FIVE, low=-3, high=-0.5, count=8, batch_size=16,
    )  # fmt: skip


@exercise("pick-rate", points=1)
def test_pick_by_blocks_of_three(agree):
    """The best of two blocks of three losses is found; what is left over does not count."""
    rates = [0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128]
    agree(probes.picked_rate, rates=rates, losses=[5.0, 5.0, 4.5, 4.0, 3.5, 2.0, 3.0, 3.0], block=3)


@exercise("pick-rate", points=1)
def test_pick_is_not_misled_by_one_loss(agree):
    """One lucky minibatch does not decide, in a block of four, three or fifty; an unlucky one counts."""
    rates = [round(0.001 * 1.25**i, 6) for i in range(16)]
    losses = [5.0, 4.8, 1.0, 5.2, 4.0, 3.9, 4.1, 4.2, 3.0, 3.2, 3.1, 2.9, 6.0, 8.0, 9.0, 2.5]
    agree(probes.picked_rate, rates=rates, losses=losses, block=4)
    agree(probes.picked_rate, rates=rates[:6], losses=[1.0, 1.25, 9.0, 3.0, 3.25, 2.5], block=3)
    many = [round(0.001 * 1.02**i, 6) for i in range(160)]
    agree(probes.picked_rate, rates=many, losses=[3.0 + (i - 70) ** 2 / 1000 for i in range(160)], block=None)
