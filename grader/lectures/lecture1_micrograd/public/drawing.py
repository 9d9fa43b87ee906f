"""Lecture 1, public checks of drawing.py: the nodes and arrows of a graph, and its drawing."""

from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.suite import exercise


@exercise("trace", points=2)
def test_trace_of_the_lectures_expression(agree):
    """trace finds every Value of L = (a*b + c) * f once, and every arrow."""
    agree(
        probes.traced_graph,
        program="e = a*b; d = e + c; L = d * f", at={"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0},
    )  # fmt: skip


@exercise("draw-dot", points=1, needs=("value-backward",))
def test_drawing_of_the_lectures_expression(agree):
    """The drawing shows each label, value and gradient, each operation, and all arrows."""
    agree(
        probes.drawn_graph,
        program="e = a*b; d = e + c; L = d * f", at={"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0},
    )  # fmt: skip
