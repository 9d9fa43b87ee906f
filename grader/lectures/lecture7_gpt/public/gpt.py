"""Lecture 7, public checks of gpt.py: the whole model, and texts longer than it sees."""

from grader.inside.arrays import array
from grader.inside.probes import lecture7_gpt as probes
from grader.judging.suite import exercise
from grader.lectures.lecture7_gpt.public.shared import GPT, IDX, SEED, TARGETS, numbers

NUMBERS = numbers(probes.gpt_spec(*GPT), "gpt")


@exercise("gpt-forward", points=1)
def test_size_of_the_model(agree):
    """A model learns as many numbers as its parts; the lecture's small one 209,729."""
    agree(probes.gpt_size, sizes=[65, 64, 4, 4, 32])
    agree(probes.gpt_size, sizes=[5, 4, 2, 3, 3])


@exercise("gpt-forward", points=2)
def test_logits_of_the_model(agree):
    """The logits follow from characters and places, also for fewer places than the model knows."""
    agree(probes.gpt_answer, sizes=GPT, numbers=NUMBERS, idx=IDX)
    agree(probes.gpt_answer, sizes=GPT, numbers=NUMBERS, idx=array([[4, 4]], "int64"))
    agree(probes.gpt_answer, sizes=GPT, numbers=NUMBERS, idx=array([[2]], "int64"))


@exercise("gpt-forward", points=1)
def test_loss_of_the_model(agree):
    """The loss is the mean over all positions, and reaches every part."""
    agree(probes.gpt_answer, sizes=GPT, numbers=NUMBERS, idx=IDX, targets=TARGETS)


@exercise("gpt-forward", points=1)
def test_dropout_of_the_model(agree):
    """The model hands dropout on to each of its blocks."""
    agree(probes.dropped_in_model, dropout=0.5)


@exercise("gpt-generate", points=3)
def test_long_text_from_given_draws(agree):
    """The model sees the last block_size characters, the result holds all, and the last position decides."""
    agree(probes.scripted_gpt, sizes=GPT, idx=array([[0]], "int64"), script=[3, 1, 4, 2, 0, 1])
    agree(probes.scripted_gpt, sizes=GPT, idx=array([[3, 1, 4, 2, 0], [1, 0, 2, 4, 3]], "int64"), script=[2, 4])


@exercise("gpt-generate", points=1)
def test_long_text_from_a_generator(agree):
    """The text comes from the generator that is handed in, one draw for all rows."""
    agree(probes.drawn_gpt, sizes=GPT, idx=IDX, count=6, seed=SEED)
