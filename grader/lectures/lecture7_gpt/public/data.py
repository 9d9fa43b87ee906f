"""Lecture 7, public checks of data.py: characters as numbers, and pieces of a text."""

from grader.inside.arrays import array
from grader.inside.probes import lecture7_gpt as probes
from grader.judging.suite import exercise
from grader.lectures.lecture7_gpt.public.shared import SEED

STOI = {" ": 0, "!": 1, "a": 2, "b": 3, "c": 4, "é": 5}
COUNTED = array(list(range(20)), "int64")


@exercise("char-vocabulary", points=2)
def test_vocabulary_of_a_text(agree):
    """Every character has a number, in sorted order from 0, and every number its character."""
    agree(probes.numbered_characters, text="hello")
    agree(probes.numbered_characters, text="First Citizen:\nBefore we proceed any further, hear me speak.\n")


@exercise("encode", points=1)
def test_numbers_of_a_text(agree):
    """A text becomes the numbers of its characters, in its order."""
    agree(probes.encoded_text, text="abba c!", stoi=STOI)
    agree(probes.encoded_text, text="c", stoi=STOI)


@exercise("decode", points=1)
def test_text_of_numbers(agree):
    """Numbers become the text of their characters, as one string."""
    agree(probes.decoded_text, ids=[2, 3, 3, 2, 0, 4, 1], itos={i: ch for ch, i in STOI.items()})
    agree(probes.decoded_text, ids=[], itos={0: "x"})


@exercise("get-batch", points=3)
def test_pieces_and_what_follows(agree):
    """Each row of y is the row of x, one place further on in the data."""
    agree(probes.drawn_batch, numbers=COUNTED, block_size=8, batch_size=4, seed=SEED)
    agree(
        probes.drawn_batch, numbers=array([3, 1, 4, 1, 5, 9, 2, 6, 5, 3], "int64"), block_size=3, batch_size=5, seed=7
    )


@exercise("get-batch", points=2)
def test_all_starts_are_possible(agree):
    """A piece may start wherever both pieces fit, and nowhere else."""
    agree(probes.drawn_batch, numbers=array([7, 8, 9, 6, 5], "int64"), block_size=4, batch_size=3, seed=SEED)
    agree(probes.drawn_batch, numbers=array([7, 8, 9, 6, 5], "int64"), block_size=2, batch_size=40, seed=SEED)
