"""Lecture 1, public checks of engine.py: one operation at a time."""

from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.properties import programs
from grader.judging.suite import exercise


@exercise("value-add", points=1)
def test_sum(agree, for_all):
    """The sum of two Values is a Value."""
    agree(probes.values, program="c = a + b", at={"a": 2.0, "b": -3.0})
    for_all(probes.values, programs("x + y"))


@exercise("value-add", points=1)
def test_gradients_of_a_sum(agree, for_all):
    """A sum hands its gradient on to both sides, whatever that gradient is."""
    agree(probes.gradients, program="c = a + b", at={"a": 2.0, "b": -3.0}, upstream=0.7)
    agree(probes.gradients, program="c = a + b", at={"a": 2.0, "b": -3.0}, upstream=-1.3)
    agree(probes.added_gradients, program="c = a + b", at={"a": 2.0, "b": -3.0}, upstream=0.7, before=0.5)
    for_all(probes.gradients, programs("x + y", steps=1, upstream=True, apart=True))


@exercise("value-add", points=1)
def test_gradient_of_a_plus_a(agree):
    """In a + a, the Value a collects gradient from both uses."""
    agree(probes.gradients, program="b = a + a", at={"a": 3.0}, upstream=0.7)


@exercise("value-mul", points=1)
def test_product(agree, for_all):
    """The product of two Values is a Value."""
    agree(probes.values, program="c = a * b", at={"a": 2.0, "b": -3.0})
    for_all(probes.values, programs("x * y"))


@exercise("value-mul", points=1)
def test_gradients_of_a_product(agree, for_all):
    """Each factor's gradient is right, whatever gradient arrives at the product."""
    agree(probes.gradients, program="c = a * b", at={"a": 2.0, "b": -3.0}, upstream=0.7)
    agree(probes.added_gradients, program="c = a * b", at={"a": 2.0, "b": -3.0}, upstream=0.7, before=0.5)
    for_all(probes.gradients, programs("x * y", steps=1, upstream=True, apart=True))


@exercise("value-mul", points=1)
def test_gradient_of_a_times_a(agree):
    """In a * a, the Value a collects gradient from both uses."""
    agree(probes.gradients, program="b = a * a", at={"a": 3.0}, upstream=0.7)


@exercise("value-reflected", points=1, needs=("value-add",))
def test_numbers_in_a_sum(agree, for_all):
    """A plain number may stand on either side of +."""
    agree(probes.values, program="c = a + 1", at={"a": 2.0})
    agree(probes.values, program="c = 1 + a", at={"a": 2.0})
    agree(probes.values, program="s = 0 + a; t = s + b", at={"a": 2.0, "b": 5.0})
    for_all(probes.values, programs("x + n", "n + x"))


@exercise("value-reflected", points=1, needs=("value-mul",))
def test_numbers_in_a_product(agree, for_all):
    """A plain number may stand on either side of *."""
    agree(probes.values, program="c = a * 2", at={"a": 3.0})
    agree(probes.values, program="c = 2 * a", at={"a": 3.0})
    for_all(probes.values, programs("x * n", "n * x"))


@exercise("value-neg-sub", points=1)
def test_negative_and_difference(agree):
    """Minus a Value, and the difference of two Values, are Values."""
    agree(probes.values, program="b = -a", at={"a": 2.0})
    agree(probes.values, program="c = a - b", at={"a": 2.0, "b": -3.0})


@exercise("value-neg-sub", points=1, needs=("value-backward",))
def test_gradients_of_a_difference(agree):
    """The gradients of a difference have the right signs, on both sides."""
    agree(probes.gradients, program="c = a - b", at={"a": 2.0, "b": -3.0}, upstream=0.7)
    agree(probes.gradients, program="b = -a", at={"a": 2.0}, upstream=0.7)


@exercise("value-neg-sub", points=1)
def test_numbers_in_a_difference(agree, for_all):
    """A plain number may stand on either side of -."""
    agree(probes.values, program="c = a - 1", at={"a": 5.0})
    agree(probes.values, program="c = 2 - a", at={"a": 5.0})
    for_all(probes.values, programs("x - y", "x - n", "n - x", "-x"))


