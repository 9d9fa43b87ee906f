"""The pictures of lecture 3: contexts of a few names, a training run, a sweep of learning rates, an embedding."""

from grader.lectures.lecture3_mlp.pictures import contexts, embedding, learning_rate, training

MOTIFS = (
    *contexts.MOTIFS,
    *training.MOTIFS,
    *learning_rate.MOTIFS,
    *embedding.MOTIFS,
)
