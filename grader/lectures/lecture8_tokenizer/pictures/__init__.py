"""The pictures of lecture 8: a text in its tokens, how one token was built, how the text became shorter."""

from grader.desk.pictures import Motif
from grader.inside.probes.lecture8_tokenizer import pictures as probes
from grader.lectures.lecture8_tokenizer.pictures.lengths import lengths
from grader.lectures.lecture8_tokenizer.pictures.text import inputs, tokens
from grader.lectures.lecture8_tokenizer.pictures.tree import tree

NEEDS = ("get-stats", "merge", "split-text", "train-regex", "encode-regex")
MOTIFS = (
    Motif("tokens", NEEDS, probes.pictured_tokens, inputs, tokens),
    Motif("tree", NEEDS, probes.pictured_tokens, inputs, tree),
    Motif("lengths", NEEDS, probes.pictured_tokens, inputs, lengths),
)
