"""Lecture 6, public checks of exercises.py: shapes, a causal convolution, the net slid over a row, and its reach."""

from grader.inside.arrays import array
from grader.inside.probes import lecture6_wavenet as probes
from grader.judging.properties import any_of, arrays, numbers
from grader.judging.suite import exercise
from grader.lectures.lecture6_wavenet.public.shared import ARRIVING, POSITIONS, TREE, X
from grader.lectures.lecture6_wavenet.public.shared import numbers as parameters


@exercise("layer-shapes", points=2)
def test_shapes_layer_by_layer(agree):
    """The shapes of all layers are predicted and seen, with the lecture's sizes and others."""
    agree(probes.predicted_shapes, sizes=[27, 8, 24, 128], batch_size=32)
    agree(probes.predicted_shapes, sizes=[27, 2, 24, 128], batch_size=32)
    agree(probes.predicted_shapes, sizes=[5, 16, 3, 4], batch_size=1)
    agree(probes.seen_shapes, sizes=TREE, numbers=parameters(TREE, "shapes"), X=X)


@exercise("causal-convolution", points=2)
def test_causal_convolution(agree, for_all):
    """Each output is made of the input there and of those one or more dilations back, and of zeros before the start."""
    x = array([[[1.0], [2.0], [3.0], [4.0]]])
    upstream = array([[[0.3], [-1.2], [0.7], [2.1]]])
    agree(probes.convolved, x=x, weight=array([[10.0], [1.0]]), dilation=2, upstream=upstream)
    weight = array([[0.5, -1, 2], [3, 0.25, 1], [-2, 1.5, 0.75], [1, 2, -3], [0.1, 4, 5], [-0.5, 6, 0.2]])
    for dilation in (1, 2, 4):
        agree(probes.convolved, x=POSITIONS, weight=weight, dilation=dilation, upstream=ARRIVING)
    three = {"weight": array([[100.0], [10.0], [1.0]]), "upstream": upstream}
    agree(probes.convolved, x=x, dilation=1, **three)
    for_all(
        probes.convolved,
        arrays(x=numbers("n t 1"), weight=numbers("k h"), dilation=any_of(1, 2, 3), upstream=numbers("n t h")),
    )


@exercise("slide-net", points=2)
def test_all_windows_at_once(agree):
    """Each window's logits are those that the net gives it alone, and no symbol is looked up twice."""
    rows = array([[0, 0, 0, 3, 1, 4, 2], [2, 4, 1, 0, 3, 3, 1]], "int64")
    agree(probes.slid_logits, sizes=TREE, numbers=parameters(TREE, "slide"), X=rows)
    agree(
        probes.slid_logits,
        sizes=[5, 8, 2, 3],
        numbers=parameters([5, 8, 2, 3], "slide"),
        X=array([[0, 1, 2, 3, 4, 3, 2, 1, 0]], "int64"),
    )


@exercise("receptive-field", points=1)
def test_receptive_field(agree):
    """The reach of a stack is counted and found, for the lecture's dilations and others."""
    agree(probes.field_size, kernel_size=2, dilations=[1, 2, 4])
    agree(probes.field_size, kernel_size=3, dilations=[1, 5])
    agree(probes.field_size, kernel_size=2, dilations=[3])
    agree(probes.seen_inputs, kernel_size=2, dilations=[1, 2, 4], length=10)
    agree(probes.seen_inputs, kernel_size=2, dilations=[3], length=6)
