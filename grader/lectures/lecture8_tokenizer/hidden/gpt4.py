"""Lecture 8, hidden checks of gpt4.py: other tables."""

import base64

from grader.inside.probes import lecture8_tokenizer as probes
from grader.judging.suite import exercise

TOKENS = (b"yz", b"xy", b"xyz", b" xyz", b"zx", b"yzx", b"xyzx", b"zz", b"zzz", b"zzzz")


def a_step(draw):
    """Ranks of bytes that are not their own."""
    return [draw.choice((3, 5, 9, 11, 13)), draw.randint(1, 255)]


@exercise("read-ranks", points=1)
def test_other_tables_of_ranks(agree, draw):
    """The table is right for other files."""
    tokens = [bytes([draw.randrange(256)]), b"\n", *(word.encode() for word in draw.words(3, letters="aé 語"))]
    lines = [f"{base64.b64encode(token).decode()} {rank}" for rank, token in enumerate(tokens, draw.randint(9, 99))]
    agree(probes.ranks_read, text="\n".join(lines) + "\n")


@exercise("recover-merges", points=3)
def test_merges_of_other_tables(agree, draw):
    """The merges are right for other tables."""
    for count in (4, 10):
        agree(probes.recovered, tokens=TOKENS[:count], step=a_step(draw))


@exercise("byte-shuffle", points=1)
def test_ranks_of_other_bytes(agree, draw):
    """The ranks are right for other tables."""
    agree(probes.shuffled, step=a_step(draw))


@exercise("gpt4-tokenizer", points=3)
def test_ids_by_other_tables(agree, draw):
    """Ids and texts are right for other tables."""
    words = " ".join(draw.words(6, letters="xyz"))
    agree(probes.encoded_by_ranks, text=f"{words} ñ", tokens=TOKENS, step=a_step(draw))
    ids = [draw.randrange(266) for _ in range(6)]
    agree(probes.decoded_by_ranks, ids=ids, tokens=TOKENS, step=a_step(draw))
