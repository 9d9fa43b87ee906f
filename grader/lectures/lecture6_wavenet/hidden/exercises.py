"""Lecture 6, hidden checks of exercises.py: other sizes, inputs and rows."""

from grader.inside.probes import lecture6_wavenet as probes
from grader.judging.suite import exercise


@exercise("layer-shapes", points=1)
def test_shapes_of_other_nets(agree, draw):
    """Shapes are predicted and seen for other sizes."""
    agree(probes.predicted_shapes, sizes=[11, 4, 7, 5], batch_size=draw.randrange(2, 30))
    agree(probes.predicted_shapes, sizes=[11, 32, 7, 5], batch_size=3)
    sizes = [6, 8, 2, 3]
    row = draw.array(probes.count(probes.tree_shapes(sizes)))
    agree(probes.seen_shapes, sizes=sizes, numbers=row, X=draw.integers(5, 8, low=0, high=6))


@exercise("causal-convolution", points=2)
def test_another_convolution(agree, draw):
    """Convolutions of two and three inputs are right at other dilations."""
    for n, dilation in ((2, 1), (2, 3), (2, 9), (3, 1), (3, 2), (1, 2)):
        x, weight = draw.array(2, 7, 3), draw.array(n * 3, 2)
        agree(probes.convolved, x=x, weight=weight, dilation=dilation, upstream=draw.array(2, 7, 2))


@exercise("slide-net", points=1)
def test_windows_of_other_rows(agree, draw):
    """Other nets slide over other rows as stated."""
    for block_size, length in ((2, 5), (8, 11), (8, 8)):
        sizes = [6, block_size, 3, 2]
        row = draw.array(probes.count(probes.tree_shapes(sizes)), low=-1.5, high=1.5)
        agree(probes.slid_logits, sizes=sizes, numbers=row, X=draw.integers(3, length, low=0, high=6))


@exercise("receptive-field", points=1)
def test_reach_of_other_stacks(agree, draw):
    """The reach of other stacks is counted and found."""
    agree(probes.field_size, kernel_size=2, dilations=[2**level for level in range(draw.randrange(4, 9))])
    agree(probes.field_size, kernel_size=4, dilations=[draw.randrange(1, 9), draw.randrange(2, 9)])
    agree(probes.seen_inputs, kernel_size=3, dilations=[2], length=7)
    agree(probes.seen_inputs, kernel_size=2, dilations=[1, 2], length=9)
    agree(probes.seen_inputs, kernel_size=2, dilations=[2, 3], length=8)
