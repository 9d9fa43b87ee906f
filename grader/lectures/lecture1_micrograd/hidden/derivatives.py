"""Lecture 1, hidden checks of derivatives.py: other curves, places and nudges."""

from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.suite import exercise


@exercise("slope", points=1)
def test_slope_of_a_fresh_curve(agree, draw):
    """The slope is right for another curve, another place and another nudge."""
    agree(probes.slope_of_curve, f="x**3 - 2*x", x=draw.number(0.5, 3), h=draw.number(0.01, 0.1))
    agree(probes.slope_of_curve, f="sin(x) * x", x=draw.number(-3, -0.5), h=draw.number(0.01, 0.1))


@exercise("symmetric-slope", points=1)
def test_symmetric_slope_of_a_fresh_curve(agree, draw):
    """The symmetric slope is right for another curve, another place and another nudge."""
    agree(probes.symmetric_slope_of_curve, f="exp(x) - x**4", x=draw.number(0.5, 2), h=draw.number(0.01, 0.1))


@exercise("gradf", points=1)
def test_gradf_at_a_fresh_point(agree, draw):
    """The three slopes are right at another point."""
    agree(probes.gradient_by_hand, a=draw.number(0.5, 3), b=draw.number(0.5, 3), c=draw.number(0.5, 3))


@exercise("numerical-gradient", points=1)
def test_numerical_gradient_of_a_fresh_function(agree, draw):
    """The partial slopes are right for another function of four arguments."""
    at = draw.numbers(4, 0.5, 2.5)
    agree(
        probes.numerical_gradient_of_function,
        f="p*q**3 - r/s + sin(q*s)", names=["p", "q", "r", "s"], at=at, h=draw.number(0.01, 0.05),
    )  # fmt: skip
