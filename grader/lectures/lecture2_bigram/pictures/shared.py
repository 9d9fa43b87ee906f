"""What the pictures of lecture 2 share: which names are trained on, a count of our own, and its shares."""

import numpy as np

from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture2_bigram.pictures import SYMBOLS

SIZE = len(SYMBOLS)
EVERY = 16  # of so many names one is taken to train on: all would make the pictures wait


def counted(words: list[str]) -> Numbers:
    """The table of counts by a count of our own."""
    table = np.zeros((SIZE, SIZE))
    for word in words:
        line = [0, *map(SYMBOLS.index, word), 0]
        np.add.at(table, (line[:-1], line[1:]), 1)
    return table


def shares_of(table: Numbers) -> Numbers:
    """Each row shared out to 1."""
    return np.asarray(table / table.sum(1, keepdims=True), dtype=np.float64)
