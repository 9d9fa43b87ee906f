"""Lecture 3, public checks of mlp.py: each step alone, then training, evaluation and names."""

from grader.inside.arrays import array
from grader.inside.probes import lecture3_mlp as probes
from grader.judging.properties import any_of, arrays, indices, numbers, shape
from grader.judging.suite import exercise
from grader.lectures.lecture3_mlp.public.shared import FIVE, NAMES, SEED, whole

# ---- mlp.py: each step alone


@exercise("mlp-init", points=2)
def test_parameters_of_the_first_net(agree):
    """The lecture's first net: five tensors of the right shapes, drawn in the right order, that collect gradients."""
    agree(probes.fresh_parameters, sizes=[27, 3, 2, 100], seed=SEED)


@exercise("mlp-init", points=1)
def test_parameters_of_the_final_net(agree):
    """The lecture's final net, and a small one with a context of four."""
    agree(probes.fresh_parameters, sizes=[27, 3, 10, 200], seed=SEED)
    agree(probes.fresh_parameters, sizes=[5, 4, 3, 7], seed=SEED)


@exercise("embed", points=1)
def test_embedding_of_two_contexts(agree, for_all):
    """Every index is replaced by its row of the table."""
    agree(
        probes.embedded_rows,
        C=array([[0.5, -1.5], [2.25, 0.25], [-3.5, 4.0]]), X=whole([[0, 0, 2], [0, 2, 1], [2, 1, 1], [1, 1, 0]]),
    )  # fmt: skip
    agree(probes.embedded_rows, C=array([[0.5, -1.5], [2.25, 0.25], [-3.5, 4.0]]), X=whole([[0, 0, 0], [0, 0, 1]]))
    for_all(probes.embedded_rows, arrays(C=numbers("V d"), X=indices("n b", below="V")))


@exercise("embed", points=1)
def test_gradient_of_the_table(agree):
    """Gradients arrive at the rows of the table that were looked up."""
    agree(
        probes.embedding_gradient,
        C=array([[0.5, -1.5], [2.25, 0.25], [-3.5, 4.0]]), X=whole([[0, 0, 2], [0, 2, 2]]),
    )  # fmt: skip


@exercise("mlp-forward", points=3)
def test_logits_of_four_contexts(agree):
    """The logits of four contexts are right, each row by itself."""
    agree(probes.net_logits, sizes=[7, 3, 2, 5], seed=3, X=whole([[0, 0, 0], [0, 0, 5], [0, 5, 6], [5, 6, 1]]))


@exercise("mlp-forward", points=2)
def test_logits_for_other_sizes(agree, for_all):
    """Other sizes, as many rows as units, and a single row are right."""
    agree(probes.net_logits, sizes=[6, 4, 5, 7], seed=4, X=whole([[0, 0, 0, 2], [0, 5, 1, 1], [3, 4, 5, 2]]))
    agree(probes.net_logits, sizes=[5, 2, 3, 4], seed=5, X=whole([[0, 0], [0, 4], [4, 2], [1, 3]]))
    agree(probes.net_logits, sizes=[5, 2, 3, 4], seed=6, X=whole([[0, 0], [0, 3], [3, 2], [2, 4], [1, 3]]))
    agree(probes.net_logits, sizes=[6, 3, 2, 5], seed=7, X=whole([[0, 4, 1]]))
    for_all(
        probes.net_logits,
        arrays(sizes=shape("V b d h"), seed=any_of(1, 2, 3, 4), X=indices("n b", below="V")),
    )


@exercise("mlp-forward", points=1)
def test_logits_of_the_lectures_sizes(agree):
    """The logits of the lecture's first net are right."""
    agree(probes.net_logits, sizes=[27, 3, 2, 100], seed=SEED, X=whole([[0, 0, 0], [0, 0, 5], [0, 5, 13], [5, 13, 13]]))


@exercise("mlp-forward", points=1)
def test_gradients_of_the_net(agree):
    """Gradients arrive at all five parameters."""
    agree(probes.net_gradients, sizes=[7, 3, 2, 5], seed=3, X=whole([[0, 0, 0], [0, 0, 5], [0, 5, 6], [5, 6, 1]]))


