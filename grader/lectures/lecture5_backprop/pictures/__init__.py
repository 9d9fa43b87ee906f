"""The pictures of lecture 5: dlogits as the lecture draws it, and a map of all gradients."""

from grader.lectures.lecture5_backprop.pictures import dlogits, gradients

MOTIFS = (*gradients.MOTIFS, *dlogits.MOTIFS)
