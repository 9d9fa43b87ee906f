"""The known mistakes of lecture 4, each as the smallest edit of our solution that makes it."""

from grader.lectures.lecture4_batchnorm.mistakes import (
    centring,
    diagnostics,
    draws,
    exercises,
    forward,
    initialisation,
    normalising,
    running_formula,
    running_statistics,
)

MISCONCEPTIONS = (
    *initialisation.MISCONCEPTIONS,
    *draws.MISCONCEPTIONS,
    *normalising.MISCONCEPTIONS,
    *centring.MISCONCEPTIONS,
    *running_statistics.MISCONCEPTIONS,
    *running_formula.MISCONCEPTIONS,
    *forward.MISCONCEPTIONS,
    *diagnostics.MISCONCEPTIONS,
    *exercises.MISCONCEPTIONS,
)
