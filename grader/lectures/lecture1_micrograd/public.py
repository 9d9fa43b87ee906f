"""Lecture 1, public checks: the lecture's own numbers, and the smallest cases that show a mistake."""

from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.properties import programs
from grader.judging.suite import exercise

PARABOLA = "3*x**2 - 4*x + 5"
FOUR_EXAMPLES = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
FOUR_TARGETS = [1.0, -1.0, -1.0, 1.0]


# ---- derivatives.py


@exercise("slope", points=1)
def test_slope_of_the_lectures_parabola(agree):
    """The slope of the lecture's parabola at 3 is what moved, per unit of nudge."""
    agree(probes.slope_of_curve, f=PARABOLA, x=3.0, h=0.001)
    agree(probes.slope_of_curve, f=PARABOLA, x=-3.0, h=0.001)
    agree(probes.slope_of_curve, f="x**2 + 3*x", x=0.0, h=0.01)


@exercise("symmetric-slope", points=2)
def test_symmetric_slope_nudges_to_both_sides(agree):
    """The symmetric slope of a cube is much closer to the truth than the one-sided one."""
    agree(probes.symmetric_slope_of_curve, f="x**3", x=2.0, h=0.01)
    agree(probes.symmetric_slope_of_curve, f=PARABOLA, x=2.5, h=0.01)
    agree(probes.symmetric_slope_of_curve, f="x**3 + 2*x", x=0.0, h=0.01)


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


# ---- engine.py: one operation at a time


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


@exercise("value-log", points=1)
def test_log(agree, for_all):
    """log gives the natural logarithm, and its gradient is right."""
    agree(probes.values, program="b = log(a)", at={"a": 2.0})
    agree(probes.gradients, program="b = log(a)", at={"a": 4.0}, upstream=0.7)
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


# ---- engine.py: one operation inside a longer expression, in which a Value is used more than once


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


# ---- engine.py: whole graphs


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


# ---- drawing.py


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


# ---- nn.py


@exercise("neuron", points=2)
def test_output_of_the_lectures_neuron(agree):
    """The lecture's neuron gives 0.7071; at x = 0 only the bias is left."""
    agree(probes.neuron_output, w=[-3.0, 1.0], b=6.8813735870195432, x=[2.0, 0.0])
    agree(probes.neuron_output, w=[0.5, -1.5, 0.25], b=0.75, x=[0.0, 0.0, 0.0])
    agree(probes.neuron_output, w=[0.5, -1.5, 0.25], b=-0.75, x=[-1.0, 0.5, 2.0])


@exercise("neuron", points=1)
def test_parameters_of_a_neuron(agree):
    """A neuron's parameters are its weights and then its bias, drawn in this order."""
    agree(probes.neuron_parameters, nin=3, seed=1337)


@exercise("layer", points=1)
def test_layer(agree):
    """A layer's neurons each have their own weights; a single output comes without a list."""
    agree(probes.layer_parameters, nin=3, nout=4, seed=1337)
    agree(probes.layer_output, nin=3, nout=4, seed=1337, x=[2.0, 3.0, -1.0])
    agree(probes.layer_output, nin=2, nout=1, seed=1337, x=[0.5, -1.5])


@exercise("mlp", points=2)
def test_the_lectures_mlp(agree):
    """MLP(3, [4, 4, 1]) has 41 parameters, and squashes its output with tanh too."""
    agree(probes.mlp_parameters, nin=3, nouts=[4, 4, 1], seed=1337)
    agree(probes.mlp_output, nin=3, nouts=[4, 4, 1], seed=1337, x=[2.0, 3.0, -1.0])


@exercise("zero-grad", points=1)
def test_zero_grad_of_a_net(agree):
    """zero_grad puts the gradient of every parameter of a net back to 0."""
    agree(probes.gradients_after_zero_grad, kind="MLP", sizes=[3, [4, 1]])


# ---- training.py


@exercise("squared-error", points=2)
def test_squared_error(agree):
    """The squared error adds up the squares of all differences."""
    agree(probes.squared_error_value, predictions=[1.0, -2.0], targets=[0.5, 1.0])
    agree(probes.squared_error_value, predictions=[1.5, -0.25, 3.0], targets=[2.0, -1.0, 0.5])


@exercise("gradient-step", points=2)
def test_gradient_step(agree):
    """A step moves every parameter itself, against its gradient."""
    agree(probes.parameters_after_step, data=[2.0, -1.0, 0.25], grads=[0.5, -3.0, 2.0], lr=0.1)


@exercise("train-mlp", points=3)
def test_training_on_the_lectures_examples(agree):
    """Twenty steps on the lecture's four examples give the expected losses, step by step."""
    agree(
        probes.training_losses,
        nin=3, nouts=[4, 4, 1], seed=1337, xs=FOUR_EXAMPLES, ys=FOUR_TARGETS, steps=20, lr=0.1,
    )  # fmt: skip


# ---- softmax.py


@exercise("softmax", points=1)
def test_softmax_of_the_lectures_logits(agree):
    """The exercise's four logits become probabilities."""
    agree(probes.softmax_values, logits=[0.0, 3.0, -2.0, 1.0])


@exercise("value-nll", points=1)
def test_loss_of_one_prediction(agree):
    """The loss is minus the logarithm of the probability at the label."""
    agree(probes.likelihood_loss, probs=[0.1, 0.6, 0.3], label=1)
    agree(probes.likelihood_loss, probs=[0.1, 0.6, 0.3], label=2)
