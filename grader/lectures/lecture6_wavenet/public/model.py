"""Lecture 6, public checks of model.py: the nets, their modes, training, and names."""

from grader.inside.arrays import array
from grader.inside.probes import lecture6_wavenet as probes
from grader.judging.fresh_inputs import Draw
from grader.judging.suite import exercise
from grader.lectures.lecture6_wavenet.public.shared import CALM, SEED, TREE, X, Y, numbers

FLAT = [5, 4, 2, 3]
LAYERS = ("embedding-layer", "linear-3d", "batchnorm-3d", "flatten-consecutive", "sequential")


@exercise("prepare-model", points=3)
def test_prepared_model(agree):
    """The last weight is a tenth, each parameter is a leaf that wants a gradient, and the same model comes back."""
    agree(probes.prepared_net, sizes=TREE, numbers=numbers(TREE, "prepare"))


@exercise("build-flat", points=2)
def test_parts_of_the_flat_net(agree):
    """The lecture's sizes give 22,097 numbers in six layers, drawn in the stated order."""
    agree(probes.flat_parts, sizes=[27, 8, 10, 200], seed=SEED)
    agree(probes.flat_parts, sizes=[5, 3, 1, 4], seed=SEED)


@exercise("build-flat", points=1)
def test_logits_of_the_flat_net(agree):
    """The logits of a small flat net are right, whatever its layers are."""
    row = Draw("flat").array(probes.count(probes.flat_shapes(FLAT)), low=-1.5, high=1.5, digits=1)
    agree(probes.flat_logits, sizes=FLAT, numbers=row, X=X)


@exercise("build-wavenet", points=2)
def test_parts_of_the_tree(agree):
    """The lecture's sizes give 76,579 numbers in 14 layers, a level for each halving of the context."""
    agree(probes.tree_parts, sizes=[27, 8, 24, 128], seed=SEED)
    agree(probes.tree_parts, sizes=[5, 2, 3, 4], seed=SEED)
    agree(probes.tree_parts, sizes=[5, 16, 3, 4], seed=SEED)


@exercise("build-wavenet", points=1)
def test_logits_of_the_tree(agree):
    """The logits of a small net are right, whatever its layers are."""
    agree(probes.tree_logits, sizes=TREE, numbers=numbers(TREE, "logits"), X=X)


@exercise("build-wavenet", points=1, needs=LAYERS)
def test_training_out_of_own_layers(agree):
    """With your own layers, the losses of a small net's first ten steps are right."""
    agree(probes.own_losses, sizes=TREE, numbers=numbers(TREE, "losses"), X=X, Y=Y, steps=10, lr=0.1)


@exercise("eval-mode", points=3)
def test_switched_modes(agree):
    """Both switches reach every BatchNorm1d, there and back."""
    agree(probes.switched_modes, sizes=TREE, numbers=numbers(TREE, "modes"))


@exercise("split-loss", points=3)
def test_loss_of_rows(agree):
    """The loss is that of evaluation mode, and nothing about the model changes but its mode."""
    agree(probes.loss_of_rows, sizes=TREE, numbers=numbers(TREE, "split"), X=X, Y=Y)
    many = Draw("many rows")
    agree(
        probes.loss_of_rows,
        sizes=TREE, numbers=numbers(TREE, "split"), X=many.integers(70, 4, low=0, high=5),
        Y=many.integers(70, low=0, high=5),
    )  # fmt: skip
    one, its = array([[3, 1, 4, 2]], "int64"), array([2], "int64")
    agree(probes.loss_of_rows, sizes=TREE, numbers=numbers(TREE, "split"), X=one, Y=its)


@exercise("train-wavenet", points=2)
def test_first_steps(agree):
    """The losses of the first steps, the parameters, the buffers and the mode are right."""
    given = {"sizes": TREE, "numbers": numbers(TREE, "steps"), "X": X, "Y": Y, "batch_size": 4, "seed": SEED}
    agree(probes.training_losses, **given, steps=1, schedule=[0.1, 9, 0.01])
    agree(probes.training_losses, **given, steps=4, schedule=[0.1, 2, 0.01])


@exercise("train-wavenet", points=2)
def test_a_hundred_steps(agree):
    """A hundred steps of training, the learning rate lower after the first sixty, go as stated."""
    agree(
        probes.training_losses,
        sizes=TREE, numbers=numbers(TREE, "hundred"), X=X, Y=Y, steps=100, batch_size=5, schedule=[0.1, 60, 0.01],
        seed=SEED,
    )  # fmt: skip


@exercise("smooth-losses", points=3)
def test_means_of_groups(agree):
    """Losses are averaged in groups of steps that follow one another; a rest that fills no group is left out."""
    agree(probes.smoothed_losses, losses=[4.0, 2.0, 3.0, 1.0, 2.0, 0.0, 9.0], block=2)
    agree(probes.smoothed_losses, losses=[float(i * i) for i in range(12)], block=4)
    agree(probes.smoothed_losses, losses=[3.0 - 0.001 * i for i in range(1005)], block=100)


@exercise("sample-wavenet", points=3)
def test_names_from_given_draws(agree):
    """Each draw is made from the probabilities of one context alone, in evaluation mode, until '.' is drawn."""
    agree(probes.scripted_names, sizes=TREE, numbers=numbers(TREE, "script"), script=[3, 1, 4, 2, 2, 1, 0, 0, 1, 3, 0])


@exercise("sample-wavenet", points=1)
def test_names_from_a_generator(agree):
    """The names come from the generator that is handed in, one number per draw."""
    agree(probes.drawn_names, sizes=TREE, numbers=numbers(TREE, "names", CALM), count=8, seed=SEED)
