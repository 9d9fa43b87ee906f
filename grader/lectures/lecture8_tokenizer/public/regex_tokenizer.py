"""Lecture 8, public checks of regex_tokenizer.py: chunks, special tokens, training and both directions."""

from grader.inside.probes import lecture8_tokenizer as probes
from grader.judging.properties import texts
from grader.judging.suite import exercise
from grader.lectures.lecture8_tokenizer.public.shared import ACROSS, FIVE, LEARNED, ORDERED, SIGNS, SPECIAL

WORDS = "low lower lowest\nslow"


@exercise("split-text", points=1)
def test_chunks_of_gpt4(agree, for_all):
    """GPT-4's pattern splits the text, and the chunks put together are the text again."""
    agree(probes.chunks, text="Hello world! It's 2024.")
    agree(probes.chunks, text="HOW'S that,\r\n  12345 été")
    agree(probes.chunks, text="")
    for_all(probes.chunks, texts(SIGNS))


@exercise("split-text", points=1)
def test_chunks_of_another_pattern(agree):
    """Another pattern splits otherwise, and of one with groups each chunk is whole."""
    agree(probes.chunks, text="ababc", pattern="(ab)+|.")
    agree(probes.chunks, text="one two", pattern=r" ?\p{L}+")
    agree(probes.chunks, text="x1y22", pattern=r"([a-z])([0-9]+)")


@exercise("split-special", points=2)
def test_pieces_of_a_text(agree):
    """Special tokens and what stands between them are found, none of it empty, and nothing is lost."""
    agree(probes.pieces, text="<|end|>hi there<|end|>", special=["<|end|>"])
    agree(probes.pieces, text="<|end|><|end|>", special=["<|end|>"])
    agree(probes.pieces, text="a<|end|>er b<|end|>", special=SPECIAL)
    agree(probes.pieces, text="end |> a+b aab", special=SPECIAL)
    agree(probes.pieces, text="abcd", special=["ab", "bcd"])
    agree(probes.pieces, text="hi", special=[])
    agree(probes.pieces, text="", special=["<|end|>"])
    agree(probes.pieces, text="", special=[])


@exercise("train-regex", points=3)
def test_merges_inside_of_chunks(agree):
    """The counts of all chunks are added up, and no merge lies across the end of a chunk."""
    agree(probes.trained_in_chunks, text=WORDS, vocab_size=258)
    agree(probes.trained_in_chunks, text="a b a b a b", vocab_size=257)
    agree(probes.trained_in_chunks, text="lololololo", vocab_size=258)
    agree(probes.trained_in_chunks, text="né né été", vocab_size=260)
    agree(probes.trained_in_chunks, text="abab xyxyxy", vocab_size=259, pattern=r"\S+|\s+")
    agree(probes.trained_in_chunks, text="", vocab_size=257)
    agree(probes.trained_in_chunks, text="abab", vocab_size=256)


@exercise("train-regex", points=1)
def test_ties_in_chunks(agree):
    """Of several pairs that occur equally often, the one that is seen first in the text is merged."""
    agree(probes.trained_in_chunks, text="ababzaza", vocab_size=257)
    agree(probes.trained_in_chunks, text="zaza abab", vocab_size=257)
    agree(probes.trained_in_chunks, text="abab zaza", vocab_size=257)


@exercise("encode-regex", points=2)
def test_ids_of_a_chunk(agree):
    """A chunk of bytes is merged in the order in which the merges were learned."""
    agree(probes.encoded_chunk, chunk=b"aaabdaaabac", merges=LEARNED)
    for text in ORDERED:
        agree(probes.encoded_chunk, chunk=text.encode(), merges=FIVE)
    agree(probes.encoded_chunk, chunk=b"", merges=LEARNED)


@exercise("encode-regex", points=2)
def test_ids_chunk_by_chunk(agree, for_all):
    """The ids of all chunks stand one behind the other, and nothing is merged across the end of a chunk."""
    agree(probes.encoded_ordinary, text="the tea", merges=ACROSS)
    agree(probes.encoded_ordinary, text=" the \r\n end\n", merges=ACROSS)
    agree(probes.encoded_ordinary, text="abab", merges=((97, 98), (256, 256)), pattern="ab|.")
    for_all(probes.encoded_ordinary, texts(("a", "e", " ", "he", " t", "é", "1", "\r\n"), merges=ACROSS))


@exercise("decode-regex", points=2)
def test_text_of_ids_and_special_tokens(agree):
    """Special tokens become text again, where they stand, and characters come out whole."""
    agree(probes.decoded_special, ids=[195, 169, 1000], special=SPECIAL, merges=())
    agree(probes.decoded_special, ids=[1001, 258, 100, 1000], special=SPECIAL, merges=LEARNED)
    agree(probes.decoded_special, ids=[240, 159, 152, 137, 1001, 195], special=["é", "😀"], merges=())


@exercise("encode-special", points=2)
def test_ids_of_special_tokens(agree, for_all):
    """An allowed special token has its own id, and what is between is encoded as ever."""
    agree(probes.encoded_special, text="<|end|>hi<|end|>", special=["<|end|>"], allowed="all", merges=())
    agree(probes.encoded_special, text="aab<|end|>er", special=SPECIAL, allowed="all", merges=LEARNED)
    signs = ("a", "aa", "b", "<|end|>", "er", "a+b", "é")
    for_all(probes.encoded_special, texts(signs, special=SPECIAL, allowed="all", merges=LEARNED))


@exercise("encode-special", points=1)
def test_special_tokens_that_are_not_allowed(agree):
    """What is not allowed is text like any other, or is refused, as asked for."""
    agree(probes.encoded_special, text="a<|end|>", special=["<|end|>"], allowed="none", merges=())
    agree(probes.encoded_special, text="on", special=["on"], allowed="none", merges=())
    agree(probes.encoded_special, text="a<|end|>", special=["<|end|>"], allowed="none_raise", merges=())
    agree(probes.encoded_special, text="a<|end|>", special=["<|end|>"], allowed=None, merges=())
    agree(probes.encoded_special, text="aaab", special=SPECIAL, allowed=None, merges=LEARNED)
    agree(probes.encoded_special, text="a+b<|end|>", special=SPECIAL, allowed=["a+b", "no"], merges=LEARNED)
    agree(probes.encoded_special, text="a+b<|end|>", special=SPECIAL, allowed=[], merges=LEARNED)


@exercise("encode-special", points=1, needs=("decode-regex",))
def test_round_trips(for_all):
    """Every text comes back as it was, sign by sign, and has the same ids the second time."""
    signs = ("a", " ", "aab", "<|end|>", "é", "\r\n", "\t", "😀")
    for_all(probes.round_trip, texts(signs, special=SPECIAL, merges=LEARNED))
