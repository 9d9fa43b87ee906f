"""Lecture 3, public checks of dataset.py: contexts and their targets, and the split of the names."""

from grader.inside.probes import lecture3_mlp as probes
from grader.judging.suite import exercise
from grader.lectures.lecture3_mlp.public.shared import FIVE, NAMES


@exercise("context-dataset", points=3)
def test_rows_of_emma(agree):
    """'emma' gives the five rows of the lecture."""
    agree(probes.context_rows, words=["emma"], block_size=3)


@exercise("context-dataset", points=3)
def test_rows_of_five_names(agree):
    """Five names give 32 rows; every name starts afresh and ends with '.', whatever the length of the context."""
    agree(probes.context_rows, words=FIVE, block_size=3)
    agree(probes.context_rows, words=["ava", "mia"], block_size=5)
    agree(probes.context_rows, words=["olivia", "bo"], block_size=2)


@exercise("context-dataset", points=1)
def test_rows_of_two_hundred_names(agree):
    """The first two hundred names of the list give all their rows."""
    agree(probes.rows_of_names, first=200, block_size=3)


@exercise("split-dataset", points=2)
def test_split_of_ten_names(agree):
    """Ten names, shuffled, are cut 8, 1 and 1; the list stays as it is."""
    agree(probes.split_parts, words=NAMES[:10], seed=42)


@exercise("split-dataset", points=2)
def test_split_of_23_names(agree):
    """Each of 23 names is in just one of the parts; the cuts are rounded down."""
    agree(probes.split_parts, words=NAMES, seed=42)


@exercise("split-dataset", points=1)
def test_split_of_all_names(agree):
    """The whole list is cut at the right places."""
    agree(probes.split_names, seed=42)
