"""Lecture 8, hidden checks of exercises.py: other texts."""

from grader.inside.probes import lecture8_tokenizer as probes
from grader.judging.suite import exercise


@exercise("fast-train", points=2)
def test_other_merges_with_less_work(agree, draw):
    """The merges are right for other chunks."""
    for letters in ("xyz", "mé"):
        chunks = draw.choices(draw.words(7, letters=letters), k=15)
        agree(probes.merges_of_chunks, chunks=chunks, num_merges=6)


@exercise("codepoint-train", points=1)
def test_training_on_other_characters(agree, draw):
    """Other texts teach the expected characters and merges."""
    text = "".join(draw.choices("zñ語a", k=20))
    agree(probes.trained_on_characters, text=text, vocab_size=256 + len(set(text)) + 3)


@exercise("codepoint-encode", points=1)
def test_ids_of_other_characters(agree, draw):
    """Ids are right for other texts."""
    merges = ((257, 258), (256, 257), (260, 259), (256, 256))
    for _ in range(3):
        agree(probes.encoded_characters, text="".join(draw.choices("xyz☃", k=9)), known="xyz", merges=merges)


@exercise("token-colours", points=1)
def test_other_tokens_in_colour(agree, draw):
    """The page is right for other tokens and colours."""
    tokens = [b"</span>", "語".encode(), b"\xe8", b"a < b & c", b" x"]
    ids = [draw.randrange(5) for _ in range(7)]
    agree(probes.coloured, tokens=tokens, ids=ids, colours=["#fdd", "#dfd", "#ddf"])
