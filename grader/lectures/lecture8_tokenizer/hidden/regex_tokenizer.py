"""Lecture 8, hidden checks of regex_tokenizer.py: other texts, patterns and special tokens."""

from grader.inside.probes import lecture8_tokenizer as probes
from grader.judging.properties import texts
from grader.judging.suite import exercise

SIGNS = ("x", "Y", "  ", "ñ", "7", "\n", "'LL", "🙂", "語", "\r\n", "?", "_")
MERGES = ((120, 121), (121, 32), (32, 120), (258, 121), (256, 122))
SPECIAL = ("<|fim|>", "<|fim|>x", "[x]", "x.y")


def some_words(draw, letters="xyz", count=7):
    """Words with spaces between them, some of them twice."""
    words = draw.words(count, letters=letters, longest=5)
    return " ".join(words + words[:3])


@exercise("split-text", points=2)
def test_chunks_of_other_texts(agree, for_all, draw):
    """Chunks are right for other texts and patterns."""
    for_all(probes.chunks, texts(SIGNS))
    agree(probes.chunks, text=some_words(draw), pattern="(x)?(y+)|z| ")


@exercise("split-special", points=2)
def test_pieces_of_other_texts(agree, for_all, draw):
    """Pieces are right for other texts and special tokens."""
    for_all(probes.pieces, texts(("x", "<|fim|>", "[x]", "y", "x.y", " "), special=SPECIAL))
    agree(probes.pieces, text=f"{some_words(draw)}<|fim|>xx", special=SPECIAL)
    agree(probes.pieces, text="x.y.z x.y", special=["x.y", ".y.z "])


@exercise("train-regex", points=3)
def test_other_merges_inside_of_chunks(agree, draw):
    """Other texts teach the expected merges."""
    agree(probes.trained_in_chunks, text=some_words(draw), vocab_size=262)
    agree(probes.trained_in_chunks, text=some_words(draw, "aé1"), vocab_size=260)
    agree(probes.trained_in_chunks, text=some_words(draw, "mno"), vocab_size=260, pattern=r"\S\S|.")


@exercise("encode-regex", points=3)
def test_ids_of_other_chunks(agree, for_all, draw):
    """Ids are right for other texts and merges."""
    agree(probes.encoded_chunk, chunk=some_words(draw).encode(), merges=MERGES)
    agree(probes.encoded_ordinary, text=some_words(draw), merges=MERGES)
    for_all(probes.encoded_ordinary, texts(("x", "y", " ", "z", "ñ", "\n", "7"), merges=MERGES))


@exercise("decode-regex", points=2)
def test_text_of_other_special_tokens(agree, draw):
    """The text is right for other ids and special tokens."""
    ids = [1000, *"ñ".encode(), 1000 + draw.randrange(4), draw.randint(256, 260), draw.randint(65, 90)]
    agree(probes.decoded_special, ids=ids, special=SPECIAL, merges=MERGES)
    agree(probes.decoded_special, ids=[195, *ids], special=["ß", *SPECIAL], merges=MERGES)


@exercise("encode-special", points=2)
def test_ids_of_other_special_tokens(agree, draw):
    """Ids are right for other special tokens, allowed or not."""
    text = f"[x]{some_words(draw)}<|fim|>x<|fim|>y"
    for allowed in ("all", "none", "none_raise", ["[x]"], ["<|fim|>", "x.y"]):
        agree(probes.encoded_special, text=text, special=SPECIAL, allowed=allowed, merges=MERGES)
