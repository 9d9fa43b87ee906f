"""Lecture 1, public checks of engine.py: one operation inside a longer expression that uses a Value more than once."""

from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.properties import programs
from grader.judging.suite import exercise


@exercise("value-neg-sub", points=1, needs=("value-add", "value-backward"))
def test_difference_in_a_longer_expression(agree, for_all):
    """The gradient of a difference is right inside a longer expression that uses a Value twice."""
    agree(probes.gradients, program="c = a - (b - a)", at={"a": 1.5, "b": 2.5})
    for_all(probes.gradients, programs("x - y", "-x", "x + y", once=True))


@exercise("value-pow", points=1, needs=("value-add", "value-backward"))
def test_power_in_a_longer_expression(agree, for_all):
    """The gradient of a power is right inside a longer expression that uses a Value twice."""
    agree(probes.gradients, program="c = (a ** 3) ** 2 + a ** 3", at={"a": 1.5})
    agree(probes.gradients, program="c = a + (a ** 3) ** 2", at={"a": 1.5})
    agree(probes.gradients, program="c = (a ** 3) ** 2 + a", at={"a": 1.5})
    for_all(probes.gradients, programs("x ** n", "x + y", once=True))


@exercise("value-div", points=1, needs=("value-add", "value-backward"))
def test_quotient_in_a_longer_expression(agree, for_all):
    """The gradient of a quotient is right inside a longer expression that uses a Value twice."""
    agree(
        probes.gradients,
        program="c = a / (b / a) + a / b",
        at={"a": 1.5, "b": 2.5},
    )
    for_all(probes.gradients, programs("x / y", "x + y", once=True))


@exercise("value-exp", points=1, needs=("value-add", "value-backward"))
def test_exp_in_a_longer_expression(agree, for_all):
    """The gradient of exp is right inside a longer expression that uses a Value twice."""
    agree(probes.gradients, program="c = exp(exp(a)) + exp(a)", at={"a": 1.5})
    agree(probes.gradients, program="c = a + exp(exp(a))", at={"a": 1.5})
    agree(probes.gradients, program="c = exp(exp(a)) + a", at={"a": 1.5})
    for_all(probes.gradients, programs("exp(x)", "x + y", once=True))


@exercise("value-log", points=1, needs=("value-add", "value-backward"))
def test_log_in_a_longer_expression(agree, for_all):
    """The gradient of log is right inside a longer expression that uses a Value twice."""
    agree(probes.gradients, program="c = log(log(a)) + log(a)", at={"a": 1.5})
    agree(probes.gradients, program="c = a + log(log(a))", at={"a": 1.5})
    agree(probes.gradients, program="c = log(log(a)) + a", at={"a": 1.5})
    for_all(probes.gradients, programs("log(x)", "x + y", once=True))


@exercise("value-tanh", points=1, needs=("value-add", "value-backward"))
def test_tanh_in_a_longer_expression(agree, for_all):
    """The gradient of tanh is right inside a longer expression that uses a Value twice."""
    agree(probes.gradients, program="c = tanh(tanh(a)) + tanh(a)", at={"a": 1.5})
    agree(probes.gradients, program="c = a + tanh(tanh(a))", at={"a": 1.5})
    agree(probes.gradients, program="c = tanh(tanh(a)) + a", at={"a": 1.5})
    for_all(probes.gradients, programs("tanh(x)", "x + y", once=True))


@exercise("value-relu", points=1, needs=("value-add", "value-mul", "value-backward"))
def test_relu_in_a_longer_expression(agree, for_all):
    """The gradient of relu is right inside a longer expression that uses a Value twice."""
    agree(
        probes.gradients,
        program="c = relu(relu(a) * b) + relu(a)",
        at={"a": 1.5, "b": 2.5},
    )
    for_all(probes.gradients, programs("relu(x)", "x + y", "x * y", once=True))
