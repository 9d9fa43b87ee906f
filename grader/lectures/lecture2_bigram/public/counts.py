"""Lecture 2, public checks of counts.py: the table of counts, names drawn from it, its loss."""

from string import ascii_lowercase

from grader.inside.arrays import array
from grader.inside.probes import lecture2_bigram as probes
from grader.judging.properties import any_of, arrays, indices
from grader.judging.suite import exercise
from grader.lectures.lecture2_bigram.public.shared import SEED

TABLE = array([[0.1, 0.2, 0.3, 0.4], [0.5, 0.1, 0.3, 0.1], [0.4, 0.3, 0.1, 0.2], [0.4, 0.2, 0.3, 0.1]])
UNBALANCED = array([[0, 3, 1], [5, 0, 0], [2, 7, 4]], "int64")
TALL = array([[4, 1, 0], [2, 2, 5], [0, 0, 0], [1, 0, 6], [3, 8, 1]], "int64")


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
    agree(probes.table_of_counts, words=["emma"], letters="aemz")  # a character that comes nowhere has its place


@exercise("count-bigrams", points=1)
def test_counts_of_many_names(agree):
    """The table of the first two hundred names of the list is right, and no count is too large."""
    agree(probes.table_of_names, first=200)
    agree(probes.table_of_counts, words=["a"] * 300, letters=ascii_lowercase)  # more than a byte holds


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
