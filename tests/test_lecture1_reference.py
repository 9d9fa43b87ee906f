"""Our solution of lecture 1: the numbers that the lecture prints, and the gradients that torch.autograd gives."""

import math
import random
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course import load, reference_sources
from grader.inside import expressions
from grader.inside.modules import Modules
from grader.inside.probes import lecture1_micrograd

NAMES = ("derivatives", "engine", "drawing", "nn", "training", "softmax")
TENSORS = {name: (lambda t, name=name: getattr(t, name)()) for name in ("exp", "log", "tanh", "relu")}


@pytest.fixture(scope="module")
def ours() -> Iterator[SimpleNamespace]:
    lecture = load().lecture("lecture1_micrograd")
    with Modules(lecture.id, reference_sources(lecture)).fresh(NAMES) as modules:
        yield SimpleNamespace(**modules)


def close(expected: float) -> object:
    """To twelve digits, as the lecture's own printed numbers allow."""
    return pytest.approx(expected, rel=1e-12, abs=1e-12)


def gradients(ours: SimpleNamespace, program: str, at: dict[str, float]) -> dict[str, float]:
    """The leaf gradients by our engine."""
    found = lecture1_micrograd.gradients.measure(ours.engine, program=program, at=at)
    return {name: found[f"{name}.grad"] for name in at}


def torch_gradients(program: str, at: dict[str, float]) -> dict[str, float]:
    """The same by torch, in float64."""
    names = {name: torch.tensor(x, dtype=torch.float64, requires_grad=True) for name, x in at.items()}
    leaves = dict(names)
    expressions.run(expressions.parse(program, TENSORS), names).backward()
    return {name: 0.0 if leaf.grad is None else leaf.grad.item() for name, leaf in leaves.items()}


def test_lectures_expression(ours):
    """L = (a*b + c) * f is -8; its gradients are those worked out by hand; a step along them gives -7.286496."""
    V = ours.engine.Value
    a, b, c, f = V(2.0), V(-3.0), V(10.0), V(-2.0)
    L = (a * b + c) * f
    L.backward()
    assert (L.data, a.grad, b.grad, c.grad, f.grad) == (-8.0, 6.0, -4.0, -2.0, 4.0)
    for leaf in (a, b, c, f):
        leaf.data += 0.01 * leaf.grad
    assert ((a * b + c) * f).data == close(-7.286496)


@pytest.mark.parametrize("output", ["o = tanh(n)", "e = exp(2*n); o = (e - 1) / (e + 1)"])
def test_lectures_neuron(ours, output):
    """The neuron's gradients, with tanh in one piece and broken up."""
    at = {"x1": 2.0, "x2": 0.0, "w1": -3.0, "w2": 1.0, "b": 6.8813735870195432}
    found = gradients(ours, f"n = x1*w1 + x2*w2 + b; {output}", at)
    assert found == {"x1": close(-1.5), "x2": close(0.5), "w1": close(1.0), "w2": close(0.0), "b": close(0.5)}


def test_values_used_twice(ours):
    """a + a, and f = (a*b) * (a+b)."""
    assert gradients(ours, "b = a + a", {"a": 3.0}) == {"a": 2.0}
    assert gradients(ours, "f = (a*b) * (a+b)", {"a": -2.0, "b": 3.0}) == {"a": -3.0, "b": -8.0}


def test_expression_of_the_micrograd_page(ours):
    """The repository's own example: g, dg/da and dg/db."""
    program = """c = a + b; d = a*b + b**3; c2 = c + c + 1; c3 = c2 + 1 + c2 + (-a); d2 = d + d*2 + relu(b + a)
d3 = d2 + 3*d2 + relu(b - a); e = c3 - d3; f = e**2; g = f/2.0 + 10.0/f"""
    at = {"a": -4.0, "b": 2.0}
    data = lecture1_micrograd.values.measure(ours.engine, program=program, at=at)["g.data"]
    assert data == close(24.70408163265306)
    assert gradients(ours, program, at) == {"a": close(138.83381924198252), "b": close(645.5772594752186)}


