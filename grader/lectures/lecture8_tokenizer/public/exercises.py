"""Lecture 8, public checks of exercises.py: less work, tokens of characters, tokens in colour."""

from grader.inside.probes import lecture8_tokenizer as probes
from grader.judging.suite import exercise


@exercise("fast-train", points=2)
def test_merges_with_less_work(agree):
    """The merges are those of train, ties included, and equal chunks count as often as they occur."""
    agree(probes.merges_of_chunks, chunks=["low", " low", " low"], num_merges=3)
    agree(probes.merges_of_chunks, chunks=["dc", "ba", "ab", "ab", "ba"], num_merges=1)
    agree(probes.merges_of_chunks, chunks=["aaa", "é", "b", "aaa", "é"], num_merges=5)
    agree(probes.merges_of_chunks, chunks=["abab", "cd"], num_merges=2)
    agree(probes.merges_of_chunks, chunks=[], num_merges=1)
    agree(probes.merges_of_chunks, chunks=["\0a\0", "a\0a"], num_merges=2)


@exercise("fast-train", points=1)
def test_work_of_training(agree):
    """A text of 100 kB is learned from with no more than five times the work of ours."""
    agree(probes.work_of_training, seed=1, num_merges=8)


@exercise("codepoint-train", points=2)
def test_training_on_characters(agree):
    """Characters have ids from 256 on, by code point, and merges those behind them."""
    agree(probes.trained_on_characters, text="ééa éé", vocab_size=260)
    agree(probes.trained_on_characters, text="zaza😀é😀é", vocab_size=263)
    agree(probes.trained_on_characters, text="abcab", vocab_size=300)
    agree(probes.trained_on_characters, text="cdcdcd abab", vocab_size=262)
    agree(probes.trained_on_characters, text="é", vocab_size=258)
    agree(probes.trained_on_characters, text="éé", vocab_size=257)


@exercise("codepoint-encode", points=1)
def test_ids_of_characters(agree):
    """A known character is one id, an unknown one as many as it has bytes, and merges follow in their order."""
    agree(probes.encoded_characters, text="éééü", known=" aé", merges=((258, 258),))
    agree(probes.encoded_characters, text="abca☃b", known="abc", merges=((257, 258), (256, 257), (256, 259)))
    agree(probes.encoded_characters, text="éé", known="é", merges=((256, 256),))
    agree(probes.encoded_characters, text="", known="abc", merges=())


@exercise("token-colours", points=2)
def test_tokens_in_colour(agree):
    """Colours take turns, token by token, and a browser shows each token's text as it is."""
    agree(probes.coloured, tokens=[b"low", b" low", b"e"], ids=[0, 1, 1, 2], colours=["pink", "lime"])
    agree(probes.coloured, tokens=[b"<b>", b"a&lt;"], ids=[0, 1, 0], colours=["red", "lime", "gold"])
    agree(probes.coloured, tokens=[b"\xc3", b"\xc3\xa9"], ids=[0, 1], colours=["red"])
    agree(probes.coloured, tokens=[], ids=[], colours=["red"])
