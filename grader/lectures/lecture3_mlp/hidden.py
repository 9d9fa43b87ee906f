"""Lecture 3, hidden checks: the same laws on fresh inputs, and what only larger cases show."""

from grader.inside.arrays import array
from grader.inside.probes import lecture3_mlp as probes
from grader.judging.properties import any_of, arrays, indices, numbers, shape
from grader.judging.suite import exercise


def seed(draw):
    """A seed for a torch.Generator or a random.Random."""
    return draw.randrange(1, 10**6)


# ---- dataset.py


@exercise("context-dataset", points=2)
def test_rows_of_fresh_names(agree, draw):
    """The rows of other names are right for several lengths of the context."""
    for block_size in (3, 4, 1):
        agree(probes.context_rows, words=draw.words(5), block_size=block_size)


@exercise("context-dataset", points=2)
def test_rows_of_short_and_long_names(agree, draw):
    """Names shorter and longer than the context give their rows too, and so does a name that comes twice."""
    long, short = draw.words(1, shortest=9, longest=12)[0], draw.choice("abcde")
    agree(probes.context_rows, words=[short, long, short], block_size=6)


@exercise("split-dataset", points=2)
def test_split_of_fresh_names(agree, draw):
    """Other names are split right by another generator, whatever their number is."""
    for count in (37, 50, 11):
        agree(probes.split_parts, words=draw.words(count), seed=seed(draw))


# ---- mlp.py: each step alone


@exercise("mlp-init", points=2)
def test_parameters_of_fresh_sizes(agree, draw):
    """The parameters are right for other sizes and another generator."""
    agree(probes.fresh_parameters, sizes=[11, 4, 3, 17], seed=seed(draw))
    agree(probes.fresh_parameters, sizes=[27, 8, 5, 33], seed=seed(draw))


@exercise("embed", points=1)
def test_embedding_of_fresh_contexts(agree, for_all, draw):
    """The embeddings are right for another table."""
    agree(probes.embedded_rows, C=draw.array(5, 3), X=draw.integers(6, 2, low=0, high=4))
    agree(probes.embedding_gradient, C=draw.array(5, 3), X=draw.integers(6, 2, low=0, high=5))
    for_all(probes.embedded_rows, arrays(C=numbers("V d"), X=indices("n b", below="V")))


@exercise("mlp-forward", points=4)
def test_logits_of_fresh_nets(agree, for_all, draw):
    """The logits and gradients are right for other weights, other sizes and other contexts."""
    for sizes, rows in (([7, 3, 4, 5], 6), ([9, 5, 2, 4], 3), ([8, 2, 5, 3], 4)):
        X = draw.integers(rows, sizes[1], low=0, high=sizes[0])
        agree(probes.net_logits, sizes=sizes, seed=seed(draw), X=X)
        agree(probes.net_gradients, sizes=sizes, seed=seed(draw), X=X)
    for_all(
        probes.net_logits,
        arrays(sizes=shape("V b d h"), seed=any_of(1, 2, 3, 4), X=indices("n b", below="V")),
    )


@exercise("mlp-loss", points=2)
def test_loss_of_fresh_logits(agree, for_all, draw):
    """The loss of other logits is right, and so are their gradients."""
    for rows, classes in ((6, 4), (3, 7)):
        agree(probes.loss_of_logits, logits=draw.array(rows, classes), Y=draw.integers(rows, low=0, high=classes))
    for_all(probes.loss_of_logits, arrays(logits=numbers("n C"), Y=indices("n", below="C")))


@exercise("mlp-loss", points=1)
def test_loss_of_fresh_large_logits(agree, draw):
    """Other large logits do not overflow in float32."""
    for target in (0, 1):
        large, small = draw.randrange(190, 600) / 2, draw.randrange(-18, 9) / 2
        logits = array([[small, 8.5, large], [-large, small, 4.5]], "float32")
        agree(probes.loss_in_float32, logits=logits, Y=array([1 - target, target], "int64"))


@exercise("minibatch", points=2)
def test_minibatches_of_other_sizes(agree, draw):
    """Minibatches are right for other numbers of rows and columns."""
    agree(probes.drawn_minibatches, rows=draw.randrange(30, 60), columns=4, batch_size=9, seed=seed(draw))
    agree(probes.drawn_minibatches, rows=5, columns=3, batch_size=60, seed=seed(draw))


