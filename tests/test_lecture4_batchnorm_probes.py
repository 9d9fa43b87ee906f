"""The probes of lecture 4: what they leave behind, and what they read from whatever a student hands back."""

import warnings
from types import SimpleNamespace

import pytest
import torch

from grader.course import load, reference_sources
from grader.inside.arrays import array, shown
from grader.inside.modules import Modules
from grader.inside.probe import NotAsStated
from grader.inside.probes import lecture4_batchnorm as probes
from grader.inside.probes.lecture4_batchnorm.doubles import doubles
from grader.inside.probes.lecture4_batchnorm.shared import in_float64, named, per_unit, short


@pytest.fixture(scope="module")
def layers():
    """Our own layers.py."""
    lecture = load().lecture("lecture4_batchnorm")
    with Modules(lecture.id, reference_sources(lecture)).fresh(["layers"]) as modules:
        yield modules["layers"]


def test_default_dtype_comes_back_after_an_exception():
    found = []
    with pytest.raises(ZeroDivisionError), in_float64():
        found.append((torch.zeros(1).dtype, 1 / 0))
    assert not found
    with in_float64():
        assert torch.zeros(1).dtype == torch.float64
    assert torch.get_default_dtype() == torch.float32


def test_spread_of_a_single_row_is_nan_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with in_float64():
            assert torch.ones((1, 2)).std(0).isnan().all()


def test_too_many_parameters_are_counted_in_the_sentence():
    with pytest.raises(NotAsStated, match=r"gives 3 tensors with 1,006 numbers; the statement asks for 2: C, W1"):
        named([torch.zeros(2, 3), torch.zeros(500), torch.zeros(500)], ["C", "W1"], "init_parameters(...)")


@pytest.mark.parametrize("shape", [(3,), (1, 3)])
def test_running_statistics_may_have_either_shape(shape):
    assert per_unit(torch.arange(3.0).reshape(shape), "bnmean").tolist() == [0.0, 1.0, 2.0]


def test_dtype_is_shown_once():
    show = short(lambda x, y: f"f({shown(x)}, {shown(y)})")
    assert show(x=array([1.0]), y=array([2.0])) == "f(torch.tensor([1.0]), torch.tensor([2.0]))    (all in float64)"


def test_layer_that_hands_back_a_result_off_the_graph_is_told_so(layers):
    class Cut(layers.Tanh):
        def __call__(self, x):
            self.out = torch.tanh(x).detach()
            return self.out

    with pytest.raises(NotAsStated, match="cut off from the graph"):
        probes.tanh_output.measure(SimpleNamespace(Tanh=Cut), x=array([[0.5, 2.0]]), upstream=array([[1.0, 3.0]]))


def test_shapes_for_the_suites_are_those_of_the_reference(layers):
    C, stack = layers.deep_net(27, 3, 10, 100, 5, torch.Generator().manual_seed(1))
    ours = [tuple(p.shape) for p in layers.parameters_of(C, stack)]
    assert probes.parameter_shapes([27, 3, 10, 100, 5]) == ours


def test_doubles_are_put_away_again(layers):
    """Also after an exception, and while they are there they still count as the student's classes."""
    own = layers.Linear, layers.BatchNorm1d, layers.Tanh
    with doubles(layers):
        assert isinstance(layers.Linear(2, 3), own[0])
        assert layers.Tanh is not own[2]
    with pytest.raises(ZeroDivisionError), doubles(layers):
        raise ZeroDivisionError
    assert (layers.Linear, layers.BatchNorm1d, layers.Tanh) == own


def test_a_double_needs_nothing_of_the_layer_it_stands_for(layers, monkeypatch):
    """Neither a layer that is not written yet nor one of another shape changes what is measured of a net."""
    expected = probes.deep_net_draws.measure(layers, sizes=[5, 2, 3, 4, 2], seed=1)

    def unwritten(self, *sizes, **options):
        raise NotImplementedError("linear")

    def turned(self, fan_in, fan_out, bias=True, generator=None):
        self.weight, self.bias = torch.zeros(fan_out, fan_in, requires_grad=True), torch.ones(7)

    for init in (unwritten, turned):
        monkeypatch.setattr(layers.Linear, "__init__", init)
        found = probes.deep_net_draws.measure(layers, sizes=[5, 2, 3, 4, 2], seed=1)
        assert all(torch.equal(a, b) for a, b in zip(found["weights"], expected["weights"], strict=True))


def test_a_double_collects_gradients_where_the_layer_does(layers, monkeypatch):
    """Whether a layer or the net asks for them is the student's choice."""
    with doubles(layers):
        assert not layers.Linear(2, 3).weight.requires_grad

    def asking(self, fan_in, fan_out, bias=True, generator=None):
        self.weight, self.bias = torch.nn.Parameter(torch.zeros(fan_in, fan_out)), None

    monkeypatch.setattr(layers.Linear, "__init__", asking)
    with doubles(layers):
        assert layers.Linear(2, 3, bias=False).weight.requires_grad
