"""Lecture 5, hidden checks of the other files: fresh tensors, nets and rows."""

from grader.inside.arrays import array
from grader.inside.probes import lecture5_backprop as probes
from grader.judging.suite import exercise
from grader.lectures.lecture5_backprop.public.shared import net, rows
from grader.lectures.lecture5_backprop.shared import of_hprebn

SIZES = {"n": 5, "V": 6, "H": 4, "T": 2, "E": 3}


@exercise("compare", points=1)
def test_comparison_of_fresh_tensors(agree, draw):
    """The three answers are right for other tensors."""
    numbers = draw.numbers(4, -3, 3)
    for change in (0.0, 1e-9, 1e-4, -0.25):
        agree(probes.comparison, dt=array(numbers), t=array([*numbers[:3], numbers[3] + change]))
    agree(probes.comparison, dt=draw.array(3, low=0.5), t=draw.array(1, 3, low=0.5))


@exercise("forward-pieces", points=2)
def test_pieces_of_another_forward_pass(agree, draw):
    """Every intermediate is right for another net."""
    agree(probes.forward_values, parameters=net(draw, **SIZES), **rows(draw, **SIZES))


@exercise("fused-cross-entropy", points=2)
def test_cross_entropy_of_fresh_logits(agree, draw):
    """The gradient at the logits is right for other logits and targets."""
    agree(probes.cross_entropy_gradient, logits=draw.array(6, 5), Yb=draw.integers(6, low=0, high=5))


@exercise("fused-batchnorm", points=2)
def test_batch_norm_of_fresh_numbers(agree, draw):
    """The gradient in front of batch norm is right for other numbers."""
    steps = of_hprebn(draw.array(4, 3))
    agree(
        probes.batchnorm_gradient,
        dhpreact=draw.array(4, 3), bnraw=steps["bnraw"], bnvar_inv=steps["bnvar_inv"], bngain=draw.array(1, 3),
    )  # fmt: skip


@exercise("backward-by-hand", points=3)
def test_all_gradients_of_another_net(agree, draw):
    """The loss and all gradients are right for another net."""
    agree(probes.gradients_by_hand, parameters=net(draw, **SIZES), **rows(draw, **SIZES))


@exercise("train-by-hand", points=2)
def test_training_of_another_net_by_hand(agree, draw):
    """Another net trains as stated."""
    parameters, some = net(draw, **SIZES), rows(draw, **(SIZES | {"n": 11}))
    agree(
        probes.losses_by_hand,
        parameters=parameters, Xtr=some["Xb"], Ytr=some["Yb"], steps=8, batch_size=5,
        rates=[draw.number(0.05, 0.2), 0.01], seed=draw.randrange(10**6),
    )  # fmt: skip


@exercise("calibrate-batchnorm", points=1)
def test_statistics_of_another_split(agree, draw):
    """The statistics are right for another net and other rows."""
    agree(probes.calibrated_statistics, parameters=net(draw, **SIZES), Xtr=rows(draw, **SIZES)["Xb"])


@exercise("calibrated-loss", points=1)
def test_loss_of_other_rows(agree, draw):
    """The loss is right for another net, one row and several."""
    parameters, some = net(draw, **SIZES), rows(draw, **SIZES)
    statistics = {"bnmean": draw.array(1, 4), "bnvar": draw.array(1, 4, low=0.0003, high=2.0)}
    agree(probes.loss_of_rows, parameters=parameters, X=some["Xb"], Y=some["Yb"], **statistics)