@exercise("value-pow", points=1)
def test_power(agree, for_all):
    """A Value to the power of a number is a Value."""
    agree(probes.values, program="b = a ** 3", at={"a": 2.0})
    agree(probes.values, program="b = a ** -1", at={"a": 4.0})
    for_all(probes.values, programs("x ** n"))


@exercise("value-pow", points=1)
def test_gradient_of_a_power(agree):
    """The gradient of a power follows the power rule."""
    agree(probes.gradients, program="b = a ** 3", at={"a": 2.0}, upstream=0.7)
    agree(probes.gradients, program="b = a ** 0.5", at={"a": 4.0}, upstream=0.7)
    agree(probes.added_gradients, program="b = a ** 3", at={"a": 2.0}, upstream=0.7, before=0.5)


@exercise("value-div", points=1)
def test_quotient(agree, for_all):
    """A Value may be divided by a Value or a number, and a number by a Value."""
    agree(probes.values, program="c = a / b", at={"a": 3.0, "b": 2.0})
    agree(probes.values, program="c = a / 2", at={"a": 3.0})
    agree(probes.values, program="c = 2 / a", at={"a": 4.0})
    for_all(probes.values, programs("x / y", "x / n", "n / x"))


@exercise("value-div", points=1, needs=("value-backward",))
def test_gradients_of_a_quotient(agree):
    """The gradients above and below the line are right."""
    agree(probes.gradients, program="c = a / b", at={"a": 3.0, "b": 2.0}, upstream=0.7)
    agree(probes.gradients, program="c = a / b", at={"a": -1.5, "b": 4.0}, upstream=-1.3)


@exercise("value-exp", points=1)
def test_exp(agree, for_all):
    """exp gives e to the power of the Value."""
    agree(probes.values, program="b = exp(a)", at={"a": 2.0})
    for_all(probes.values, programs("exp(x)"))


@exercise("value-exp", points=1)
def test_gradient_of_exp(agree):
    """The gradient of exp is right."""
    agree(probes.gradients, program="b = exp(a)", at={"a": 2.0}, upstream=0.7)
    agree(probes.added_gradients, program="b = exp(a)", at={"a": 2.0}, upstream=0.7, before=0.5)


@exercise("value-log", points=1)
def test_log(agree, for_all):
    """log gives the natural logarithm, and its gradient is right."""
    agree(probes.values, program="b = log(a)", at={"a": 2.0})
    agree(probes.gradients, program="b = log(a)", at={"a": 4.0}, upstream=0.7)
    agree(probes.added_gradients, program="b = log(a)", at={"a": 4.0}, upstream=0.7, before=0.5)
    for_all(probes.values, programs("log(x)"))


@exercise("value-tanh", points=1)
def test_tanh(agree, for_all):
    """tanh squashes the lecture's neuron to 0.7071."""
    agree(probes.values, program="o = tanh(n)", at={"n": 0.8813735870195432})
    for_all(probes.values, programs("tanh(x)"))


@exercise("value-tanh", points=1)
def test_gradient_of_tanh(agree):
    """The gradient of tanh is right, also far from 0."""
    agree(probes.gradients, program="o = tanh(n)", at={"n": 0.8813735870195432}, upstream=0.7)
    agree(probes.gradients, program="o = tanh(n)", at={"n": -1.7}, upstream=0.7)
    agree(probes.added_gradients, program="o = tanh(n)", at={"n": -1.7}, upstream=0.7, before=0.5)


@exercise("value-relu", points=1)
def test_relu(agree, for_all):
    """relu keeps what is above 0 and gives 0 below."""
    agree(probes.values, program="b = relu(a)", at={"a": 2.0})
    agree(probes.values, program="b = relu(a)", at={"a": -3.0})
    for_all(probes.values, programs("relu(x)"))


@exercise("value-relu", points=1)
def test_gradient_of_relu(agree):
    """relu passes the gradient on where it passes the value on, and nowhere else."""
    agree(probes.gradients, program="b = relu(a)", at={"a": 2.0}, upstream=-0.7)
    agree(probes.gradients, program="b = relu(a)", at={"a": -3.0}, upstream=0.7)
    agree(probes.added_gradients, program="b = relu(a)", at={"a": 0.7}, upstream=0.7, before=0.5)
