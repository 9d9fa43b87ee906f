"""Lecture 1, hidden checks: the same laws on fresh inputs, and what only larger cases show."""

from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.properties import programs
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


# ---- drawing.py


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


# ---- nn.py


@exercise("neuron", points=1)
def test_output_of_a_fresh_neuron(agree, draw):
    """A neuron with other weights and other inputs gives the right output."""
    agree(
        probes.neuron_output,
        w=draw.numbers(4, -0.9, 0.9), b=draw.number(-0.9, 0.9), x=draw.numbers(4, -1.5, 1.5),
    )  # fmt: skip


@exercise("neuron", points=1)
def test_parameters_of_a_fresh_neuron(agree, draw):
    """A larger neuron draws and lists its parameters in the same order."""
    agree(probes.neuron_parameters, nin=5, seed=draw.randrange(10**6))


@exercise("layer", points=1)
def test_fresh_layer(agree, draw):
    """A layer of another size gives the right outputs."""
    seed = draw.randrange(10**6)
    agree(probes.layer_parameters, nin=2, nout=3, seed=seed)
    agree(probes.layer_output, nin=2, nout=3, seed=seed, x=draw.numbers(2, -1.5, 1.5))


@exercise("mlp", points=1)
def test_fresh_mlp(agree, draw):
    """A net of another shape, with two outputs, gives the right outputs."""
    seed = draw.randrange(10**6)
    agree(probes.mlp_parameters, nin=2, nouts=[3, 5, 2], seed=seed)
    agree(probes.mlp_output, nin=2, nouts=[3, 5, 2], seed=seed, x=draw.numbers(2, -1.5, 1.5))


@exercise("zero-grad", points=1)
def test_zero_grad_of_a_neuron_and_a_layer(agree):
    """A neuron and a layer have zero_grad too."""
    agree(probes.gradients_after_zero_grad, kind="Neuron", sizes=[4])
    agree(probes.gradients_after_zero_grad, kind="Layer", sizes=[2, 3])


# ---- training.py


@exercise("squared-error", points=1, needs=("value-backward",))
def test_gradients_of_a_squared_error(agree, draw):
    """The squared error hands the right gradient to every prediction."""
    agree(probes.squared_error_gradients, predictions=draw.numbers(4, -2, 2), targets=draw.numbers(4, -2, 2))


@exercise("gradient-step", points=1)
def test_fresh_gradient_step(agree, draw):
    """A step is right for other parameters and another learning rate."""
    data, grads = draw.numbers(5, -2, 2), draw.numbers(5, -2, 2)
    agree(probes.parameters_after_step, data=data, grads=grads, lr=draw.number(0.01, 0.5))


@exercise("train-mlp", points=1)
def test_training_on_fresh_examples(agree, draw):
    """Training another net on other examples gives the expected losses and parameters."""
    agree(
        probes.training_losses,
        nin=2, nouts=[3, 1], seed=draw.randrange(10**6), xs=[draw.numbers(2, -2, 2) for _ in range(5)],
        ys=draw.numbers(5, -0.9, 0.9), steps=10, lr=draw.number(0.02, 0.08),
    )  # fmt: skip


# ---- softmax.py


@exercise("softmax", points=1, needs=("value-add", "value-backward"))
def test_softmax_of_fresh_logits(agree, draw):
    """Probabilities and their gradients are right for other logits."""
    logits = draw.numbers(5, -2, 2)
    agree(probes.softmax_values, logits=logits)
    agree(probes.softmax_gradients, logits=logits, of=draw.randrange(5))


@exercise("value-nll", points=1, needs=("softmax", "value-backward"))
def test_gradients_of_the_loss(agree, draw):
    """The loss of a softmax hands the right gradient to every logit."""
    agree(probes.softmax_loss, logits=[0.0, 3.0, -2.0, 1.0], label=3)
    agree(probes.softmax_loss, logits=draw.numbers(5, -2, 2), label=draw.randrange(5))
