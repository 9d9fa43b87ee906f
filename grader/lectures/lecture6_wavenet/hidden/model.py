"""Lecture 6, hidden checks of model.py: other nets, other rows, other draws."""

from grader.inside.probes import lecture6_wavenet as probes
from grader.judging.suite import exercise
from grader.lectures.lecture6_wavenet.public.model import LAYERS
from grader.lectures.lecture6_wavenet.public.shared import CALM

SIZES = [6, 4, 3, 4]


def another_net(draw, sizes=SIZES, largest=1.5):
    """Sizes and numbers of a net like build_model's."""
    return {"sizes": sizes, "numbers": draw.array(probes.count(probes.tree_shapes(sizes)), low=-largest, high=largest)}


def rows(draw, count, sizes=SIZES):
    """Contexts and targets."""
    vocab_size, block_size, *_ = sizes
    return {
        "X": draw.integers(count, block_size, low=0, high=vocab_size),
        "Y": draw.integers(count, low=0, high=vocab_size),
    }  # fmt: skip


@exercise("prepare-model", points=1)
def test_another_prepared_model(agree, draw):
    """Another model is prepared as stated."""
    agree(probes.prepared_net, **another_net(draw))


@exercise("build-flat", points=2)
def test_another_flat_net(agree, draw):
    """A flat net of another size is built and computes as stated."""
    sizes = [6, 5, 2, 3]
    agree(probes.flat_parts, sizes=sizes, seed=draw.randrange(10**6))
    row = draw.array(probes.count(probes.flat_shapes(sizes)), low=-1.5, high=1.5)
    agree(probes.flat_logits, sizes=sizes, numbers=row, X=draw.integers(4, 5, low=0, high=6))


@exercise("build-wavenet", points=3)
def test_another_tree(agree, draw):
    """A net of another size is built and computes as stated."""
    for block_size in (2, 4, 8, 32):
        agree(probes.tree_parts, sizes=[6, block_size, 3, 2], seed=draw.randrange(10**6))
    sizes = [6, 8, 2, 3]
    agree(probes.tree_logits, **another_net(draw, sizes), X=draw.integers(5, 8, low=0, high=6))


@exercise("build-wavenet", points=1, needs=LAYERS)
def test_training_of_another_tree(agree, draw):
    """With your own layers, a net of another size trains as stated."""
    agree(probes.own_losses, **another_net(draw), **rows(draw, 7), steps=10, lr=draw.number(0.05, 0.2))


@exercise("eval-mode", points=1)
def test_modes_of_another_model(agree, draw):
    """A model of three levels is switched as stated."""
    agree(probes.switched_modes, **another_net(draw, [6, 8, 2, 3]))


@exercise("split-loss", points=1)
def test_loss_of_other_rows(agree, draw):
    """The loss is right for other rows and models."""
    agree(probes.loss_of_rows, **another_net(draw), **rows(draw, 45))
    agree(probes.loss_of_rows, **another_net(draw), **rows(draw, 1))


@exercise("train-wavenet", points=3)
def test_another_training(agree, draw):
    """Another net trains as stated on other rows."""
    given = {**another_net(draw), **rows(draw, 9), "seed": draw.randrange(10**6)}
    agree(probes.training_losses, **given, steps=3, batch_size=5, schedule=[draw.number(0.05, 0.2), 9, 0.01])
    agree(probes.training_losses, **given, steps=12, batch_size=6, schedule=[draw.number(0.05, 0.2), 7, 0.02])


@exercise("smooth-losses", points=1)
def test_means_of_other_groups(agree, draw):
    """Groups of other lengths are averaged as stated."""
    losses = draw.numbers(23, 1.5, 4.0)
    for block in (3, 5, 1, 23, 4):
        agree(probes.smoothed_losses, losses=losses, block=block)


@exercise("sample-wavenet", points=2)
def test_other_names(agree, draw):
    """Names are right for another net, other draws and another seed."""
    letters = [draw.randrange(1, 6) for _ in range(9)]
    agree(probes.scripted_names, **another_net(draw), script=[*letters[:5], 0, *letters[5:], 0, 0])
    agree(probes.drawn_names, **another_net(draw, largest=CALM), count=6, seed=draw.randrange(10**6))
