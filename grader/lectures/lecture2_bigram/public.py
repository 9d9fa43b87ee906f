"""Lecture 2, public checks: the lecture's own examples, and the smallest cases that show a mistake."""

import math

from grader.inside.probes import lecture2_bigram as probes
from grader.inside.tensors import array
from grader.judging.properties import any_of, arrays, indices, numbers, size
from grader.judging.suite import exercise

SEED = 2147483647  # the lecture's
TABLE = array([[0.1, 0.2, 0.3, 0.4], [0.5, 0.1, 0.3, 0.1], [0.4, 0.3, 0.1, 0.2], [0.4, 0.2, 0.3, 0.1]])
WEIGHTS = [[-2.0, 0.5, 1.5], [1.25, -0.5, 0.75], [1.75, 0.25, -1.0]]
LOGITS = array(WEIGHTS, "float32")  # as torch.randn gives them
UNBALANCED = array([[0, 3, 1], [5, 0, 0], [2, 7, 4]], "int64")
TALL = array([[4, 1, 0], [2, 2, 5], [0, 0, 0], [1, 0, 6], [3, 8, 1]], "int64")


# ---- counts.py


@exercise("vocabulary", points=2)
def test_letters_are_numbered_in_alphabetical_order(agree):
    """The letters get their numbers in alphabetical order, however they come in the words."""
    for words in (
        ["emma"],
        ["ba"],
        ["cab"],
        ["zoe"],
        ["lily"],
        ["ron"],
        ["gus"],
        ["kip"],
    ):  # three letters: six orders at most
        agree(probes.tables_of_vocabulary, words=words)


@exercise("vocabulary", points=1)
def test_every_character_has_its_own_number(agree):
    """'.' is 0, every letter has a number of its own from 1, and itos undoes stoi."""
    agree(probes.size_of_vocabulary, words=["emma", "olivia", "ava", "isabella", "sophia"])


@exercise("bigrams", points=3)
def test_bigrams_of_emma(agree):
    """'emma' has five bigrams, from the marker to the marker."""
    agree(probes.pairs_of_word, word="emma")
    agree(probes.pairs_of_word, word="a")
    agree(probes.pairs_of_word, word="ab")


@exercise("count-bigrams", points=3)
def test_counts_of_one_word(agree):
    """The row of the table is the character that comes first, the column the one that comes next."""
    agree(probes.table_of_counts, words=["ab"], letters="ab")
    agree(probes.table_of_counts, words=["emma"], letters="aem")


@exercise("count-bigrams", points=1)
def test_counts_of_two_words(agree):
    """Counts of several words add up, and nothing is counted from one word to the next."""
    agree(probes.table_of_counts, words=["ab", "ca"], letters="abc")
    agree(probes.table_of_counts, words=["emma", "ava", "ava"], letters="aemv")


@exercise("count-bigrams", points=1)
def test_counts_of_a_thousand_names(agree):
    """The table of the first thousand names of the list is right."""
    agree(probes.table_of_names, first=1000)


@exercise("bigram-probabilities", points=3)
def test_rows_add_up_to_one(agree):
    """Each count is divided by the total of its own row, and the table of counts stays as it was."""
    agree(probes.table_of_shares, N=UNBALANCED, smoothing=0)


@exercise("bigram-probabilities", points=2)
def test_smoothing(agree):
    """The same number is added to every count before the rows are shared out."""
    agree(probes.table_of_shares, N=UNBALANCED, smoothing=1)
    agree(probes.table_of_shares, N=UNBALANCED, smoothing=2.5)


@exercise("bigram-probabilities", points=1)
def test_rows_of_a_table_that_is_not_square(agree, for_all):
    """A table with more rows than columns works too, and a row without counts becomes uniform."""
    agree(probes.table_of_shares, N=TALL, smoothing=1)
    for_all(probes.table_of_shares, arrays(N=indices("r c", below="most"), smoothing=any_of(1, 2, 0.5)))


@exercise("sample-names", points=3)
def test_path_through_the_table(agree):
    """Each draw is made from the row of the character drawn before, from '.' until '.' comes up again."""
    agree(probes.draws_from_table, P=TABLE, letters="abc", count=2, script=[2, 1, 3, 0, 1, 2, 0])
    agree(probes.draws_from_table, P=TABLE, letters="abc", count=1, script=[0])


