"""Lecture 1, public checks of derivatives.py: slopes, by hand and by a small nudge."""

from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.suite import exercise

PARABOLA = "3*x**2 - 4*x + 5"


@exercise("slope", points=1)
def test_slope_of_the_lectures_parabola(agree):
    """The slope of the lecture's parabola at 3 is what moved, per unit of nudge."""
    agree(probes.slope_of_curve, f=PARABOLA, x=3.0, h=0.001)
    agree(probes.slope_of_curve, f=PARABOLA, x=-3.0, h=0.001)
    agree(probes.slope_of_curve, f="x**2 + 3*x", x=0.0, h=0.01)
    agree(probes.slope_of_curve, f="x**2 + 3*x", x=0.2, h=0.3)


@exercise("symmetric-slope", points=2)
def test_symmetric_slope_nudges_to_both_sides(agree):
    """The symmetric slope of a cube is much closer to the truth than the one-sided one."""
    agree(probes.symmetric_slope_of_curve, f="x**3", x=2.0, h=0.01)
    agree(probes.symmetric_slope_of_curve, f=PARABOLA, x=2.5, h=0.01)
    agree(probes.symmetric_slope_of_curve, f="x**3 + 2*x", x=0.0, h=0.01)
    agree(probes.symmetric_slope_of_curve, f="x**3", x=1.0, h=0.9)


@exercise("gradf", points=2)
def test_gradf_at_the_lectures_point(agree):
    """The three slopes at (2, 3, 4) are those of the lecture."""
    agree(probes.gradient_by_hand, a=2, b=3, c=4)


@exercise("numerical-gradient", points=2)
def test_numerical_gradient_takes_one_argument_at_a_time(agree):
    """Each argument gets its own slope while the others stay where they are."""
    agree(probes.numerical_gradient_of_function, f="a*b + c", names=["a", "b", "c"], at=[2.0, -3.0, 10.0], h=0.5)
    agree(probes.numerical_gradient_of_function, f="p**3 + 2*p + 3*q", names=["p", "q"], at=[0.0, 0.0], h=0.01)
    agree(
        probes.numerical_gradient_of_function,
        f="-a**3 + sin(3*b) - 1/c + b**2.5 - a**0.5", names=["a", "b", "c"], at=[2.0, 3.0, 4.0], h=0.001,
    )  # fmt: skip
