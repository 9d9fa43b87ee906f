"""The pictures of lecture 2: the table of counts, names drawn from it, the net's loss, its weights as log counts."""

from grader.lectures.lecture2_bigram.pictures import counts, names, net

MOTIFS = (
    *counts.MOTIFS,
    *names.MOTIFS,
    *net.MOTIFS,
)
