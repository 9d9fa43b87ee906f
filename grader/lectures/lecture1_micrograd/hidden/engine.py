"""Lecture 1, hidden checks of engine.py: each operation on fresh numbers, then whole graphs."""

from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.properties import programs
from grader.judging.suite import exercise

# ---- engine.py: one operation at a time


@exercise("value-add", points=2)
def test_sum_of_fresh_values(agree, for_all, draw):
    """Sums and their gradients are right for other numbers."""
    at = {"a": draw.number(-4, 4), "b": draw.number(-4, 4)}
    agree(probes.values, program="c = a + b", at=at)
    agree(probes.gradients, program="c = a + b", at=at, upstream=draw.number(-3, 3))
    agree(probes.gradients, program="c = a + a", at={"a": at["a"]}, upstream=draw.number(-3, 3))
    for_all(probes.gradients, programs("x + y", steps=1, upstream=True))


@exercise("value-mul", points=2)
def test_product_of_fresh_values(agree, for_all, draw):
    """Products and their gradients are right for other numbers."""
    at = {"a": draw.number(-4, 4), "b": draw.number(-4, 4)}
    agree(probes.values, program="c = a * b", at=at)
    agree(probes.gradients, program="c = a * b", at=at, upstream=draw.number(-3, 3))
    agree(probes.gradients, program="c = a * a", at={"a": at["a"]}, upstream=draw.number(-3, 3))
    for_all(probes.gradients, programs("x * y", steps=1, upstream=True))


@exercise("value-reflected", points=1, needs=("value-add",))
def test_gradient_of_a_sum_with_numbers(agree, for_all, draw):
    """The gradient flows through a sum with a plain number on either side."""
    a = draw.number(-4, 4)
    agree(probes.gradients, program="c = a + 5", at={"a": a}, upstream=draw.number(-3, 3))
    agree(probes.gradients, program="c = 5 + a", at={"a": a}, upstream=draw.number(-3, 3))
    for_all(probes.gradients, programs("x + n", "n + x", steps=1, upstream=True))


@exercise("value-reflected", points=1, needs=("value-mul",))
def test_gradient_of_a_product_with_numbers(agree, for_all, draw):
    """The gradient flows through a product with a plain number on either side."""
    a = draw.number(-4, 4)
    agree(probes.gradients, program="c = a * 3", at={"a": a}, upstream=draw.number(-3, 3))
    agree(probes.gradients, program="c = 3 * a", at={"a": a}, upstream=draw.number(-3, 3))
    for_all(probes.gradients, programs("x * n", "n * x", steps=1, upstream=True))


@exercise("value-neg-sub", points=1, needs=("value-backward",))
def test_difference_of_fresh_values(agree, for_all, draw):
    """Differences and their gradients are right for other numbers, and with plain numbers on either side."""
    at = {"a": draw.number(-4, 4), "b": draw.number(-4, 4)}
    agree(probes.gradients, program="c = a - b", at=at, upstream=draw.number(-3, 3))
    agree(probes.gradients, program="c = a - 3", at={"a": at["a"]}, upstream=draw.number(-3, 3))
    agree(probes.gradients, program="c = 3 - a", at={"a": at["a"]}, upstream=draw.number(-3, 3))
    agree(probes.gradients, program="c = -a", at={"a": at["a"]}, upstream=draw.number(-3, 3))
    for_all(probes.gradients, programs("x - y", "x - n", "n - x", "-x", steps=1, upstream=True, apart=True))


@exercise("value-pow", points=1)
def test_power_of_fresh_values(agree, for_all, draw):
    """Powers and their gradients are right for other exponents, negative ones too."""
    a = draw.number(1.1, 3)
    for exponent in (4, -2, 1.5):
        agree(probes.values, program=f"b = a ** {exponent}", at={"a": a})
        agree(probes.gradients, program=f"b = a ** {exponent}", at={"a": a}, upstream=draw.number(-3, 3))
    for_all(probes.gradients, programs("x ** n", steps=1, upstream=True))


@exercise("value-div", points=1, needs=("value-backward",))
def test_quotient_of_fresh_values(agree, for_all, draw):
    """Quotients and their gradients are right for other numbers, and with plain numbers on either side."""
    at = {"a": draw.number(-4, -1.2), "b": draw.number(1.2, 4)}
    agree(probes.gradients, program="c = a / b", at=at, upstream=draw.number(-3, 3))
    agree(probes.gradients, program="c = a / 4", at={"a": at["a"]}, upstream=draw.number(-3, 3))
    agree(probes.gradients, program="c = 3 / a", at={"a": at["a"]}, upstream=draw.number(-3, 3))
    for_all(probes.gradients, programs("x / y", "x / n", "n / x", steps=1, upstream=True, apart=True))


