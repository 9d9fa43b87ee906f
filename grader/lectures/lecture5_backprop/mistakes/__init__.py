"""The known mistakes of lecture 5, each as the smallest edit of our solution that makes it."""

from grader.lectures.lecture5_backprop.mistakes import beginning, letters, loss, peeking, slopes, sums, ways

MISCONCEPTIONS = (
    *beginning.MISCONCEPTIONS,
    *loss.MISCONCEPTIONS,
    *sums.MISCONCEPTIONS,
    *ways.MISCONCEPTIONS,
    *slopes.MISCONCEPTIONS,
    *letters.MISCONCEPTIONS,
    *peeking.MISCONCEPTIONS,
)
