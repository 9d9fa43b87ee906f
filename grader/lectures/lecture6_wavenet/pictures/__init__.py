"""The pictures of lecture 6: shapes layer by layer, batch norm's statistics, a loss curve, and how far back it sees."""

from grader.lectures.lecture6_wavenet.pictures import reach, shapes, statistics, training

MOTIFS = (
    *statistics.MOTIFS,
    *training.MOTIFS,
    *shapes.MOTIFS,
    *reach.MOTIFS,
)
