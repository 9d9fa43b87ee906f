"""Lecture 7, public checks of exercises.py: EX1 to EX4."""

from grader.inside.arrays import array
from grader.inside.probes import lecture7_gpt as probes
from grader.judging.suite import exercise
from grader.lectures.lecture7_gpt.public.shared import ARRIVING, X, numbers

FUSED = numbers(probes.fused_spec(4), "fused")
LOGITS = array(
    [[[0.5, -1.0, 2.0], [1.5, 0.25, -0.75], [-0.5, 1.0, 0.5]], [[2.0, -2.0, 1.0], [0.3, 0.9, -1.1], [1, 2, -3]]]
)
TABLE = array([[0.5, -1.0, 2.0], [1.5, 0.25, -0.75], [-0.5, 1.0, 0.5]])
ROWS = [array(rows, "int64") for rows in ([[0, 1, 2, 0]], [[2, 1, 1, 2]], [[0, 0, 0, 0]])]


@exercise("heads-at-once", points=1)
def test_all_heads_at_once(agree):
    """All heads at once give what the heads one by one would give."""
    agree(probes.fused_output, n_embd=4, n_head=2, block_size=3, numbers=FUSED, x=X, upstream=ARRIVING)
    agree(probes.fused_output, n_embd=4, n_head=4, block_size=5, numbers=FUSED, x=X, upstream=ARRIVING)
    agree(probes.moved_at_once, sizes=[4, 2, 5], numbers=FUSED, x=X)
    agree(probes.fused_dropped, dropout=0.5)


@exercise("addition-data", points=1)
def test_sums_as_text(agree):
    """Sums become rows of digits, the answer backwards, and only the answer counts for the loss."""
    agree(probes.sums_as_rows, pairs=[[85, 50], [1, 2], [99, 99], [0, 7]], ndigit=2)
    agree(probes.sums_as_rows, pairs=[[3, 4], [9, 8]], ndigit=1)
    agree(probes.loss_of_marked, logits=LOGITS, targets=array([[-1, -1, 2], [-1, 0, 1]], "int64"))


@exercise("fine-tune", points=1)
def test_fine_tuning(agree):
    """The copy is trained, the best one is returned, and the pretrained model stays as it is."""
    kept_back = array([[0, 1, 2, 2]], "int64")
    agree(probes.tuned_model, table=TABLE, rows=ROWS, kept_back=kept_back, lr=0.5)
    agree(probes.tuned_model, table=TABLE, rows=ROWS[2:], kept_back=kept_back, lr=0.5)
    worse_between = [ROWS[0], ROWS[2], ROWS[1]]
    agree(probes.tuned_model, table=TABLE, rows=worse_between, kept_back=kept_back, lr=0.5)
    agree(probes.tuned_model, table=TABLE, rows=[], kept_back=kept_back, lr=0.5)


@exercise("rotary", points=1)
def test_turned_by_position(agree):
    """Vectors are turned by their position: lengths stay, and products depend on the distance alone."""
    agree(probes.turned_vectors, q=array([0.5, -1.0, 2.0, 0.25]), k=array([1.5, 0.75, -0.5, 1.0]))
    agree(probes.turned_vectors, q=array([0.5, -1.0]), k=array([1.5, 0.75]))