@exercise("sample-names", points=2)
def test_names_drawn_by_torch(agree):
    """With a seeded generator the names are those that one draw per character gives."""
    agree(probes.names_from_table, P=TABLE, letters="abc", count=5, seed=SEED)
    agree(probes.names_from_table, P=TABLE, letters="abc", count=4, seed=42)


@exercise("draw", points=3)
def test_draws_by_hand(agree):
    """Each draw takes one float64 number from the generator, and finds where the running total reaches it."""
    agree(probes.draws_by_hand, p=array([0.2, 0.5, 0.3]), times=1, seed=SEED)
    agree(probes.draws_by_hand, p=array([0.1, 0.25, 0.05, 0.4, 0.2]), times=12, seed=SEED)


@exercise("average-nll", points=3)
def test_loss_of_a_table(agree):
    """The loss is the average over all bigrams of minus the natural logarithm of their probability."""
    agree(probes.loss_of_table, P=array([[0.25, 0.75], [0.6, 0.4]]), words=["aa"], letters="a")
    agree(probes.loss_of_table, P=TABLE, words=["ab", "cab", "a"], letters="abc")


@exercise("average-nll", points=1)
def test_loss_of_a_uniform_guess(agree):
    """A uniform guess among 27 characters costs log 27, about 3.2958."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    agree(probes.loss_of_table, P=array([[1 / 27] * 27] * 27), words=["emma", "olivia", "ava"], letters=letters)


@exercise("average-nll", points=1)
def test_loss_of_something_impossible(agree):
    """A bigram of probability 0 makes the loss infinite."""
    agree(probes.loss_of_table, P=array([[0.25, 0.75], [1.0, 0.0]]), words=["a", "aa"], letters="a")


# ---- neural.py


@exercise("bigram-dataset", points=3)
def test_dataset_of_emma(agree):
    """'emma' gives five inputs and five targets, in the order of the word."""
    agree(probes.pairs_of_dataset, words=["emma"], letters="aem")
    agree(probes.pairs_of_dataset, words=["ab", "ca"], letters="abc")


@exercise("one-hot", points=3)
def test_one_hot_rows(agree, for_all):
    """Each row is as long as asked for, holds floats, and has a single one at its place."""
    agree(probes.encoded_rows, xs=array([2, 0], "int64"), classes=4)
    agree(probes.encoded_rows, xs=array([0, 5, 13, 13, 1], "int64"), classes=27)
    for_all(probes.encoded_rows, arrays(xs=indices("n", below="V"), classes=size("V")))


@exercise("net-probabilities", points=3)
def test_probabilities_of_a_small_net(agree, for_all):
    """Each row of the result is the softmax of one row of W."""
    agree(probes.net_output, xs=array([1, 0, 1, 2], "int64"), W=LOGITS)
    agree(probes.net_output, xs=array([2, 0, 1], "int64"), W=LOGITS)
    tall = array([[0.5, -1.0], [1.5, 0.25], [-0.75, 2.0], [0.1, 0.3]], "float32")
    agree(probes.net_output, xs=array([3, 1, 2, 0, 1], "int64"), W=tall)
    for_all(probes.net_output, arrays(xs=indices("n", below="V"), W=numbers("V C", "float32")))


@exercise("net-probabilities", points=1, aside=True)
def test_probabilities_of_large_logits(agree):
    """Logits around 100, of which exp is more than a float32 can hold, and around -110 give ordinary probabilities."""
    large = array([[100.0, 100.5, 99.0], [-110.0, -111.5, -112.0]], "float32")
    agree(probes.output_of_large_logits, xs=array([0, 1], "int64"), W=large)


@exercise("net-probabilities", points=1, aside=True)
def test_precision_of_probabilities(agree):
    """The result has the precision of W, be it float32 or float64."""
    agree(probes.precision_of_output, xs=array([2, 0, 1], "int64"), W=LOGITS)
    agree(probes.precision_of_output, xs=array([2, 0, 1], "int64"), W=array(WEIGHTS))


@exercise("net-loss", points=3)
def test_loss_of_a_small_net(agree):
    """The loss is the average over the examples, plus l2 times the mean of the squared weights."""
    xs, ys = array([0, 1, 1, 2], "int64"), array([2, 0, 2, 1], "int64")
    agree(probes.net_loss, xs=xs, ys=ys, W=LOGITS, l2=0.0)
    agree(probes.net_loss, xs=xs, ys=ys, W=LOGITS, l2=0.1)


@exercise("net-loss", points=2)
def test_gradient_of_the_loss(agree):
    """backward() from the loss brings every weight its gradient."""
    xs, ys = array([0, 1, 1, 2], "int64"), array([2, 0, 2, 1], "int64")
    agree(probes.net_gradient, xs=xs, ys=ys, W=LOGITS, l2=0.1)


@exercise("train-net", points=5)
def test_training(agree):
    """In float64, each loss and the weights at the end are right."""
    xs, ys = array([0, 1, 2, 0, 1, 0, 2, 1], "int64"), array([1, 2, 0, 1, 0, 2, 1, 2], "int64")
    agree(probes.training, xs=xs, ys=ys, W=array(WEIGHTS), steps=1, lr=5.0, l2=0.0)
    agree(probes.training, xs=xs, ys=ys, W=array(WEIGHTS), steps=10, lr=2.0, l2=0.01)


@exercise("sample-net", points=3)
def test_names_from_a_net(agree):
    """Each draw is made from the net's probabilities for the character drawn before."""
    agree(probes.draws_from_net, W=LOGITS, letters="ab", count=2, script=[2, 1, 1, 0, 1, 2, 0])
    agree(probes.names_from_net, W=LOGITS, letters="ab", count=5, seed=SEED)
    agree(probes.names_from_net, W=LOGITS, letters="ab", count=4, seed=42)


