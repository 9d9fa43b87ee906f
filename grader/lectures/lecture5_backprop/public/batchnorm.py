"""Lecture 5, public checks of pieces.py in batch norm."""

from grader.inside.arrays import array
from grader.inside.probes.lecture5_backprop import GRADIENTS
from grader.judging.properties import arrays, numbers
from grader.judging.suite import exercise
from grader.lectures.lecture5_backprop.public.given import another, given

GAIN = {
    "bngain": array([[2.0, 0.5]]), "bnraw": array([[1.0, -0.5], [-1.0, 0.25]]),
    "dhpreact": array([[3.0, 0.5], [1.0, 4.0]]),
}  # fmt: skip
OF_GAIN = arrays(bngain=numbers("1 h"), bnraw=numbers("n h"), dhpreact=numbers("n h"))
COLUMN = given("a column in front of batch norm")


@exercise("grad-gain-bias", points=1)
def test_gradient_at_bngain(agree, for_all):
    """dbngain: the gain of a unit collects from every example, the more, the larger the number that it multiplies."""
    agree(GRADIENTS["dbngain"], **GAIN)
    agree(GRADIENTS["dbngain"], **another("dbngain"))
    for_all(GRADIENTS["dbngain"], OF_GAIN)


@exercise("grad-gain-bias", points=1)
def test_gradient_at_bnbias(agree, for_all):
    """dbnbias: the bias of a unit collects from every example alike."""
    agree(GRADIENTS["dbnbias"], **GAIN)
    agree(GRADIENTS["dbnbias"], **another("dbnbias"))
    for_all(GRADIENTS["dbnbias"], OF_GAIN)


@exercise("grad-gain-bias", points=1)
def test_gradient_at_bnraw(agree, for_all):
    """dbnraw: each number is moved by its own gain alone."""
    agree(GRADIENTS["dbnraw"], **GAIN)
    agree(GRADIENTS["dbnraw"], **another("dbnraw"))
    for_all(GRADIENTS["dbnraw"], OF_GAIN)


@exercise("grad-variance", points=1)
def test_gradient_at_bnvar_inv(agree, for_all):
    """dbnvar_inv: one number per unit collects from all examples."""
    agree(GRADIENTS["dbnvar_inv"], bndiff=COLUMN["bndiff"], dbnraw=array([[0.5], [4.0], [2.0]]))
    agree(GRADIENTS["dbnvar_inv"], **another("dbnvar_inv"))
    for_all(GRADIENTS["dbnvar_inv"], arrays(bndiff=numbers("n h"), dbnraw=numbers("n h")))


@exercise("grad-variance", points=1)
def test_gradient_at_bnvar(agree):
    """dbnvar: one over the root falls; eps is under the root."""
    agree(GRADIENTS["dbnvar"], bnvar=array([[4.0, 0.25, 0.0002]]), dbnvar_inv=array([[3.0, -1.5, 0.5]]))
    agree(GRADIENTS["dbnvar"], **another("dbnvar"))


@exercise("grad-variance", points=1)
def test_gradient_at_bndiff2(agree, for_all):
    """dbndiff2: every square has the same share in the variance, with the divisor of the forward pass."""
    agree(GRADIENTS["dbndiff2"], bndiff2=COLUMN["bndiff2"], dbnvar=array([[6.0]]))
    agree(GRADIENTS["dbndiff2"], **another("dbndiff2"))
    for_all(GRADIENTS["dbndiff2"], arrays({"n": 2}, bndiff2=numbers("n h"), dbnvar=numbers("1 h")))


@exercise("grad-centring", points=2)
def test_gradient_at_bndiff(agree):
    """dbndiff: the distances from the mean move bnraw in two ways, directly and through their squares."""
    agree(
        GRADIENTS["dbndiff"],
        bndiff=COLUMN["bndiff"], bnvar_inv=COLUMN["bnvar_inv"], dbnraw=array([[1.0], [4.0], [-2.0]]),
        dbndiff2=array([[3.0], [0.5], [-1.5]]),
    )  # fmt: skip
    agree(GRADIENTS["dbndiff"], **another("dbndiff"))


@exercise("grad-centring", points=1)
def test_gradient_at_bnmeani(agree, for_all):
    """dbnmeani: the mean was taken off from every example, and collects from all, with the other sign."""
    agree(GRADIENTS["dbnmeani"], dbndiff=array([[4.0, 0.5], [-1.0, 2.0], [3.0, 1.5]]))
    agree(GRADIENTS["dbnmeani"], **another("dbnmeani"))
    for_all(GRADIENTS["dbnmeani"], arrays(dbndiff=numbers("n h")))


@exercise("grad-centring", points=1)
def test_gradient_at_hprebn(agree, for_all):
    """dhprebn: every example moves itself, and the mean by its share."""
    agree(
        GRADIENTS["dhprebn"],
        hprebn=COLUMN["hprebn"], dbndiff=array([[4.0], [-1.0], [2.5]]), dbnmeani=array([[-6.0]]),
    )  # fmt: skip
    agree(GRADIENTS["dhprebn"], **another("dhprebn"))
    for_all(GRADIENTS["dhprebn"], arrays(hprebn=numbers("n h"), dbndiff=numbers("n h"), dbnmeani=numbers("1 h")))
