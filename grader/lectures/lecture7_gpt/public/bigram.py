"""Lecture 7, public checks of bigram.py: logits and loss, a text, and a loss without noise."""

from grader.inside.arrays import array
from grader.inside.probes import lecture7_gpt as probes
from grader.judging.suite import exercise
from grader.lectures.lecture7_gpt.public.shared import SEED

TABLE = array(
    [
        [0.5, -1.0, 2.0, 0.3, -0.7],
        [1.5, 0.2, -0.4, 0.9, 0.1],
        [-1.2, 0.8, 0.6, -0.3, 1.1],
        [0.4, 1.3, -0.9, 0.7, -0.2],
        [-0.6, 0.1, 1.4, -1.1, 0.8],
    ]
)
IDX = array([[3, 1, 4], [1, 0, 2]], "int64")
TARGETS = array([[1, 4, 1], [0, 2, 3]], "int64")
LOW, HIGH = array([0, 1, 2, 1, 0, 2, 1, 0, 2, 2], "int64"), array([7, 9, 8, 9, 7, 7, 8, 9, 8], "int64")


@exercise("bigram-forward", points=2)
def test_logits_without_targets(agree):
    """Without targets, each position has the logits of its character, and there is no loss."""
    agree(probes.bigram_answer, table=TABLE, idx=IDX)
    agree(probes.bigram_answer, table=TABLE, idx=array([[2]], "int64"))


@exercise("bigram-forward", points=2)
def test_loss_with_targets(agree):
    """With targets, the loss is the mean over all positions, and each target belongs to its own position."""
    agree(probes.bigram_answer, table=TABLE, idx=IDX, targets=TARGETS)
    agree(
        probes.bigram_answer,
        table=TABLE,
        idx=array([[0, 1, 2, 3, 4]], "int64"),
        targets=array([[4, 4, 0, 1, 2]], "int64"),
    )


@exercise("bigram-generate", points=3)
def test_text_from_given_draws(agree):
    """Each draw is made from the probabilities of the last position, and goes to the end of its row."""
    agree(probes.scripted_text, table=TABLE, idx=array([[0]], "int64"), script=[3, 1, 4, 2])
    agree(probes.scripted_text, table=TABLE, idx=IDX, script=[2, 0, 4])


@exercise("bigram-generate", points=1)
def test_text_from_a_generator(agree):
    """The text comes from the generator that is handed in, one draw for all rows."""
    agree(probes.drawn_text, table=TABLE, idx=IDX, count=6, seed=SEED)


@exercise("estimate-loss", points=2)
def test_losses_of_the_splits(agree):
    """Each split has the mean loss of batches of its own."""
    agree(
        probes.estimated_losses,
        splits={"train": LOW, "val": HIGH}, block_size=3, batch_size=2, eval_iters=4, seed=SEED,
    )  # fmt: skip


@exercise("estimate-loss", points=2)
def test_mode_of_the_model(agree):
    """The model is in evaluation mode while it is asked, off the graph, and in training mode afterwards."""
    agree(probes.estimated_losses, splits={"val": HIGH}, block_size=2, batch_size=3, eval_iters=1, seed=SEED)
    agree(
        probes.estimated_losses,
        splits={"a": LOW, "b": LOW, "c": HIGH},
        block_size=4,
        batch_size=1,
        eval_iters=2,
        seed=3,
    )
