"""The known mistakes of lecture 5, each as the smallest edit of our solution that makes it."""

from grader.judging.mistakes.known import Misconception

MISCONCEPTIONS: tuple[Misconception, ...] = ()
