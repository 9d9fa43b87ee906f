"""Lecture 7, hidden checks of gpt.py: other models, other texts."""

from grader.inside.probes import lecture7_gpt as probes
from grader.judging.suite import exercise

SIZES = [7, 6, 3, 1, 4]


@exercise("gpt-forward", points=2)
def test_another_model(agree, draw):
    """A model of another size answers as stated, and the lecture's large one learns 10,788,929 numbers."""
    agree(probes.gpt_size, sizes=[65, 384, 6, 6, 256])
    agree(probes.dropped_in_model, dropout=0.3)
    for sizes in (SIZES, [6, 4, 1, 3, 5]):
        numbers = draw.array(probes.count(probes.gpt_spec(*sizes)), low=-0.9, high=0.9)
        idx, targets = draw.integers(3, 4, low=0, high=6), draw.integers(3, 4, low=0, high=6)
        agree(probes.gpt_answer, sizes=sizes, numbers=numbers, idx=idx)
        agree(probes.gpt_answer, sizes=sizes, numbers=numbers, idx=idx, targets=targets)


@exercise("gpt-generate", points=1)
def test_another_long_text(agree, draw):
    """Other texts are continued as stated."""
    script = [draw.randrange(7) for _ in range(6)]
    agree(probes.scripted_gpt, sizes=SIZES, idx=draw.integers(2, 3, low=0, high=7), script=script)
    agree(probes.drawn_gpt, sizes=SIZES, idx=draw.integers(3, 6, low=0, high=7), count=5, seed=draw.randrange(10**6))
