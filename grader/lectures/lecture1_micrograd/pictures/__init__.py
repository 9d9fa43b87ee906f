"""The pictures of lecture 1: any expression over Values with the data and gradient of every node, and two moons."""

from grader.desk.expression_graph import Expressions
from grader.inside.probes import lecture1_micrograd as probes
from grader.lectures.lecture1_micrograd.pictures.moons import MOTIFS

__all__ = ["EXPRESSIONS", "MOTIFS"]

EXPRESSIONS = Expressions(
    probes.graph,
    probes.METHODS,
    probes.ROUNDING,
    example="e = a*b; d = e + c; L = d * f",
    at={"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0},
)
