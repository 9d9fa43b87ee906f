"""Lecture 8, public checks of basic.py: pairs, merges, a training, and both directions."""

from grader.inside.probes import lecture8_tokenizer as probes
from grader.judging.properties import texts
from grader.judging.suite import exercise
from grader.lectures.lecture8_tokenizer.public.shared import FIVE, LATE, LEARNED, LECTURE, NESTED, ORDERED


@exercise("get-stats", points=2)
def test_counts_of_pairs(agree):
    """Every pair of neighbours is counted, the last one and those that overlap too, in the order of first sight."""
    agree(probes.counted_pairs, ids=[1, 2, 3, 1, 2])
    agree(probes.counted_pairs, ids=[7, 7, 7, 7])
    agree(probes.counted_pairs, ids=[1, 2])
    agree(probes.counted_pairs, ids=[5])
    agree(probes.counted_pairs, ids=[])


@exercise("get-stats", points=1)
def test_counts_that_go_on(agree):
    """Counts that are handed in are gone on with; without any, a new table begins."""
    agree(probes.counted_pairs, ids=[4, 1, 2], counts=[(1, 2, 10)])
    agree(probes.counted_pairs, ids=[4, 1, 2], counts=[])


@exercise("merge", points=3)
def test_one_merge(agree):
    """Each occurrence of the pair is replaced, also at the ends, and nothing else is changed or lost."""
    agree(probes.merged, ids=[5, 6, 6, 7, 9, 1, 6, 7], pair=[6, 7], idx=99)
    agree(probes.merged, ids=[1, 2, 1, 2, 1], pair=[1, 2], idx=9)
    agree(probes.merged, ids=[2, 1], pair=[1, 2], idx=9)
    agree(probes.merged, ids=[1], pair=[1, 2], idx=9)


@exercise("merge", points=1)
def test_merge_in_a_run(agree):
    """In a run of equal numbers no element is used twice."""
    agree(probes.merged, ids=[97, 97, 97], pair=[97, 97], idx=256)
    agree(probes.merged, ids=[1, 1, 1, 1, 2, 1, 1], pair=[1, 1], idx=9)


@exercise("train-basic", points=2)
def test_merges_of_the_lecture(agree):
    """The lecture's example teaches the expected merges, each made of what was learned before."""
    agree(probes.trained, text=LECTURE, vocab_size=259)
    agree(probes.trained, text="éé, née, été", vocab_size=260)
    agree(probes.trained, text="abcabcabcabd", vocab_size=259, before="xyxyxyxyxyxyxyxy")


@exercise("train-basic", points=1)
def test_ties_in_training(agree):
    """Of several pairs that occur equally often, the one that is seen first is merged."""
    agree(probes.trained, text="bbbaaaddddcccc", vocab_size=260)
    agree(probes.trained, text="ababzaza", vocab_size=257)
    agree(probes.trained, text="zazabab", vocab_size=257)


@exercise("train-basic", points=1)
def test_end_of_training(agree):
    """Training ends where no pair occurs twice, and does not begin where there is nothing to learn."""
    agree(probes.trained, text="abcab", vocab_size=300)
    agree(probes.trained, text="a", vocab_size=258)
    agree(probes.trained, text="", vocab_size=258)
    agree(probes.trained, text="abab", vocab_size=256)


@exercise("encode-basic", points=3)
def test_ids_of_texts(agree, for_all):
    """Of all pairs that are there, the one that was learned first is merged first, until none is left."""
    agree(probes.encoded, text=LECTURE, merges=LEARNED)
    agree(probes.encoded, text="abc", merges=LATE)
    agree(probes.encoded, text="abcabcab", merges=NESTED)
    agree(probes.encoded, text="ab", merges=NESTED)
    for text in ORDERED:
        agree(probes.encoded, text=text, merges=FIVE)
    for_all(probes.encoded, texts("abcé", longest=6, merges=FIVE))


@exercise("encode-basic", points=1)
def test_ids_of_bytes(agree):
    """What is no pair that was learned stays as it is, byte by byte."""
    agree(probes.encoded, text="é😀", merges=())
    agree(probes.encoded, text="z", merges=NESTED)
    agree(probes.encoded, text="", merges=NESTED)
    agree(probes.encoded, text=" a\r\n\tb ", merges=NESTED)


@exercise("decode-basic", points=1)
def test_text_of_ids(agree):
    """The bytes of all ids are joined before they become text."""
    agree(probes.decoded, ids=[195, 169, 33], merges=())
    agree(probes.decoded, ids=[258, 100, 258, 97, 99], merges=LEARNED)
    agree(probes.decoded, ids=[240, 256, 137], merges=((159, 152),))
    agree(probes.decoded, ids=[32, 10, 97, 13, 10], merges=())


@exercise("decode-basic", points=1)
def test_text_of_broken_bytes(agree):
    """Bytes that are no UTF-8 become U+FFFD, and the rest is read as ever."""
    agree(probes.decoded, ids=[128], merges=())
    agree(probes.decoded, ids=[97, 195, 98], merges=())
