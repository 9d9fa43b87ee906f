"""Lecture 1, hidden checks of drawing.py: shared Values, and operations that the lecture does not draw."""

from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.suite import exercise


@exercise("trace", points=1)
def test_trace_of_a_shared_value(agree, draw):
    """A Value that is used twice is one node with two arrows, and equal numbers are two nodes."""
    a, b = draw.number(1.5, 3), draw.number(3.5, 5)
    agree(probes.traced_graph, program="c = a * b; d = c + a; e = d * f", at={"a": a, "b": b, "f": b})


@exercise("draw-dot", points=1, needs=("value-backward",))
def test_drawing_of_a_shared_value(agree, draw):
    """A Value that is used twice is drawn once, with both its arrows."""
    a, b = draw.number(1.5, 3), draw.number(3.5, 5)
    agree(probes.drawn_graph, program="c = a * b; d = c + a; e = d * f", at={"a": a, "b": b, "f": 0.0625})


@exercise("draw-dot", points=1, needs=("value-exp", "value-log", "value-pow"))
def test_drawing_of_other_operations(agree, draw):
    """exp, log and a power are drawn as operations too."""
    agree(probes.drawn_operations, program="b = exp(a); c = log(b); d = c ** 3", at={"a": draw.number(1.5, 3)})
