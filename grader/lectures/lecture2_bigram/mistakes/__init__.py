"""The known mistakes of lecture 2, each as the smallest edit of our solution that makes it."""

from grader.lectures.lecture2_bigram.mistakes import counts, loss, neural, other_lectures, sampling, trigrams

MISCONCEPTIONS = (
    *counts.MISCONCEPTIONS,
    *loss.MISCONCEPTIONS,
    *neural.MISCONCEPTIONS,
    *sampling.MISCONCEPTIONS,
    *trigrams.MISCONCEPTIONS,
    # what the catalogue tells of other lectures, where it shows in this one
    *other_lectures.MISCONCEPTIONS,
)
