"""Lecture 3, public checks: the lecture's own numbers, and the smallest cases that show a mistake."""

from grader.inside.probes import lecture3_mlp as probes
from grader.inside.tensors import array
from grader.judging.properties import any_of, arrays, indices, numbers, shape
from grader.judging.suite import exercise

FIVE = ["emma", "olivia", "ava", "isabella", "sophia"]
NAMES = [
    "emma", "olivia", "ava", "isabella", "sophia", "charlotte", "mia", "amelia", "harper", "evelyn", "abigail",
    "emily", "elizabeth", "mila", "ella", "avery", "sofia", "camila", "aria", "scarlett", "victoria", "madison", "luna",
]  # fmt: skip
SEED = 2147483647  # the lecture's


def whole(nested):
    """Nested lists of whole numbers as an Array."""
    return array(nested, "int64")


# ---- dataset.py


@exercise("context-dataset", points=3)
def test_rows_of_emma(agree):
    """'emma' gives the five rows of the lecture."""
    agree(probes.context_rows, words=["emma"], block_size=3)


@exercise("context-dataset", points=3)
def test_rows_of_five_names(agree):
    """Five names give 32 rows; every name starts afresh and ends with '.', whatever the length of the context."""
    agree(probes.context_rows, words=FIVE, block_size=3)
    agree(probes.context_rows, words=["ava", "mia"], block_size=5)
    agree(probes.context_rows, words=["olivia", "bo"], block_size=2)


@exercise("context-dataset", points=1)
def test_rows_of_a_thousand_names(agree):
    """The first thousand names of the list give all their rows."""
    agree(probes.rows_of_names, first=1000, block_size=3)


@exercise("split-dataset", points=2)
def test_split_of_ten_names(agree):
    """Ten names, shuffled, are cut 8, 1 and 1; the list stays as it is."""
    agree(probes.split_parts, words=NAMES[:10], seed=42)


@exercise("split-dataset", points=2)
def test_split_of_23_names(agree):
    """Each of 23 names is in just one of the parts; the cuts are rounded down."""
    agree(probes.split_parts, words=NAMES, seed=42)


@exercise("split-dataset", points=1)
def test_split_of_all_names(agree):
    """The whole list is cut at the right places."""
    agree(probes.split_names, seed=42)


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


# ---- learning_rate.py


@exercise("candidate-rates", points=2)
def test_rates_on_a_log_scale(agree):
    """From 0.001 to 1 in four rates, each is ten times the one before; a thousand rates are spaced alike."""
    agree(probes.rates_between, low=-3, high=0, count=4)
    agree(probes.rates_between, low=-3, high=0, count=1000)
    agree(probes.rates_between, low=-2.5, high=-0.5, count=7)


@exercise("rate-sweep", points=3)
def test_sweep_over_eight_rates(agree):
    """Each loss is beside its own rate; a second sweep starts empty."""
    agree(
        probes.swept_rates,
        sizes=[27, 3, 2, 20], seed=1, scale=0.5, words=FIVE, low=-3, high=-0.5, count=8, batch_size=16,
    )  # fmt: skip


@exercise("pick-rate", points=1)
def test_pick_by_blocks_of_three(agree):
    """The best of two blocks of three losses is found; what is left over does not count."""
    rates = [0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128]
    agree(probes.picked_rate, rates=rates, losses=[5.0, 5.0, 4.5, 4.0, 3.5, 2.0, 3.0, 3.0], block=3)


@exercise("pick-rate", points=1)
def test_pick_is_not_misled_by_one_loss(agree):
    """One lucky minibatch does not decide, in a block of four, three or fifty; an unlucky one counts."""
    rates = [round(0.001 * 1.25**i, 6) for i in range(16)]
    losses = [5.0, 4.8, 1.0, 5.2, 4.0, 3.9, 4.1, 4.2, 3.0, 3.2, 3.1, 2.9, 6.0, 8.0, 9.0, 2.5]
    agree(probes.picked_rate, rates=rates, losses=losses, block=4)
    agree(probes.picked_rate, rates=rates[:6], losses=[1.0, 1.25, 9.0, 3.0, 3.25, 2.5], block=3)
    many = [round(0.001 * 1.02**i, 6) for i in range(160)]
    agree(probes.picked_rate, rates=many, losses=[3.0 + (i - 70) ** 2 / 1000 for i in range(160)], block=None)


