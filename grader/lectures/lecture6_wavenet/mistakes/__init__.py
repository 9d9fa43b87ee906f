"""The known mistakes of lecture 6, each as the smallest edit of our solution that makes it."""

from grader.lectures.lecture6_wavenet.mistakes import batchnorm, exercises, layers, nets, using

MISCONCEPTIONS = (
    *layers.MISCONCEPTIONS,
    *batchnorm.MISCONCEPTIONS,
    *nets.MISCONCEPTIONS,
    *using.MISCONCEPTIONS,
    *exercises.MISCONCEPTIONS,
)
