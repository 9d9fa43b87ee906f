"""Lecture 2, public checks of exercises.py: trigrams, the split, smoothing, and what torch does in one call."""

import math

from grader.inside.arrays import array
from grader.inside.probes import lecture2_bigram as probes
from grader.judging.suite import exercise
from grader.lectures.lecture2_bigram.public.shared import LOGITS


@exercise("trigrams", points=2)
def test_trigrams_of_emma(agree):
    """Two markers stand before the word, and the older of the two characters counts V times as much."""
    agree(probes.pairs_of_trigrams, words=["emma"], letters="aem")
    agree(probes.pairs_of_trigrams, words=["ab", "ca"], letters="abc")


@exercise("trigrams", points=1)
def test_counts_of_trigrams(agree):
    """The table has a row per context and a column per character."""
    agree(probes.table_of_trigrams, words=["emma", "ava", "ava"], letters="aemv")
    agree(probes.table_of_trigrams, words=["emma"], letters="aemz")  # a character that comes nowhere has its place


@exercise("trigrams", points=1)
def test_loss_of_trigrams(agree):
    """The loss is the average over all trigrams of minus the natural logarithm of their probability."""
    rows = [[0.25, 0.45, 0.3], [0.6, 0.15, 0.25], [0.35, 0.1, 0.55]]
    table = array([*rows, *reversed(rows), [0.2, 0.7, 0.1], [0.9, 0.05, 0.05], [0.3, 0.3, 0.4]])
    agree(probes.loss_of_trigrams, P=table, words=["ab", "bab", "a"], letters="ab")
    never = array([*rows, *reversed(rows), [0.2, 0.7, 0.1], [0.9, 0.1, 0.0], [0.3, 0.3, 0.4]])
    agree(probes.loss_of_trigrams, P=never, words=["bab"], letters="ab")


@exercise("split-words", points=2)
def test_split(agree):
    """Four fifths of the words are for training, and every word is in exactly one part, by chance."""
    agree(probes.shares_of_split, words=_made_up_words(200), seed=42)


def _made_up_words(count):
    """All different, in alphabetical order."""
    digits = math.ceil(math.log(count, 5))
    return ["".join("aeiou"[i // 5**place % 5] for place in reversed(range(digits))) for i in range(count)]


@exercise("tune-smoothing", points=2)
def test_tuned_smoothing(agree):
    """The best strength is the one with the smallest loss on words that were not counted."""
    train, dev = ["emma", "ava", "eva", "mae"], ["eve", "ada", "amma"]
    agree(probes.tuned_smoothing, train=train, dev=dev, strengths=[0.05, 0.5, 2, 20])


@exercise("index-rows", points=1)
def test_rows_of_the_weights(agree):
    """Row k of the result is row xs[k] of W, and the gradient finds its way back there."""
    upstream = array([[0.7, -1.3], [2.1, 0.4], [-0.6, 1.7]], "float32")
    W = array([[1.5, -2.5], [0.25, 3.5], [-0.75, 4.5], [2.25, 0.5]], "float32")
    agree(probes.picked_rows, xs=array([2, 0, 2], "int64"), W=W, upstream=upstream)


@exercise("cross-entropy", points=1)
def test_cross_entropy(agree):
    """The loss is that of nll_loss, and it stays right where a probability is too small for a float."""
    agree(probes.cross_entropy, xs=array([0, 1, 1, 2], "int64"), ys=array([2, 0, 2, 1], "int64"), W=LOGITS, l2=0.1)
    extreme = array([[0.0, 1000.0], [3.0, -2.0]], "float32")
    agree(probes.cross_entropy, xs=array([0, 1], "int64"), ys=array([0, 1], "int64"), W=extreme, l2=0.0)
