"""The pictures of lecture 4: two starts of one net, what its tanh lets through, and a look into a deep net's layers."""

from grader.lectures.lecture4_batchnorm.pictures import layers, starts, updates

MOTIFS = (
    *starts.MOTIFS,
    *layers.MOTIFS,
    *updates.MOTIFS,
)
