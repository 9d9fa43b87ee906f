"""The known mistakes of lecture 4, each as the smallest edit of our solution that makes it."""

from grader.lectures.lecture4_batchnorm.mistakes import (
    diagnostics,
    exercises,
    initialisation,
    normalising,
    running_statistics,
)

MISCONCEPTIONS = (
    *initialisation.MISCONCEPTIONS,
    *normalising.MISCONCEPTIONS,
    *running_statistics.MISCONCEPTIONS,
    *diagnostics.MISCONCEPTIONS,
    *exercises.MISCONCEPTIONS,
)
