"""The known mistakes of lecture 9, each as the smallest edit of our solution that makes it."""

from grader.lectures.lecture9_microgpt.mistakes import blocks, by_hand, counting, gpt, training

MISCONCEPTIONS = (
    *counting.MISCONCEPTIONS,
    *by_hand.MISCONCEPTIONS,
    *blocks.MISCONCEPTIONS,
    *gpt.MISCONCEPTIONS,
    *training.MISCONCEPTIONS,
)
