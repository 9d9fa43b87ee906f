"""Lecture 8, public checks of gpt4.py: a table of ranks, its merges, its bytes, and the tokenizer made of it."""

from grader.inside.probes import lecture8_tokenizer as probes
from grader.judging.suite import exercise
from grader.lectures.lecture8_tokenizer.public.shared import PLAIN, SHUFFLED

TOKENS = (b"hi", b" hi", b"hihi", b" hihi", b"aa", b"aaa")
AMBIGUOUS = (b"bc", b"ab", b"abc", b"cd", b"abcd")  # "abc" is a and bc, for bc is older than ab


@exercise("read-ranks", points=2)
def test_table_of_ranks(agree):
    """Each line gives the bytes of a token and its rank, in the order of the file."""
    agree(probes.ranks_read, text="IQ== 0\nIg== 1\naGk= 256\n")
    agree(probes.ranks_read, text="4g== 158\nCg== 198\n\n8J+Y 300")
    agree(probes.ranks_read, text="")


@exercise("recover-merges", points=4)
def test_merges_of_a_table(agree):
    """Each longer token has the pair of ranks that it was merged from, by rising rank."""
    agree(probes.recovered, tokens=[b"ab", b"cab"], step=PLAIN)
    agree(probes.recovered, tokens=AMBIGUOUS, step=PLAIN)
    agree(probes.recovered, tokens=TOKENS, step=SHUFFLED)
    agree(probes.recovered, tokens=[], step=PLAIN)


@exercise("byte-shuffle", points=1)
def test_ranks_of_bytes(agree):
    """Each byte has the rank that it has in the table."""
    agree(probes.shuffled, step=PLAIN)
    agree(probes.shuffled, step=SHUFFLED)


@exercise("gpt4-tokenizer", points=2)
def test_ids_are_ranks(agree):
    """A byte becomes its rank before anything is merged."""
    agree(probes.encoded_by_ranks, text="hi you", tokens=[b"hi"], step=[1, 7])
    agree(probes.encoded_by_ranks, text="hihi hihi é", tokens=TOKENS, step=SHUFFLED)
    agree(probes.encoded_by_ranks, text="abcd bcd", tokens=AMBIGUOUS, step=SHUFFLED)
    agree(probes.encoded_by_ranks, text="hihi", tokens=TOKENS, step=SHUFFLED, pattern="h|i")


@exercise("gpt4-tokenizer", points=2)
def test_text_of_ranks(agree):
    """Ranks become the text that they stand for."""
    agree(probes.decoded_by_ranks, ids=[111, 112], tokens=[b"hi"], step=[1, 7])
    agree(probes.decoded_by_ranks, ids=[258, 257, 0, 17], tokens=TOKENS, step=SHUFFLED)
