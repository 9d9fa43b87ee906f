"""Lecture 5, public checks of fused.py and training.py: two formulas, all gradients, and a net that trains."""

from grader.inside.arrays import array
from grader.inside.probes import lecture5_backprop as probes
from grader.judging.fresh_inputs import Draw
from grader.judging.properties import arrays, indices, numbers
from grader.judging.suite import exercise
from grader.lectures.lecture5_backprop.public.given import given
from grader.lectures.lecture5_backprop.public.shared import SMALL, STATED, STATED_ROWS, rows, small_net, small_rows


@exercise("fused-cross-entropy", points=3)
def test_cross_entropy_in_one_formula(agree, for_all):
    """The gradient at the logits is right, of one row and of several."""
    agree(probes.cross_entropy_gradient, logits=array([[0.0] * 4] * 2), Yb=array([2, 0], "int64"))
    agree(
        probes.cross_entropy_gradient,
        logits=array([[0.5, 2.0, -1.0], [3.0, 0.25, -2.0], [1.5, 1.0, 0.75]]), Yb=array([0, 2, 1], "int64"),
    )  # fmt: skip
    for_all(probes.cross_entropy_gradient, arrays(logits=numbers("n v"), Yb=indices("n", below="v")))


@exercise("fused-cross-entropy", points=1, aside=True)
def test_cross_entropy_of_large_logits(agree):
    """Logits of a thousand give a gradient, and not nan."""
    agree(
        probes.cross_entropy_gradient,
        logits=array([[1000.0, 999.0, 0.5], [-1000.0, 2.0, 1.5], [0.25, -0.5, 1.0]]), Yb=array([1, 0, 2], "int64"),
    )  # fmt: skip


def behind(name, **more):
    """What batchnorm_backward is handed, for numbers in front of batch norm."""
    steps = given(name)
    return {"bnraw": steps["bnraw"], "bnvar_inv": steps["bnvar_inv"], **more}


@exercise("fused-batchnorm", points=4)
def test_batch_norm_in_one_formula(agree):
    """The gradient in front of batch norm is right, for one unit and for several."""
    agree(
        probes.batchnorm_gradient,
        **behind("a column in front of batch norm"), bngain=array([[2.0]]), dhpreact=array([[3.0], [0.5], [-1.0]]),
    )  # fmt: skip
    draw = Draw("batch norm in one formula")
    draw.array(5, 4)  # which is in front of it there
    agree(
        probes.batchnorm_gradient,
        **behind("batch norm in one formula"), bngain=draw.array(1, 4), dhpreact=draw.array(5, 4),
    )  # fmt: skip


@exercise("backward-by-hand", points=5)
def test_all_gradients_of_a_net(agree):
    """The loss and the gradients of all seven parameters are right."""
    agree(probes.gradients_by_hand, parameters=STATED, **STATED_ROWS)
    agree(probes.gradients_by_hand, parameters=small_net("backward"), **small_rows("backward"))


TEN_STEPS = {"steps": 10, "batch_size": 4, "rates": [0.1, 0.01], "seed": 2147483647}


@exercise("train-by-hand", points=4)
def test_training_by_hand(agree):
    """The losses of a short training and the parameters after it are those of gradient descent on minibatches."""
    agree(
        probes.losses_by_hand,
        parameters=STATED, Xtr=STATED_ROWS["Xb"], Ytr=STATED_ROWS["Yb"],
        **(TEN_STEPS | {"steps": 3, "rates": [0.1, 0.1]}),
    )  # fmt: skip
    all_rows = rows(Draw("rows to train on"), **(SMALL | {"n": 9}))
    agree(
        probes.losses_by_hand,
        parameters=small_net("training"), Xtr=all_rows["Xb"], Ytr=all_rows["Yb"], **TEN_STEPS,
    )  # fmt: skip


@exercise("calibrate-batchnorm", points=2)
def test_statistics_of_the_training_split(agree):
    """Mean and variance are those of hprebn over all rows, b1 included."""
    agree(probes.calibrated_statistics, parameters=STATED, Xtr=STATED_ROWS["Xb"])
    agree(probes.calibrated_statistics, parameters=small_net("calibration"), Xtr=small_rows("calibration")["Xb"])


@exercise("calibrated-loss", points=2)
def test_loss_with_calibrated_statistics(agree):
    """A row's share in the loss hangs on the statistics that are handed in, and not on the rows beside it."""
    agree(
        probes.loss_of_rows,
        parameters=STATED, X=array([[1]], "int64"), Y=array([0], "int64"),
        bnmean=array([[3.0, -0.5]]), bnvar=array([[7.0, 1.75]]),
    )  # fmt: skip
    some = small_rows("loss")
    agree(
        probes.loss_of_rows,
        parameters=small_net("loss"), X=some["Xb"], Y=some["Yb"],
        bnmean=array([[0.5, -1.5, 0.25]]), bnvar=array([[2.0, 0.00004, 3.0]]),
    )  # fmt: skip
