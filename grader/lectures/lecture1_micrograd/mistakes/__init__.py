"""The known mistakes of lecture 1, each as the smallest edit of our solution that makes it."""

from grader.lectures.lecture1_micrograd.mistakes import (
    closures,
    derivatives,
    engine,
    functions,
    loss,
    nn,
    operands,
    operators,
    training,
    whole_graphs,
)

MISCONCEPTIONS = (
    *whole_graphs.MISCONCEPTIONS,
    *closures.MISCONCEPTIONS,
    *engine.MISCONCEPTIONS,
    *operands.MISCONCEPTIONS,
    *operators.MISCONCEPTIONS,
    *functions.MISCONCEPTIONS,
    *training.MISCONCEPTIONS,
    *nn.MISCONCEPTIONS,
    *derivatives.MISCONCEPTIONS,
    *loss.MISCONCEPTIONS,
)
