"""Lecture 9, public checks of gpt.py: models, logits position by position, losses."""

from grader.inside.probes import lecture9_microgpt as probes
from grader.judging.suite import exercise
from grader.lectures.lecture9_microgpt.public.shared import DEEPER, FIVE, SIZES, SMALL


@exercise("gpt-parameters", points=2)
def test_fresh_model(agree):
    """The author's size has 4,192 numbers; each is drawn once, in the stated order, and is a Value of its own."""
    agree(probes.fresh_model, sizes=[27, 16, 16, 1], seed=42)
    agree(probes.fresh_model, sizes=[3, 2, 4, 2], seed=1)


@exercise("gpt-parameters", points=1)
def test_list_of_parameters(agree):
    """All numbers of a model, and no copies of them, stand in one list, in the order of the draws."""
    agree(probes.listed_parameters, sizes=[3, 2, 4, 2], seed=1)


@exercise("gpt-step", points=3)
def test_logits(agree):
    """The logits at each position are right, and the last ones send gradients to everything they depend on."""
    agree(probes.logits, tokens=[4], sizes=SIZES, n_head=2, seed=5, upstream=FIVE)
    agree(probes.logits, tokens=[4, 0, 2], sizes=SIZES, n_head=2, seed=6, upstream=FIVE)
    agree(probes.logits, tokens=[4, 1, 3], sizes=DEEPER, n_head=1, seed=7, upstream=FIVE)


@exercise("doc-loss", points=1)
def test_losses_of_a_document(agree):
    """There is a loss for each token but the first, as long as there are positions, and a mean of them."""
    agree(probes.losses, tokens=[4, 0, 4], sizes=SMALL, n_head=2, seed=8)
    agree(probes.losses, tokens=[4, 0, 2, 1, 4], sizes=SMALL, n_head=2, seed=9)
    agree(probes.losses, tokens=[4, 0, 2, 1, 3, 3, 4], sizes=SMALL, n_head=1, seed=10)


@exercise("doc-loss", points=1)
def test_reach_of_a_loss(agree):
    """A loss depends on its own position and earlier ones, and on none that comes later."""
    agree(probes.reach, tokens=[4, 0, 2, 1, 4], sizes=SMALL, n_head=1, seed=11, at=1)
    agree(probes.reach, tokens=[4, 3, 2, 1, 4], sizes=DEEPER, n_head=2, seed=12, at=2)


@exercise("doc-loss", points=1)
def test_work_of_a_step(agree):
    """The loss of a longer name is right; if it takes ten times the work that it needs to, that is said."""
    agree(probes.work, doc="emma", n_head=2, seed=13)