@exercise("mlp-loss", points=3)
def test_loss_of_two_rows(agree, for_all):
    """The loss is the mean, over the rows, of minus the logarithm of the probability at the target."""
    agree(probes.loss_of_logits, logits=array([[0.0, 3.0, -2.0, 1.0], [1.0, 1.0, 1.0, 1.0]]), Y=whole([3, 0]))
    agree(
        probes.loss_of_logits,
        logits=array([[0.25, 1.5, -0.75, 2.0, 0.5], [3.0, -1.25, 0.75, 0.125, 1.75], [0.5, 0.25, 2.5, -2.0, 1.25]]),
        Y=whole([1, 4, 2]),
    )  # fmt: skip
    for_all(probes.loss_of_logits, arrays(logits=numbers("n C"), Y=indices("n", below="C")))


@exercise("mlp-loss", points=1)
def test_loss_of_sure_and_right_logits(agree):
    """A net that is sure, and right, has a loss of nearly 0."""
    agree(probes.loss_of_logits, logits=array([[9.0, 0.0, 0.0, 0.0], [0.0, 0.0, 12.0, 0.0]]), Y=whole([0, 2]))


@exercise("mlp-loss", points=2)
def test_loss_of_large_logits(agree):
    """The lecture's logits -5, -3, 0 and 100 have a loss in float32, whichever of them is the target."""
    for target in (3, 2, 0):
        agree(probes.loss_in_float32, logits=array([[-5.0, -3.0, 0.0, 100.0]], "float32"), Y=whole([target]))
    agree(probes.loss_in_float32, logits=array([[-120.0, -130.0], [95.0, 4.0]], "float32"), Y=whole([1, 0]))


@exercise("minibatch", points=2)
def test_rows_and_their_targets(agree):
    """Rows of the minibatch come with their own targets, and differ from call to call."""
    agree(probes.drawn_minibatches, rows=20, columns=3, batch_size=4, seed=SEED)


@exercise("minibatch", points=1)
def test_more_draws_than_rows(agree):
    """Every row can be drawn, and no other; a row may come twice."""
    agree(probes.drawn_minibatches, rows=7, columns=5, batch_size=40, seed=SEED)


@exercise("sgd-step", points=3)
def test_step_of_three_parameters(agree):
    """A step moves every tensor itself, against its gradient."""
    agree(
        probes.stepped_parameters,
        data=[array([[2.0, -1.0], [0.5, 3.0], [-0.25, 1.5]]), array([0.25, -1.75, 4.0, 0.75]), array([[1.25], [-2.5]])],
        grads=[array([[0.5, 3.0], [-1.5, 2.5], [2.0, -0.75]]), array([1.5, -0.5, 0.125, 2.25]), array([[-3.5], [0.5]])],
        lr=0.1,
    )  # fmt: skip


# ---- mlp.py: training, evaluation, names


@exercise("train-mlp-lm", points=3)
def test_training_on_the_lectures_rows(agree):
    """Ten steps on the rows of the lecture's five names give the expected losses, step by step."""
    agree(
        probes.training_losses,
        sizes=[27, 3, 2, 100], seed=1, words=FIVE, steps=10, batch_size=32, schedule=[0.1, 1000, 0.01],
    )  # fmt: skip


@exercise("train-mlp-lm", points=3)
def test_training_with_a_falling_rate(agree):
    """Each step uses the rate of its own number, counted from 0, and a minibatch of its own."""
    agree(
        probes.training_losses,
        sizes=[27, 4, 3, 6], seed=2, words=FIVE, steps=9, batch_size=5, schedule=[0.1, 4, 0.01],
    )  # fmt: skip


@exercise("evaluate", points=2)
def test_loss_of_the_lectures_rows(agree):
    """The loss over all 32 rows of five names is right."""
    agree(probes.loss_of_all_rows, sizes=[27, 3, 2, 100], seed=1, words=FIVE)


@exercise("evaluate", points=1)
def test_loss_of_more_rows(agree):
    """All rows count, however many there are."""
    agree(probes.loss_of_all_rows, sizes=[27, 3, 2, 10], seed=2, words=NAMES)


@exercise("sample-mlp", points=3)
def test_names_from_given_draws(agree):
    """Every draw is made for the context of the last three symbols; a name ends where '.' is drawn."""
    agree(probes.scripted_names, sizes=[27, 3, 2, 8], seed=1, script=[5, 13, 13, 1, 0, 0, 15, 12, 0])


@exercise("sample-mlp", points=3)
def test_names_from_a_generator(agree):
    """The names that come out of the generator are the expected ones, and it was asked once per symbol."""
    agree(probes.drawn_names, sizes=[6, 2, 3, 7], seed=1, count=5)
    agree(probes.drawn_names, sizes=[27, 3, 2, 8], seed=2, count=3)