# ---- exercises.py


@exercise("trigrams", points=2)
def test_trigrams_of_emma(agree):
    """Two markers stand before the word, and the older of the two characters counts V times as much."""
    agree(probes.pairs_of_trigrams, words=["emma"], letters="aem")
    agree(probes.pairs_of_trigrams, words=["ab", "ca"], letters="abc")


@exercise("trigrams", points=1)
def test_counts_of_trigrams(agree):
    """The table has a row per context and a column per character."""
    agree(probes.table_of_trigrams, words=["emma", "ava", "ava"], letters="aemv")


@exercise("trigrams", points=1)
def test_loss_of_trigrams(agree):
    """The loss is the average over all trigrams of minus the natural logarithm of their probability."""
    rows = [[0.25, 0.45, 0.3], [0.6, 0.15, 0.25], [0.35, 0.1, 0.55]]
    table = array([*rows, *reversed(rows), [0.2, 0.7, 0.1], [0.9, 0.05, 0.05], [0.3, 0.3, 0.4]])
    agree(probes.loss_of_trigrams, P=table, words=["ab", "bab", "a"], letters="ab")


@exercise("split-words", points=2)
def test_split(agree):
    """Four fifths of the words are for training, and every word is in exactly one part, by chance."""
    agree(probes.shares_of_split, words=_made_up_words(200), seed=42)


def _made_up_words(count):
    """All different, in alphabetical order."""
    digits = math.ceil(math.log(count, 5))
    return ["".join("aeiou"[i // 5**place % 5] for place in reversed(range(digits))) for i in range(count)]


@exercise("tune-smoothing", points=2)
def test_tuned_smoothing(agree):
    """The best strength is the one with the smallest loss on words that were not counted."""
    train, dev = ["emma", "ava", "eva", "mae"], ["eve", "ada", "amma"]
    agree(probes.tuned_smoothing, train=train, dev=dev, strengths=[0.05, 0.5, 2, 20])


@exercise("index-rows", points=1)
def test_rows_of_the_weights(agree):
    """Row k of the result is row xs[k] of W, and the gradient finds its way back there."""
    upstream = array([[0.7, -1.3], [2.1, 0.4], [-0.6, 1.7]], "float32")
    W = array([[1.5, -2.5], [0.25, 3.5], [-0.75, 4.5], [2.25, 0.5]], "float32")
    agree(probes.picked_rows, xs=array([2, 0, 2], "int64"), W=W, upstream=upstream)


@exercise("cross-entropy", points=1)
def test_cross_entropy(agree):
    """The loss is that of nll_loss, and it stays right where a probability is too small for a float."""
    agree(probes.cross_entropy, xs=array([0, 1, 1, 2], "int64"), ys=array([2, 0, 2, 1], "int64"), W=LOGITS, l2=0.1)
    extreme = array([[0.0, 1000.0], [3.0, -2.0]], "float32")
    agree(probes.cross_entropy, xs=array([0, 1], "int64"), ys=array([0, 1], "int64"), W=extreme, l2=0.0)
