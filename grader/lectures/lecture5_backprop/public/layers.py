"""Lecture 5, public checks of pieces.py in both linear layers, in tanh and in the table of letters."""

from grader.inside.arrays import array
from grader.inside.probes.lecture5_backprop import GRADIENTS
from grader.judging.properties import arrays, indices, numbers
from grader.judging.suite import exercise
from grader.lectures.lecture5_backprop.public.given import another, given

OUTPUT = {
    "h": array([[0.5, -0.5], [1.0, 2.0]]), "W2": array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]),
    "dlogits": array([[1.0, 0.0, -1.0], [2.0, 1.0, 0.0]]),
}  # fmt: skip
HIDDEN = {
    "embcat": array([[1.0, -1.0, 2.0], [0.5, 3.0, 1.0]]), "W1": array([[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]),
    "dhprebn": array([[1.0, -1.0], [2.0, 0.0]]),
}  # fmt: skip
OF_OUTPUT = arrays(h=numbers("n h"), W2=numbers("h v"), dlogits=numbers("n v"))
OF_HIDDEN = arrays(embcat=numbers("n d"), W1=numbers("d h"), dhprebn=numbers("n h"))


@exercise("grad-output-layer", points=1)
def test_gradient_at_h(agree, for_all):
    """dh: every hidden unit collects from all logits, through its own weights."""
    agree(GRADIENTS["dh"], **OUTPUT)
    agree(GRADIENTS["dh"], **another("dh"))
    for_all(GRADIENTS["dh"], OF_OUTPUT)


@exercise("grad-output-layer", points=1)
def test_gradient_at_W2(agree, for_all):
    """dW2: a weight collects from all examples."""
    agree(GRADIENTS["dW2"], **OUTPUT)
    agree(GRADIENTS["dW2"], **another("dW2"))
    for_all(GRADIENTS["dW2"], OF_OUTPUT)


@exercise("grad-output-layer", points=1)
def test_gradient_at_b2(agree, for_all):
    """db2: a bias was added to every row, and collects from every row."""
    agree(GRADIENTS["db2"], **OUTPUT)
    agree(GRADIENTS["db2"], **another("db2"))
    for_all(GRADIENTS["db2"], OF_OUTPUT)


@exercise("grad-tanh", points=1)
def test_gradient_at_hpreact(agree):
    """dhpreact: tanh is steep in the middle and flat at both ends, and never falls."""
    agree(GRADIENTS["dhpreact"], **given("wide"), dh=array([[1.0, 5.0], [-2.0, 0.5]]))
    agree(GRADIENTS["dhpreact"], **another("dhpreact"))


@exercise("grad-hidden-layer", points=1)
def test_gradient_at_embcat(agree, for_all):
    """dembcat: the first layer is a linear layer as the second is."""
    agree(GRADIENTS["dembcat"], **HIDDEN)
    agree(GRADIENTS["dembcat"], **another("dembcat"))
    for_all(GRADIENTS["dembcat"], OF_HIDDEN)


@exercise("grad-hidden-layer", points=1)
def test_gradient_at_W1(agree, for_all):
    """dW1: a weight collects from all examples."""
    agree(GRADIENTS["dW1"], **HIDDEN)
    agree(GRADIENTS["dW1"], **another("dW1"))
    for_all(GRADIENTS["dW1"], OF_HIDDEN)


@exercise("grad-hidden-layer", points=1)
def test_gradient_at_b1(agree, for_all):
    """db1: a bias collects from every row, whatever batch norm makes of it later."""
    agree(GRADIENTS["db1"], **HIDDEN)
    agree(GRADIENTS["db1"], **another("db1"))
    for_all(GRADIENTS["db1"], OF_HIDDEN)


@exercise("grad-embedding", points=1)
def test_gradient_at_emb(agree):
    """demb: what was laid side by side is taken apart again, in the same order."""
    wide = array([[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [-1.5, 0.5, 2.5, -3.0, 0.25, 7.0]])
    agree(GRADIENTS["demb"], emb=array([[[0.5, -1.0]] * 3] * 2), dembcat=wide)
    agree(GRADIENTS["demb"], **another("demb"))


@exercise("grad-embedding", points=2)
def test_gradient_at_C(agree, for_all):
    """dC: a row that was looked up several times collects from every time, and one that never was from none."""
    agree(
        GRADIENTS["dC"],
        C=array([[0.5, -1.0], [1.5, 2.0], [-0.5, 3.0], [2.5, 0.25]]), Xb=array([[1, 1], [2, 1]], "int64"),
        demb=array([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]),
    )  # fmt: skip
    agree(GRADIENTS["dC"], **another("dC"))
    for_all(GRADIENTS["dC"], arrays(C=numbers("v e"), Xb=indices("n t", below="v"), demb=numbers("n t e")))
