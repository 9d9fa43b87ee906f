"""The probes of lecture 5: who differentiates, what was changed, and what is read from what a student hands back."""

from types import SimpleNamespace

import pytest
import torch
from torch.autograd import forward_ad
from torch.autograd.variable import Variable

from grader.course import load, reference_sources
from grader.inside.arrays import array
from grader.inside.modules import Modules
from grader.inside.probe import NotAsStated
from grader.inside.probes import lecture5_backprop as probes
from grader.inside.probes.lecture5_backprop.shared import handed, named, row

PROBS, ARRIVING = array([[0.25, 0.5, 0.25]]), array([[-1.0, 0.5, 2.0]])


def by_backward(probs, dlogprobs):
    p = probs.detach().requires_grad_()
    (p.log() * dlogprobs).sum().backward()
    return p.grad


def by_grad(probs, dlogprobs):
    p = probs.detach().requires_grad_()
    return torch.autograd.grad((p.log() * dlogprobs).sum(), p)[0]


def by_a_hook(probs, dlogprobs):
    found, p = [], probs.clone().requires_grad_()
    p.register_hook(found.append)
    (p.log() * dlogprobs).sum().backward()
    return found[0]


def on_what_comes_in(probs, dlogprobs):
    (probs.requires_grad_().log() * dlogprobs).sum().backward()
    return probs.grad


def by_vjp(probs, dlogprobs):
    return torch.func.vjp(torch.log, probs)[1](dlogprobs)[0]


def by_jvp(probs, dlogprobs):
    return torch.func.jvp(torch.log, (probs,), (dlogprobs,))[1]


def by_duals(probs, dlogprobs):
    with forward_ad.dual_level():
        return forward_ad.unpack_dual(forward_ad.make_dual(probs, dlogprobs).log()).tangent


def in_a_thread(probs, dlogprobs):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(by_backward, probs, dlogprobs).result()


def by_hand(probs, dlogprobs):
    return dlogprobs / probs


def by_hand_on_a_graph(probs, dlogprobs):
    """Nobody walks it."""
    return dlogprobs / probs.clone().requires_grad_()


def told(function):
    return probes.GRADIENTS["dprobs"].measure(SimpleNamespace(dprobs=function), probs=PROBS, dlogprobs=ARRIVING)


@pytest.mark.parametrize(
    "function", [by_backward, by_grad, by_a_hook, on_what_comes_in, by_vjp, by_jvp, by_duals, in_a_thread]
)
def test_whoever_lets_torch_differentiate_is_seen(function):
    """Backwards or forwards, by whatever name, and the numbers are right all the same."""
    found = told(function)
    assert found["dprobs"].tolist() == [[-4.0, 1.0, 8.0]]
    assert found["torch did the differentiating"] is True


def by_hand_with_a_habit(probs, dlogprobs):
    """It asks for gradients, as one does, and never fetches any."""
    return (dlogprobs / probs.requires_grad_()).detach()


@pytest.mark.parametrize("function", [by_hand, by_hand_on_a_graph, by_hand_with_a_habit])
def test_whoever_works_by_hand_is_not(function):
    """Also where torch notes a graph that is never walked."""
    found = told(function)
    assert found["dprobs"].tolist() == [[-4.0, 1.0, 8.0]]
    assert (found["torch did the differentiating"], found["what was handed in"]) == (False, "as it was")


def test_torch_is_as_before_afterwards():
    """Also after an exception."""
    before = Variable._execution_engine, forward_ad.make_dual, torch.get_default_dtype()
    with handed(x=torch.ones(2)):
        assert Variable._execution_engine is not before[0]
    found = []
    with pytest.raises(ZeroDivisionError), handed(x=torch.ones(2)):
        found.append(1 / 0)
    assert not found
    assert (Variable._execution_engine, forward_ad.make_dual, torch.get_default_dtype()) == before


def test_what_was_changed_is_told_by_name():
    def divides_in_place(probs, dlogprobs):
        dlogprobs /= probs
        probs += 1
        return dlogprobs

    assert told(divides_in_place)["what was handed in"] == "probs and dlogprobs changed"


@pytest.mark.parametrize("shape", [(3,), (1, 3)])
def test_one_number_per_unit_may_have_either_shape(shape):
    assert row(torch.zeros(shape)).shape == (1, 3)
    assert named("bnvar", torch.zeros(shape), "bnvar").shape == (1, 3)
    assert named("b1", torch.zeros(shape), "b1").shape == shape


def test_every_function_of_the_file_has_a_probe():
    """With the arguments of its statement, in their order."""
    lecture = load().lecture("lecture5_backprop")
    with Modules(lecture.id, reference_sources(lecture)).fresh(["pieces"]) as modules:
        written = {name: f for name, f in vars(modules["pieces"]).items() if callable(f) and name.startswith("d")}
    assert len(written) == 26
    code = {name: f.__code__.co_varnames[: f.__code__.co_argcount] for name, f in written.items()}
    assert code == probes.ARGUMENTS


def test_what_is_no_answer_of_yes_or_no_is_refused():
    answers = SimpleNamespace(cmp=lambda dt, t: ("no", True, 0.0))
    with pytest.raises(NotAsStated, match="exact is a str; it should be True or False"):
        probes.comparison.measure(answers, dt=PROBS, t=PROBS)
