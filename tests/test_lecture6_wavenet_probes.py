"""The probes of lecture 6: doubles that need nothing of the student's, and what is read from whatever comes back."""

from types import SimpleNamespace

import pytest
import torch

from grader.course import load, reference_sources
from grader.inside.arrays import array
from grader.inside.modules import Modules
from grader.inside.plain import Array
from grader.inside.probe import NotAsStated
from grader.inside.probes import lecture6_wavenet as probes
from grader.inside.probes.lecture6_wavenet.bare_net import ready_net
from grader.inside.probes.lecture6_wavenet.doubles import DOUBLES, doubles
from grader.inside.probes.lecture6_wavenet.shared import in_float64

SIZES = [5, 4, 2, 3]


@pytest.fixture(scope="module")
def ours():
    """Our own modules."""
    lecture = load().lecture("lecture6_wavenet")
    with Modules(lecture.id, reference_sources(lecture)).fresh(["layers", "model", "exercises"]) as modules:
        yield SimpleNamespace(**modules)


def numbers(sizes=SIZES):
    return array([0.1 * (i % 23) - 1.05 for i in range(probes.count(probes.tree_shapes(sizes)))])


@pytest.mark.parametrize("block_size", [2, 4, 8, 32])
def test_shapes_for_the_suites_are_those_of_the_reference(ours, block_size):
    source, sizes = torch.Generator(), (6, block_size, 3, 4)
    tree, flat = ours.model.build_model(*sizes, source), ours.model.build_flat(*sizes, source)
    assert [tuple(p.shape) for p in tree.parameters()] == probes.tree_shapes(sizes)
    assert [tuple(p.shape) for p in flat.parameters()] == probes.flat_shapes(sizes)


def test_doubles_are_put_away_again(ours):
    """Also after an exception; in between, every module finds them, and they still count as the student's classes."""
    own = {name: getattr(ours.layers, name) for name in DOUBLES}
    with doubles(ours.layers, own=("Sequential",)):
        assert isinstance(ours.layers.Linear(2, 3), own["Linear"])
        assert ours.model.Linear is ours.layers.Linear is not own["Linear"]
        assert ours.layers.Sequential is own["Sequential"]
    with pytest.raises(ZeroDivisionError), doubles(ours.layers):
        raise ZeroDivisionError
    assert {name: getattr(ours.layers, name) for name in DOUBLES} == own


def test_a_double_needs_nothing_of_the_layer_it_stands_for(ours, monkeypatch):
    """Layers that are not written yet change nothing of what is measured of a net."""
    expected = probes.tree_parts.measure(ours.layers, ours.model, sizes=SIZES, seed=1)

    def unwritten(self, *sizes, **options):
        raise NotImplementedError("a layer")

    for name in DOUBLES:
        monkeypatch.setattr(getattr(ours.layers, name), "__init__", unwritten)
        monkeypatch.setattr(getattr(ours.layers, name), "__call__", unwritten)
        monkeypatch.setattr(getattr(ours.layers, name), "parameters", unwritten)
    found = probes.tree_parts.measure(ours.layers, ours.model, sizes=SIZES, seed=1)
    assert all(torch.equal(a, b) for a, b in zip(found.pop("weights"), expected.pop("weights"), strict=True))
    assert found == expected


def test_a_container_of_modules_keeps_its_modules(ours, monkeypatch):
    """A Sequential that is a module of torch's is filled once, by its own start."""

    class Sequential(torch.nn.Module):
        def __init__(self, layers):
            super().__init__()
            self.layers = torch.nn.ModuleList(layers)

    for name in DOUBLES:
        base = type(name, (torch.nn.Module,), {}) if name != "Sequential" else Sequential
        monkeypatch.setattr(ours.layers, name, base)
    with in_float64(), doubles(ours.layers):
        net = ready_net(ours.layers, SIZES, numbers())
        assert isinstance(net.layers, torch.nn.ModuleList)
        net.eval()
        assert not any(layer.training for layer in net.layers)
        assert net(torch.zeros((2, 4), dtype=torch.int64)).shape == (2, 5)


def test_symbols_are_counted_on_the_trusted_side():
    """What the worker counted is compared there with how many the rows hold."""
    X = array([[0, 1, 2], [2, 1, 0]], "int64")
    for count, again in ((6, 0), (4, 0), (12, 6)):
        found = probes.slid_logits.conclude({"logits": None, "symbols looked up": count}, X=X, sizes=[], numbers=None)
        assert found["symbols looked up again"] == again
    with pytest.raises(NotAsStated, match="it should hold ints"):
        probes.slid_logits.conclude({"logits": None, "symbols looked up": "few"}, X=X, sizes=[], numbers=None)


@pytest.mark.parametrize("shape", [(3,), (1, 3), (1, 1, 3)])
def test_buffers_may_have_any_of_three_shapes(ours, shape):
    """And keep it when numbers are handed in."""

    class Other(ours.layers.BatchNorm1d):
        def __init__(self, dim, **options):
            super().__init__(dim, **options)
            self.running_mean, self.running_var = torch.zeros(shape), torch.ones(shape)

    x, ones = array([[[0.5, 1.0, 2.0]], [[1.0, -3.0, 0.0]]]), array([1.0, 2.0, 3.0])
    given = {"mean": ones, "var": ones, "gamma": ones, "beta": ones, "x": x}
    theirs = probes.batchnorm_evaluation.measure(SimpleNamespace(BatchNorm1d=Other), **given)
    expected = probes.batchnorm_evaluation.measure(ours.layers, **given)
    assert {name: value.tolist() for name, value in theirs.items()} == {
        name: value.tolist() for name, value in expected.items()
    }


def test_large_inputs_are_shown_by_their_shape():
    values = Array("float64", (9, 9, 9), bytes(8 * 729))
    assert "a float64 tensor of shape (9, 9, 9)" in probes.flat_output.show(x=values, upstream=values)
