"""Lecture 1, public checks of engine.py: whole graphs."""

from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.properties import programs
from grader.judging.suite import exercise


@exercise("value-backward", points=1)
def test_gradient_of_the_result(agree):
    """The gradient of the result with respect to itself is 1."""
    agree(probes.gradients, program="c = a + b", at={"a": 2.0, "b": -3.0})


@exercise("value-backward", points=1)
def test_gradients_of_the_lectures_expression(agree):
    """In L = (a*b + c) * f every Value gets the gradient that the lecture works out by hand."""
    agree(
        probes.gradients,
        program="e = a*b; d = e + c; L = d * f", at={"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0},
    )  # fmt: skip
    agree(
        probes.gradients,
        program="e = a*b; d = e + c; L = d * f", at={"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0}, upstream=0.7,
    )  # fmt: skip


@exercise("value-backward", points=2)
def test_gradient_of_a_value_used_twice(agree):
    """A Value that is used in two places collects gradient from both."""
    agree(probes.gradients, program="d = a*b; e = a + b; f = d * e", at={"a": -2.0, "b": 3.0})


@exercise("value-backward", points=2)
def test_gradients_of_a_diamond(agree):
    """A result that two later results use hands its gradient on once, when it has all of it."""
    agree(
        probes.gradients,
        program="b = k * x; c = b + i; d = j * b; f = c * d", at={"x": 3.0, "k": 2.0, "i": 1.5, "j": 4.0},
    )  # fmt: skip
    agree(
        probes.gradients,
        program="b = k * x; c = b + i; d = j * b; f = d * c", at={"x": 3.0, "k": 2.0, "i": 1.5, "j": 4.0},
    )  # fmt: skip


@exercise("value-backward", points=1)
def test_gradients_of_a_long_skip(agree):
    """A result that is used near the end and also far from it waits for both gradients."""
    agree(
        probes.gradients,
        program="b = k * x; c = j * b; d = c * m; f = b + d", at={"x": 3.0, "k": 2.0, "j": 4.0, "m": 5.0},
    )  # fmt: skip
    agree(
        probes.gradients,
        program="b = k * x; c = j * b; d = c * m; f = d + b", at={"x": 3.0, "k": 2.0, "j": 4.0, "m": 5.0},
    )  # fmt: skip


@exercise("value-backward", points=1)
def test_gradients_where_numbers_are_equal(agree):
    """Two Values that happen to hold the same number stay two Values."""
    agree(
        probes.gradients,
        program="p = a * b; q = c * d; s = p * q", at={"a": 2.0, "b": 6.0, "c": 3.0, "d": 4.0},
    )  # fmt: skip
    agree(
        probes.gradients,
        program="p = a * b; q = c * d; t = p + e; u = q + g; s = t * u",
        at={"a": 2.0, "b": 6.0, "c": 3.0, "d": 4.0, "e": 5.0, "g": 7.0},
    )
    agree(
        probes.gradients,
        program="p = a * b; q = c * d; s = p * q", at={"a": 2.0, "b": 6.0, "c": -3.0, "d": 4.0},
    )  # fmt: skip


@exercise("value-backward", points=1)
def test_gradients_of_any_expression(for_all):
    """Every gradient is right, whatever small expression of sums and products is tried."""
    for_all(probes.gradients, programs("x + y", "x * y", steps=5))


@exercise("value-repr", points=1)
def test_text_of_a_value(agree):
    """print shows Value(data=2.0)."""
    agree(probes.text_of_value, data=2.0)
    agree(probes.text_of_value, data=-0.5)
