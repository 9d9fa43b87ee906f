"""The pictures of lecture 9: a short training, where letters look afterwards, the graph of one tiny step."""

from grader.lectures.lecture9_microgpt.pictures import graph, training

MOTIFS = (*training.MOTIFS, *graph.MOTIFS)
