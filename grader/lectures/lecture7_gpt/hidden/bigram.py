"""Lecture 7, hidden checks of bigram.py: other tables, other draws, other splits."""

from grader.inside.probes import lecture7_gpt as probes
from grader.judging.suite import exercise


@exercise("bigram-forward", points=2)
def test_another_bigram_model(agree, draw):
    """Another table answers as stated, with targets and without."""
    table = draw.array(6, 6)
    for shape in ((2, 4), (3, 1), (1, 5)):
        idx, targets = draw.integers(*shape, low=0, high=6), draw.integers(*shape, low=0, high=6)
        agree(probes.bigram_answer, table=table, idx=idx)
        agree(probes.bigram_answer, table=table, idx=idx, targets=targets)


@exercise("bigram-generate", points=1)
def test_another_text(agree, draw):
    """Other texts are continued as stated."""
    table, script = draw.array(6, 6), [draw.randrange(6) for _ in range(5)]
    agree(probes.scripted_text, table=table, idx=draw.integers(3, 2, low=0, high=6), script=script)
    agree(probes.drawn_text, table=table, idx=draw.integers(3, 2, low=0, high=6), count=7, seed=draw.randrange(10**6))


@exercise("estimate-loss", points=2)
def test_losses_of_other_splits(agree, draw):
    """Other splits are measured as stated."""
    splits = {"train": draw.integers(14, low=0, high=9), "val": draw.integers(9, low=20, high=29)}
    agree(
        probes.estimated_losses,
        splits=splits, block_size=4, batch_size=3, eval_iters=5, seed=draw.randrange(10**6),
    )  # fmt: skip
