"""Lecture 8, hidden checks of basic.py: other numbers and texts."""

from grader.inside.probes import lecture8_tokenizer as probes
from grader.judging.properties import texts
from grader.judging.suite import exercise

MERGES = ((100, 101), (102, 100), (257, 256), (101, 102), (258, 101))


def a_text(draw, letters="xyz", length=14):
    """Made-up text of a few letters, with runs in it."""
    return "".join(letter * draw.randint(1, 3) for letter in draw.choices(letters, k=length))


@exercise("get-stats", points=2)
def test_counts_of_other_pairs(agree, draw):
    """The counts are right for other lists."""
    for count in (2, 9, 14):
        ids = [draw.randrange(3) for _ in range(count)]
        agree(probes.counted_pairs, ids=ids)
        agree(probes.counted_pairs, ids=ids, counts=[(ids[0], ids[1], draw.randint(3, 9)), (8, 8, 2)])


@exercise("merge", points=2)
def test_other_merges(agree, draw):
    """The merge is right for other lists, with the pair at either end, and in runs."""
    for pair in ([4, 5], [5, 5]):
        ids = [*pair, *(draw.randint(4, 6) for _ in range(9)), *pair]
        agree(probes.merged, ids=ids, pair=pair, idx=draw.randint(256, 900))
        agree(probes.merged, ids=ids[:-1], pair=pair, idx=draw.randint(256, 900))


@exercise("train-basic", points=3)
def test_other_trainings(agree, draw):
    """Other texts teach the expected merges."""
    for letters in ("xyz", "aéb", "mn😀 "):
        agree(probes.trained, text=a_text(draw, letters), vocab_size=256 + draw.randint(4, 8))
    agree(probes.trained, text="".join(draw.sample("abcdefgh", 6)) * 2, vocab_size=280)


@exercise("encode-basic", points=4)
def test_ids_of_other_texts(agree, for_all, draw):
    """Ids are right for other texts and merges."""
    agree(probes.encoded, text=a_text(draw, "def"), merges=MERGES)
    agree(probes.encoded, text=a_text(draw, "dé\n"), merges=MERGES)
    for_all(probes.encoded, texts("defé", longest=6, merges=MERGES))


@exercise("decode-basic", points=2)
def test_text_of_other_ids(agree, draw):
    """The text is right for other ids, broken bytes among them."""
    ids = [*"ü".encode(), draw.randint(256, 260), draw.randint(128, 190), *"☃".encode(), draw.randint(65, 90)]
    agree(probes.decoded, ids=ids, merges=MERGES)
    agree(probes.decoded, ids=ids[::-1], merges=MERGES)
