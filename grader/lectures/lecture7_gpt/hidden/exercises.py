"""Lecture 7, hidden checks of exercises.py: other sizes, sums, batches and vectors."""

from grader.inside.probes import lecture7_gpt as probes
from grader.judging.suite import exercise


@exercise("heads-at-once", points=1)
def test_other_heads_at_once(agree, draw):
    """Other numbers of heads are computed at once as stated."""
    for n_embd, n_head in ((6, 3), (6, 2), (3, 1)):
        numbers = draw.array(probes.count(probes.fused_spec(n_embd)), low=-0.9, high=0.9)
        x, upstream = draw.array(2, 4, n_embd), draw.array(2, 4, n_embd)
        agree(probes.fused_output, n_embd=n_embd, n_head=n_head, block_size=5, numbers=numbers, x=x, upstream=upstream)
        agree(probes.moved_at_once, sizes=[n_embd, n_head, 4], numbers=numbers, x=x)


@exercise("addition-data", points=1)
def test_other_sums(agree, draw):
    """Other sums become rows as stated, and other losses leave out what does not count."""
    agree(probes.sums_as_rows, pairs=[[draw.randrange(1000), draw.randrange(1000)] for _ in range(4)], ndigit=3)
    agree(probes.sums_as_rows, pairs=[[draw.randrange(10), draw.randrange(100)]], ndigit=4)
    targets = draw.integers(2, 4, low=-1, high=5)
    agree(probes.loss_of_marked, logits=draw.array(2, 4, 5), targets=targets)
    agree(probes.loss_of_marked, logits=draw.array(2, 4, 5), targets=draw.integers(2, 4, low=0, high=5))


@exercise("fine-tune", points=1)
def test_another_fine_tuning(agree, draw):
    """Other models are tuned as stated."""
    rows = [draw.integers(2, 5, low=0, high=4) for _ in range(4)]
    for lr in (0.3, 2.5):
        agree(
            probes.tuned_model, table=draw.array(4, 4), rows=rows, kept_back=draw.integers(2, 5, low=0, high=4), lr=lr
        )


@exercise("rotary", points=1)
def test_turned_otherwise(agree, draw):
    """Vectors of other sizes are turned as stated."""
    for size in (2, 6, 8):
        agree(probes.turned_vectors, q=draw.array(size), k=draw.array(size))