@exercise("sgd-step", points=1)
def test_step_of_fresh_parameters(agree, draw):
    """A step is right for other parameters, gradients and rates."""
    shapes = ((4, 3), (5,), (3, 2))
    agree(
        probes.stepped_parameters,
        data=[draw.array(*shape) for shape in shapes],
        grads=[draw.array(*shape) for shape in shapes],
        lr=draw.number(0.01, 0.3),
    )


# ---- mlp.py: training, evaluation, names


@exercise("train-mlp-lm", points=2)
def test_training_on_fresh_names(agree, draw):
    """Thirty steps on other names give the expected losses."""
    agree(
        probes.training_losses,
        sizes=[27, 2, 4, 15], seed=seed(draw), words=draw.words(9), steps=30, batch_size=7,
        schedule=[draw.number(0.05, 0.2), draw.randrange(10, 25), draw.number(0.001, 0.04)],
    )  # fmt: skip


@exercise("evaluate", points=1)
def test_loss_on_fresh_names(agree, draw):
    """The loss over all rows of other names is right."""
    agree(probes.loss_of_all_rows, sizes=[27, 4, 3, 12], seed=seed(draw), words=draw.words(30))


@exercise("sample-mlp", points=2)
def test_names_from_fresh_draws(agree, draw):
    """Other draws give other names, each from its own context."""
    script = [n for _ in range(4) for n in [*draw.choices(range(1, 9), k=draw.randrange(1, 7)), 0]]
    agree(probes.scripted_names, sizes=[9, 4, 3, 5], seed=seed(draw), script=script)


@exercise("sample-mlp", points=1)
def test_names_from_a_fresh_generator(agree, draw):
    """Another generator gives the expected names."""
    agree(probes.drawn_names, sizes=[7, 3, 2, 11], seed=seed(draw), count=6)


# ---- learning_rate.py


@exercise("candidate-rates", points=1)
def test_rates_between_fresh_exponents(agree, draw):
    """The rates are right between other exponents."""
    agree(probes.rates_between, low=draw.number(-5, -3), high=draw.number(-2, 0.5), count=draw.randrange(5, 40))


@exercise("rate-sweep", points=1)
def test_sweep_over_fresh_rates(agree, draw):
    """A sweep is right from another start, over other rates."""
    agree(
        probes.swept_rates,
        sizes=[27, 2, 3, 9], seed=seed(draw), scale=0.5, words=draw.words(8),
        low=draw.number(-4, -3), high=draw.number(-1.5, -0.7), count=12, batch_size=10,
    )  # fmt: skip


@exercise("pick-rate", points=1)
def test_pick_among_fresh_rates(agree, draw):
    """The best block is found among other rates and losses."""
    rates = sorted(draw.numbers(38, 0.001, 1.5))
    losses = [round(4 - i / 10 if i < 23 else i / 11, 3) + draw.number(0, 0.05) for i in range(38)]
    for block in (5, 4, 7):
        agree(probes.picked_rate, rates=rates, losses=losses, block=block)


# ---- exercises.py


@exercise("uniform-start", points=1)
def test_calm_start_of_fresh_sizes(agree, draw):
    """Other nets start without an opinion too."""
    vocab_size = draw.randrange(30, 60)
    sizes = [vocab_size, 4, 5, 70]
    agree(probes.calm_parameters, sizes=sizes, seed=seed(draw))
    X, Y = draw.integers(40, 4, low=0, high=vocab_size), draw.integers(40, low=0, high=vocab_size)
    agree(probes.first_loss, sizes=sizes, seed=seed(draw), X=X, Y=Y)


@exercise("direct-connections", points=1)
def test_direct_connections_of_fresh_nets(agree, draw):
    """The logits and gradients are right for other weights and sizes."""
    for rows in (3, 1):
        given = {"X": draw.integers(rows, 2, low=0, high=6), "W3": draw.array(8, 6)}
        agree(probes.direct_logits, sizes=[6, 2, 4, 5], seed=seed(draw), **given)
        agree(probes.direct_gradients, sizes=[6, 2, 4, 5], seed=seed(draw), **given)
