"""Lecture 9, hidden checks of tokens.py: other names."""

from grader.inside.probes import lecture9_microgpt as probes
from grader.judging.suite import exercise

FEW = "bcdf"


@exercise("doc-tokens", points=1)
def test_other_letters_and_tokens(agree, draw):
    """Other documents are turned into tokens and back as stated."""
    for doc in draw.words(4, letters="xbycaz"):
        agree(probes.letters_found, docs=[doc, doc[::-1]])
        agree(probes.encoded, doc=doc, letters="abcxyz")
    agree(probes.decoded, row=[6, *(draw.randrange(6) for _ in range(5)), 6], letters="abcxyz")


@exercise("pair-counts", points=2)
def test_counts_of_other_documents(agree, draw):
    """The pairs of other documents are counted as stated."""
    agree(probes.pairs, docs=draw.words(12, letters=FEW), letters=FEW)


@exercise("pair-loss", points=2)
def test_loss_for_other_counts(agree, draw):
    """The loss is right for other counts and documents."""
    counts = [[draw.randrange(9) for _ in range(5)] for _ in range(5)]
    for doc in draw.words(3, letters=FEW):
        agree(probes.loss_of_pairs, counts=counts, doc=doc, letters=FEW)
