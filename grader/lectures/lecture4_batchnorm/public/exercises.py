"""Lecture 4, public checks of exercises.py: a start at zero, and batch norm folded away."""

from grader.inside.arrays import array
from grader.inside.probes import lecture4_batchnorm as probes
from grader.judging.fresh_inputs import Draw
from grader.judging.suite import exercise


@exercise("zero-start", points=2)
def test_prediction_for_a_start_at_zero(agree):
    """The prediction is right if all parameters start at zero, if none does, and if some do."""
    agree(probes.predicted_names, zeroed=["C", "W1", "b1", "W2", "b2"])
    agree(probes.predicted_names, zeroed=[])
    agree(probes.predicted_names, zeroed=["W2", "b2"])
    agree(probes.predicted_names, zeroed=["W1", "b1"])
    agree(probes.predicted_names, zeroed=["C"])
    agree(probes.predicted_names, zeroed=["C", "b1"])


@exercise("zero-start", points=1)
def test_what_moves_from_a_start_at_zero(agree):
    """Running the net shows which parameters have a gradient; from zero, the loss ends at the characters' own."""
    shapes = {"C": (4, 2), "W1": (6, 5), "b1": (5,), "W2": (5, 4), "b2": (4,)}
    X, Y = array([[0, 0, 0], [0, 0, 3], [0, 3, 1]], "int64"), array([3, 1, 3], "int64")  # row 2 of C is not used
    for zeroed in (["C", "W1", "b1", "W2", "b2"], ["W1", "b1"], ["W2"], []):
        draw = Draw("what moves")
        start = [draw.array(*shape, digits=1) for shape in shapes.values()]
        zeros = [zero(shape) if name in zeroed else p for (name, shape), p in zip(shapes.items(), start, strict=True)]
        agree(probes.seen_names, parameters=zeros, X=X, Y=Y)
        agree(probes.seen_names, parameters=zeros, X=X, Y=Y, earlier=0.5)
    agree(probes.limit_loss, Y=array([0, 1, 1, 3], "int64"), vocab_size=5)


def zero(shape):
    """An array of zeros."""
    return array([0.0] * shape[0] if len(shape) == 1 else [[0.0] * shape[1]] * shape[0])


@exercise("fold-batchnorm", points=3)
def test_folded_layer(agree):
    """The folded Linear gives what Linear and BatchNorm1d give in evaluation, and both stay as they were."""
    agree(
        probes.folded_layer,
        weight=array([[6.0]]), bias=None, gamma=array([2.0]), beta=array([0.5]), mean=array([3.0]), var=array([16.0]),
        x=array([[2.0]]), eps=0.0,
    )  # fmt: skip
    agree(
        probes.folded_layer,
        weight=array([[1.0, -2.0, 0.5], [4.0, 0.25, -3.0]]), bias=array([0.5, 1.5, -0.75]),
        gamma=array([2.0, 0.5, -1.5]), beta=array([3.0, -0.25, 0.75]), mean=array([0.5, -2.0, 1.5]),
        var=array([2.25, 9.0, 0.3]),
        x=array([[1.0, -1.0], [0.5, 2.0], [-3.0, 0.25], [1.5, 0.75]]), eps=0.1,
    )  # fmt: skip
