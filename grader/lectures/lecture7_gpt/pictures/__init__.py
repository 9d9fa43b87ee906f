"""The pictures of lecture 7: who listens to whom, three matrices that are one, and a model that learns to write."""

from grader.lectures.lecture7_gpt.pictures import matrices, training

MOTIFS = (*matrices.MOTIFS, *training.MOTIFS)