def test_derivatives_of_the_exercises(ours):
    """f(2, 3, 4), its gradient, and the central difference being far closer to it than the forward one."""
    point, gradient = [2.0, 3.0, 4.0], [-12.353553390593273, 10.25699027111255, 0.0625]

    def f(a: float, b: float, c: float) -> float:
        return -(a**3) + math.sin(3 * b) - 1.0 / c + b**2.5 - a**0.5

    assert f(*point) == close(6.336362190988558)
    assert ours.derivatives.gradf(*point) == [close(x) for x in gradient]
    central = ours.derivatives.numerical_gradient(f, point, 1e-4)
    forward = [ours.derivatives.slope(lambda x: f(x, 3.0, 4.0), 2.0, 1e-4)]
    assert abs(central[0] - gradient[0]) < abs(forward[0] - gradient[0]) / 100


def test_softmax_of_the_exercises(ours):
    """The loss of label 3, and the four gradients."""
    found = lecture1_micrograd.softmax_loss.measure(ours.engine, ours.softmax, logits=[0.0, 3.0, -2.0, 1.0], label=3)
    assert found["loss"] == close(2.1755153626167147)
    expected = [0.041772570515350445, 0.8390245074625319, 0.005653302662216329, -0.8864503806400986]
    assert found["logits' grad"] == [close(x) for x in expected]


def test_seeded_mlp_trains_as_recorded(ours):
    """MLP(3, [4, 4, 1]) from seed 1337: 41 parameters, its first output, and the losses of 20 steps."""
    model = ours.nn.MLP(3, [4, 4, 1], random.Random(1337))
    assert (len(model.parameters()), model([2.0, 3.0, -1.0]).data) == (41, close(0.42767811248845455))
    xs = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
    losses = ours.training.train(model, xs, [1.0, -1.0, -1.0, 1.0], 20, 0.1)
    recorded = {0: 6.005402783252284, 1: 3.2021496469205015, 9: 0.0673186675311987, 19: 0.01778187468615766}
    assert {k: losses[k] for k in recorded} == {k: pytest.approx(x, abs=1e-9) for k, x in recorded.items()}


def test_large_mlp_has_337_parameters(ours):
    """The repository's demo net."""
    assert len(ours.nn.MLP(2, [16, 16, 1]).parameters()) == 337


PARTS = ["({} + {})", "({} * {})", "({} - {})", "({} / ({}**2 + 1))", "tanh({})", "exp(tanh({}))", "relu({})",
         "(-{})", "({})**3", "log({}**2 + 1)", "(2 - {})", "(3 / ({}**2 + 2))"]  # fmt: skip


@st.composite
def programs(draw) -> str:
    """A program whose every line uses earlier results, so that many are shared."""
    names, lines = ["a", "b", "c"], []
    for number in range(draw(st.integers(1, 8))):
        part = draw(st.sampled_from(PARTS))
        lines.append(f"v{number} = {part.format(*(draw(st.sampled_from(names)) for _ in range(part.count('{}'))))}")
        names.append(f"v{number}")
    return "; ".join(lines)


@settings(max_examples=150, deadline=None)
@given(program=programs(), seed=st.integers(0, 10**6))
def test_gradients_agree_with_autograd(ours, program, seed):
    """Any expression with shared results: the gradients of torch.autograd in float64."""
    rng = random.Random(seed)
    at = {name: rng.uniform(-1.5, 1.5) for name in "abc"}
    try:
        found = gradients(ours, program, at)
    except OverflowError:  # towers of cubes: torch says infinity where math says so
        return
    expected = torch_gradients(program, at)
    assert found == {name: pytest.approx(x, rel=1e-9, abs=1e-9, nan_ok=True) for name, x in expected.items()}
