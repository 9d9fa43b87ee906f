"""Lecture 2, public checks of neural.py: the net that learns the same table."""

from grader.inside.arrays import array
from grader.inside.probes import lecture2_bigram as probes
from grader.judging.properties import arrays, indices, numbers, size
from grader.judging.suite import exercise
from grader.lectures.lecture2_bigram.public.shared import LOGITS, SEED, WEIGHTS


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