# ---- weights.safetensors


@exercise("beat-the-lecture", points=1)
def test_weights_have_learnt_something(at_most):
    """The weights do better on the dev split than a table of bigram counts, 2.45."""
    at_most(probes.loss_on_held_out_names, 2.45)


@exercise("beat-the-lecture", points=1)
def test_weights_reach_2_30(at_most):
    """The loss on the dev split is at most 2.30."""
    at_most(probes.loss_on_held_out_names, 2.30)


@exercise("beat-the-lecture", points=2)
def test_weights_reach_what_the_exercise_asks(at_most):
    """The loss on the dev split is at most 2.20, which the lecture's exercise asks for."""
    at_most(probes.loss_on_held_out_names, 2.20)


@exercise("beat-the-lecture", points=2)
def test_weights_reach_the_lecture(at_most):
    """The loss on the dev split is at most 2.17, where the lecture itself ends."""
    at_most(probes.loss_on_held_out_names, 2.17)


@exercise("beat-the-lecture", points=1)
def test_weights_go_beyond_the_lecture(at_most):
    """The loss on the dev split is at most 2.10: better than the lecture."""
    at_most(probes.loss_on_held_out_names, 2.10)


@exercise("beat-the-lecture", points=1)
def test_weights_go_far_beyond_the_lecture(at_most):
    """The loss on the dev split is at most 2.05: far better than the lecture."""
    at_most(probes.loss_on_held_out_names, 2.05)


# ---- exercises.py


@exercise("uniform-start", points=1)
def test_uniform_loss(agree):
    """The loss of 27 equal probabilities is right, and so are those of 5 and of 80."""
    agree(probes.loss_without_opinion, vocab_size=27)
    agree(probes.loss_without_opinion, vocab_size=5)
    agree(probes.loss_without_opinion, vocab_size=80)


@exercise("uniform-start", points=1)
def test_calm_start_of_the_lectures_net(agree):
    """The lecture's net starts with a loss of about 3.3, and all but its last layer is as it was."""
    agree(probes.calm_parameters, sizes=[27, 3, 2, 100], seed=SEED)
    agree(
        probes.first_loss,
        sizes=[27, 3, 2, 100], seed=SEED,
        X=whole([[0, 0, 0], [0, 0, 5], [0, 5, 13], [5, 13, 13]]), Y=whole([5, 13, 13, 1]),
    )  # fmt: skip


@exercise("direct-connections", points=2)
def test_direct_connections(agree):
    """The logits are what comes through the hidden layer and what comes straight; gradients go back both ways."""
    W3 = array([
        [0.5, -1.25, 2.0, 0.75], [1.5, 0.25, -0.5, 3.0], [-2.5, 1.75, 0.125, -0.25],
        [0.625, -3.5, 1.125, 2.25], [-1.5, 0.875, 4.0, -0.75], [2.75, 1.375, -0.375, 0.0625],
    ])  # fmt: skip
    X = whole([[0, 0, 0], [0, 0, 3], [0, 3, 2], [3, 2, 1], [2, 1, 1], [1, 1, 0], [3, 3, 3]])
    agree(probes.direct_logits, sizes=[4, 3, 2, 5], seed=7, X=X, W3=W3)
    agree(probes.direct_logits, sizes=[4, 3, 2, 5], seed=8, X=whole([[0, 3, 1]]), W3=W3)
    agree(probes.direct_gradients, sizes=[4, 3, 2, 5], seed=7, X=X, W3=W3)
