"""Lecture 9, public checks of tokens.py: letters and tokens, pairs, and what counting costs."""

from grader.inside.probes import lecture9_microgpt as probes
from grader.judging.suite import exercise
from grader.lectures.lecture9_microgpt.public.shared import DOCS, LETTERS

ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@exercise("doc-tokens", points=1)
def test_letters(agree):
    """Each letter that occurs stands in the list once, in alphabetical order."""
    agree(probes.letters_found, docs=["emma", "ava"])
    agree(probes.letters_found, docs=["zoe", "al", "zed", "y"])


@exercise("doc-tokens", points=2)
def test_tokens(agree):
    """A document's tokens are BOS, its letters by number, and BOS again; for 26 letters BOS is 26."""
    agree(probes.encoded, doc="ava", letters="aemv")
    agree(probes.encoded, doc="emma", letters=ALPHABET)
    agree(probes.encoded, doc="", letters="abc")


@exercise("doc-tokens", points=1)
def test_text_of_tokens(agree):
    """Tokens become text again, and BOS becomes nothing."""
    agree(probes.decoded, row=[4, 0, 3, 0, 4], letters="aemv")
    agree(probes.decoded, row=[1, 1, 2], letters="abc")


@exercise("pair-counts", points=3)
def test_counts(agree):
    """Every pair of neighbours is counted, BOS at both ends of each document included."""
    agree(probes.pairs, docs=["ab", "a"], letters="ab")
    agree(probes.pairs, docs=DOCS, letters=LETTERS)


@exercise("pair-loss", points=3)
def test_loss_of_pairs(agree):
    """The loss is the mean over all pairs, each count one higher, and each row shared out by its own sum."""
    agree(probes.loss_of_pairs, counts=[[0, 1, 1], [0, 0, 1], [2, 0, 0]], doc="b", letters="ab")
    agree(probes.loss_of_pairs, counts=[[0] * 3 for _ in range(3)], doc="abba", letters="ab")
    agree(probes.loss_of_pairs, counts=[[5, 0, 2], [1, 3, 9], [4, 4, 0]], doc="aab", letters="ab")
