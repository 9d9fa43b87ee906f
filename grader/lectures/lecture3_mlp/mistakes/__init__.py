"""The known mistakes of lecture 3, each as the smallest edit of our solution that makes it."""

from grader.lectures.lecture3_mlp.mistakes import (
    dataset,
    draws,
    forward,
    learning_rate,
    loss,
    sampling,
    training,
)

MISCONCEPTIONS = (
    *dataset.MISCONCEPTIONS,
    *draws.MISCONCEPTIONS,
    *forward.MISCONCEPTIONS,
    *loss.MISCONCEPTIONS,
    *training.MISCONCEPTIONS,
    *sampling.MISCONCEPTIONS,
    *learning_rate.MISCONCEPTIONS,
)
