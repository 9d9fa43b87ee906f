"""Lecture 2, hidden checks: fresh words, tables and weights from the class seed."""

import math

from grader.inside.arrays import array
from grader.inside.probes import lecture2_bigram as probes
from grader.judging.properties import any_of, arrays, indices, numbers, size
from grader.judging.suite import exercise

# the vocabulary of a fresh word list: three letters at a time, so that every order of a set is a known one
TRIPLES = ("dgk", "hnu", "ejt", "bqs", "aco", "fly", "imw", "pvx", "rtz")


def shares(draw, rows, columns):
    """A table of probabilities with two digits: a marker is likely after every character but the marker itself."""
    found = []
    for row in range(rows):
        cuts = sorted(draw.sample(range(1, 100), columns - 1))
        row_of_100 = sorted(b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True))
        if row:
            row_of_100 = [row_of_100[-1], *draw.sample(row_of_100[:-1], columns - 1)]
        found.append([share / 100 for share in row_of_100])
    return found


def logits(draw, size):
    """Logits of such a table, in four digits: the logarithms, and in each row the same number more."""
    lifted = zip(shares(draw, size, size), draw.numbers(size, 0.5, 2.0), strict=True)
    return array([[round(math.log(share) + lift, 4) for share in row] for row, lift in lifted], "float32")


def weights(draw, *shape, low=-2.0, high=2.0):
    """Weights as torch.randn gives them: float32."""
    return draw.array(*shape, low=low, high=high, dtype="float32")


def pairs(draw, count, classes):
    """Inputs and targets for a net, every input class among them."""
    xs = [*range(classes), *(draw.randrange(classes) for _ in range(count - classes))]
    return array(xs, "int64"), draw.integers(count, low=0, high=classes)


# ---- counts.py


@exercise("vocabulary", points=2)
def test_vocabulary_of_fresh_words(agree, draw):
    """Other words get their characters numbered in the same way."""
    for letters in TRIPLES:
        agree(probes.tables_of_vocabulary, words=draw.words(3, letters))
    agree(probes.size_of_vocabulary, words=draw.words(20, "abdefghklmnoprstuvyz"))


@exercise("bigrams", points=2)
def test_bigrams_of_fresh_words(agree, draw):
    """Other words give the right pairs."""
    for word in draw.words(3, "aeklno"):
        agree(probes.pairs_of_word, word=word)


@exercise("count-bigrams", points=3)
def test_counts_of_fresh_words(agree, draw):
    """The table of many other words is right."""
    agree(probes.table_of_counts, words=draw.words(120, "aeklno"), letters="aeklno")


@exercise("bigram-probabilities", points=3)
def test_shares_of_fresh_counts(agree, for_all, draw):
    """Probabilities are right for other counts and another strength of smoothing."""
    agree(probes.table_of_shares, N=draw.integers(5, 5, low=0, high=9), smoothing=draw.number(0.2, 3))
    agree(probes.table_of_shares, N=draw.integers(7, 4, low=1, high=50), smoothing=0)
    for_all(probes.table_of_shares, arrays(N=indices("r c", below="most"), smoothing=any_of(1, 2, 0.5)))


@exercise("sample-names", points=3)
def test_names_from_a_fresh_table(agree, draw):
    """Names from another table, with another seed, are right."""
    P, script = array(shares(draw, 5, 5)), [3, 1, 4, 2, 0, 0, 2, 2, 0]
    agree(probes.draws_from_table, P=P, letters="aeln", count=3, script=script)
    agree(probes.names_from_table, P=P, letters="aeln", count=8, seed=draw.randrange(10**6))


@exercise("draw", points=2)
def test_draws_from_a_fresh_row(agree, draw):
    """Draws from another row are right, also where the total is just u, or stays below u by rounding."""
    (row,) = shares(draw, 1, 7)
    agree(probes.draws_by_hand, p=array(draw.sample(row, 7)), times=20, seed=draw.randrange(10**6))
    agree(probes.draws_of_given_numbers, p=array([0.25, 0.5, 0.25]), numbers=[0.25, 0.75])
    agree(probes.draws_of_given_numbers, p=array([0.5, 0.25, 0.2499999]), numbers=[0.99999999])


@exercise("average-nll", points=3)
def test_loss_of_a_fresh_table(agree, draw):
    """The loss of another table on many other words is right."""
    P, words = array(shares(draw, 6, 6)), draw.words(60, "aelno")
    agree(probes.loss_of_table, P=P, words=words, letters="aelno")


# ---- neural.py


