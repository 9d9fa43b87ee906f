"""The known mistakes of lecture 1, each as the smallest edit of our solution that makes it."""

from grader.lectures.lecture1_micrograd.mistakes import derivatives, engine, loss, nn, training, whole_graphs

MISCONCEPTIONS = (
    *whole_graphs.MISCONCEPTIONS,
    *engine.MISCONCEPTIONS,
    *training.MISCONCEPTIONS,
    *nn.MISCONCEPTIONS,
    *derivatives.MISCONCEPTIONS,
    *loss.MISCONCEPTIONS,
)