@exercise("value-exp", points=1)
def test_exp_of_fresh_values(agree, for_all, draw):
    """exp and its gradient are right for other numbers."""
    for low, high in ((0.5, 2.5), (-2.5, -0.5)):
        a = draw.number(low, high)
        agree(probes.values, program="b = exp(a)", at={"a": a})
        agree(probes.gradients, program="b = exp(a)", at={"a": a}, upstream=draw.number(-3, 3))
    for_all(probes.gradients, programs("exp(x)", steps=1, upstream=True))


@exercise("value-log", points=1)
def test_log_of_fresh_values(agree, for_all, draw):
    """log and its gradient are right for other numbers."""
    for low, high in ((0.2, 0.8), (1.5, 5)):
        a = draw.number(low, high)
        agree(probes.values, program="b = log(a)", at={"a": a})
        agree(probes.gradients, program="b = log(a)", at={"a": a}, upstream=draw.number(-3, 3))
    for_all(probes.gradients, programs("log(x)", steps=1, upstream=True))


@exercise("value-tanh", points=1)
def test_tanh_of_fresh_values(agree, for_all, draw):
    """tanh and its gradient are right for other numbers."""
    for low, high in ((0.3, 0.9), (-2.5, -1.1)):
        a = draw.number(low, high)
        agree(probes.values, program="b = tanh(a)", at={"a": a})
        agree(probes.gradients, program="b = tanh(a)", at={"a": a}, upstream=draw.number(-3, 3))
    for_all(probes.gradients, programs("tanh(x)", steps=1, upstream=True))


@exercise("value-relu", points=1)
def test_relu_of_fresh_values(agree, for_all, draw):
    """relu and its gradient are right for other numbers, and for gradients of either sign."""
    for low, high, upstream in ((0.1, 0.9, 1.3), (1.1, 4, -1.3), (-0.9, -0.1, 1.3), (-4, -1.1, -1.3)):
        a = draw.number(low, high)
        agree(probes.values, program="b = relu(a)", at={"a": a})
        agree(probes.gradients, program="b = relu(a)", at={"a": a}, upstream=upstream)
    for_all(probes.gradients, programs("relu(x)", steps=1, upstream=True))


# ---- engine.py: whole graphs


@exercise("value-backward", points=1)
def test_gradients_of_fresh_expressions(for_all):
    """Every gradient is right in other small expressions of sums and products too."""
    for_all(probes.gradients, programs("x + y", "x * y", steps=5), count=100)  # an order of sweep goes wrong on few


@exercise("value-backward", points=1)
def test_gradients_of_fresh_diamonds(agree, draw):
    """Gradients are right for other graphs in which results are shared, whichever input comes first."""
    at = dict(zip("xkijm", draw.numbers(5, 0.5, 3), strict=True))
    for program in (
        "b = k * x; c = b + i; d = j * b; e = b * m; f = c * d; g = f + e",
        "b = x * k; c = i + b; d = b * j; e = m * b; f = d * c; g = e + f",
    ):
        agree(probes.gradients, program=program, at=at)


@exercise("value-backward", points=2)
def test_gradients_of_a_fresh_long_skip(agree, draw):
    """Gradients are right when one use of a result lies four operations further from the end than another."""
    at = dict(zip("xkjmn", draw.numbers(5, 0.5, 3), strict=True))
    for program in (
        "b = k * x; c = j * b; d = c * m; e = d + n; f = e * j; g = b + f",
        "b = k * x; c = j * b; d = c * m; e = d + n; f = e * j; g = f + b",
    ):
        agree(probes.gradients, program=program, at=at)


@exercise("value-backward", points=1)
def test_gradients_where_fresh_numbers_are_equal(agree, draw):
    """Values that hold equal numbers are still different Values, as inputs and as results."""
    x, y = draw.number(1.5, 3), draw.number(3.5, 5)
    at = {"a": x, "b": y, "c": x, "d": y, "e": x}
    agree(probes.gradients, program="p = a * b; q = c * d; r = p + q; s = r * e", at=at)