@exercise("bigram-dataset", points=2)
def test_dataset_of_fresh_words(agree, draw):
    """Inputs and targets of many other words are right."""
    agree(probes.pairs_of_dataset, words=draw.words(120, "aeklno"), letters="aeklno")


@exercise("one-hot", points=1)
def test_fresh_one_hot_rows(agree, for_all, draw):
    """Rows of another length are right."""
    agree(probes.encoded_rows, xs=draw.integers(7, low=0, high=5), classes=9)
    for_all(probes.encoded_rows, arrays(xs=indices("n", below="V"), classes=size("V")))


@exercise("net-probabilities", points=1)
def test_probabilities_of_a_fresh_net(agree, for_all, draw):
    """Probabilities are right for other weights."""
    agree(probes.net_output, xs=draw.integers(6, low=0, high=5), W=weights(draw, 5, 4))
    for_all(probes.net_output, arrays(xs=indices("n", below="V"), W=numbers("V C", "float32")))


@exercise("net-probabilities", points=1, aside=True)
def test_probabilities_of_fresh_large_logits(agree, draw):
    """Probabilities are right for other large logits, positive and negative ones."""
    for low, high in ((95.0, 105.0), (-115.0, -106.0)):
        W = weights(draw, 3, 7, low=low, high=high)
        agree(probes.output_of_large_logits, xs=draw.integers(4, low=0, high=3), W=W)


@exercise("net-loss", points=3)
def test_loss_of_a_fresh_net(agree, draw):
    """The loss and its gradient are right for other weights and examples."""
    xs, ys = pairs(draw, 11, 5)
    agree(probes.net_loss, xs=xs, ys=ys, W=weights(draw, 5, 5), l2=draw.number(0.05, 0.5))
    agree(probes.net_gradient, xs=xs, ys=ys, W=weights(draw, 5, 5), l2=draw.number(0.05, 0.5))


@exercise("train-net", points=3)
def test_training_of_a_fresh_net(agree, draw):
    """Training other weights of float64 on other examples gives the expected losses and weights."""
    xs, ys = pairs(draw, 150, 6)
    agree(probes.training, xs=xs, ys=ys, W=draw.array(6, 6), steps=20, lr=draw.number(2, 6), l2=draw.number(0.01, 0.1))


@exercise("sample-net", points=1)
def test_names_from_a_fresh_net(agree, draw):
    """Names from other weights, with another seed, are right."""
    W = logits(draw, 5)
    agree(probes.draws_from_net, W=W, letters="aeln", count=3, script=[3, 1, 4, 2, 0, 0, 2, 2, 0])
    agree(probes.names_from_net, W=W, letters="aeln", count=8, seed=draw.randrange(10**6))


# ---- exercises.py


@exercise("trigrams", points=2)
def test_trigrams_of_fresh_words(agree, draw):
    """Contexts, counts and losses of other words are right."""
    words = draw.words(40, "aeln")
    agree(probes.pairs_of_trigrams, words=words, letters="aeln")
    agree(probes.table_of_trigrams, words=words, letters="aeln")
    agree(probes.loss_of_trigrams, P=array(shares(draw, 25, 5)), words=words, letters="aeln")


@exercise("split-words", points=1)
def test_split_of_fresh_words(agree, draw):
    """Other words are split in the same way."""
    agree(probes.shares_of_split, words=draw.words(500), seed=draw.randrange(10**6))


@exercise("tune-smoothing", points=1)
def test_tuned_smoothing_of_fresh_words(agree, draw):
    """The best strength and all losses are right for other words."""
    words = draw.words(40, "aeln")
    strengths = sorted(draw.numbers(4, 0.05, 30))
    agree(probes.tuned_smoothing, train=words[:30], dev=words[30:], strengths=strengths)


@exercise("index-rows", points=1)
def test_rows_of_fresh_weights(agree, draw):
    """Rows of other weights are right, one that is picked several times among them."""
    agree(probes.picked_rows, xs=array([4, 1, 4, 0, 4], "int64"), W=weights(draw, 6, 3), upstream=weights(draw, 5, 3))


@exercise("cross-entropy", points=1)
def test_cross_entropy_of_a_fresh_net(agree, draw):
    """The loss and its gradient are right for other weights, large ones among them."""
    xs, ys = pairs(draw, 9, 4)
    agree(probes.cross_entropy, xs=xs, ys=ys, W=weights(draw, 4, 4), l2=draw.number(0.05, 0.5))
    agree(probes.cross_entropy, xs=xs, ys=ys, W=weights(draw, 4, 4, low=-900.0, high=900.0), l2=draw.number(0.05, 0.5))
