"""What the probes of the tensor lectures share: arrays there and back, generators, and draws that are watched."""

import sys
from types import ModuleType

import pytest
import torch

from grader.inside import arrays, plain, tensors
from grader.inside.modules import Modules
from grader.inside.probe import NotAsStated
from grader.judging.fresh_inputs import Draw


@pytest.fixture
def module(monkeypatch):
    """A student's module, and beside it the one that it has its draws from, which imports the function by name."""
    beside = ModuleType("lecture9_test.counts")
    beside.multinomial = torch.multinomial
    monkeypatch.setitem(sys.modules, beside.__name__, beside)
    made = ModuleType("lecture9_test.neural")
    made.counts = beside
    return made


@pytest.mark.parametrize("dtype", ["float64", "float32", "int64", "int32", "bool", "uint8", "bfloat16"])
def test_arrays_come_back_as_the_tensors_they_were(dtype):
    """There and back nothing changes, whatever the dtype; and the codec sees the same array."""
    values = torch.tensor([[0, 1, 2], [3, 4, 5]]).to(getattr(torch, dtype))
    made = tensors.array_of(values.t())
    assert torch.equal(tensors.tensor(made), values.t())
    assert plain.decode(plain.encode(values.t())) == made
    assert (made.dtype, made.shape) == (dtype, (3, 2))


def test_an_empty_array_keeps_its_shape():
    """No numbers at all is an array too."""
    made = tensors.array_of(torch.empty(0, 5))
    assert tensors.tensor(made).shape == (0, 5)
    assert arrays.shown(made) == "a float32 tensor of shape (0, 5)"


def test_a_tensor_has_memory_of_its_own():
    """What one measurement writes into its input is not seen by the next."""
    made = arrays.array([1.5, 2.5])
    tensors.tensor(made)[0] = 9
    assert tensors.tensor(made).tolist() == [1.5, 2.5]


@pytest.mark.parametrize(
    ("nested", "dtype", "text"),
    [
        ([[1.5, -2.0]], "float64", "torch.tensor([[1.5, -2.0]], dtype=torch.float64)"),
        ([1, 2], "int64", "torch.tensor([1, 2])"),
        ([0.5], "float32", "torch.tensor([0.5])"),
        ([0.1, -2.345], "float32", "torch.tensor([0.1, -2.345])"),
        ([0.5] * 30, "float64", "a float64 tensor of shape (30,)"),
        ([1] * 30, "int64", "an int64 tensor of shape (30,)"),
    ],
)
def test_small_arrays_are_shown_as_typed(nested, dtype, text):
    """A student can copy what is shown; long arrays are told by dtype and shape."""
    assert arrays.shown(arrays.array(nested, dtype)) == text


def test_what_is_not_a_tensor_is_said():
    """The sentence names what came instead."""
    with pytest.raises(NotAsStated, match=r"P is None \(is a return missing\?\); it should be a tensor"):
        tensors.as_tensor(None, "P")
    with pytest.raises(NotAsStated, match="N has dtype float32; it should hold whole numbers"):
        tensors.whole_numbers(torch.zeros(2), "N")
    with pytest.raises(NotAsStated, match=r"the loss is a tensor of shape \(2,\); it should be one number"):
        tensors.number_of(torch.zeros(2), "the loss")


@pytest.mark.parametrize("value", [2.5, torch.tensor(2.5), torch.tensor([[2.5]], requires_grad=True)])
def test_a_number_may_come_as_a_tensor(value):
    """A float, a 0-d tensor and a tensor of one entry are one number."""
    assert tensors.number_of(value, "it") == 2.5


def test_next_number_tells_how_often_a_generator_was_asked():
    """It looks ahead without drawing; one more draw shows."""
    source = tensors.generator(3)
    ahead = tensors.next_number(source)
    assert ahead == tensors.next_number(source) == float(torch.rand(1, generator=source, dtype=torch.float64))
    assert ahead != tensors.next_number(source)


def test_draws_are_logged_by_every_name(module):
    """The function, the method and the imported name all go through the log, with the real stream."""
    row = torch.tensor([0.25, 0.75])
    expected = [int(torch.multinomial(row, 1, generator=source)) for source in [tensors.generator(1)] for _ in range(3)]
    source = tensors.generator(1)
    with tensors.watched_draws([module]) as draws:
        got = [
            int(torch.multinomial(row, 1, generator=source)),
            int(row.multinomial(num_samples=1, generator=source)),
            int(module.counts.multinomial(row[None], 1, replacement=True, generator=source)),
        ]
    assert got == expected
    assert draws.rows == [[0.25, 0.75]] * 3
    assert module.counts.multinomial is torch.multinomial


def test_a_script_decides_what_is_drawn(module):
    """In the shape that a real draw has; when it is used up, that is said."""
    with tensors.watched_draws([module], script=[1, 0]):
        assert torch.multinomial(torch.ones(2), 1).tolist() == [1]
        assert torch.multinomial(torch.ones(1, 2), 1).tolist() == [[0]]
        with pytest.raises(NotAsStated, match="after 2 draws the names were complete, and one more was made"):
            torch.multinomial(torch.ones(2), 1)


def test_an_endless_loop_of_draws_ends():
    """Neither a worker nor our own process hangs; afterwards everything is as before."""
    real = torch.multinomial
    with tensors.watched_draws([], limit=20):
        for _ in range(20):
            torch.multinomial(torch.ones(2), 1)
        with pytest.raises(NotAsStated, match="more than 20 draws"):
            torch.multinomial(torch.ones(2), 1)
    assert torch.multinomial is real


def test_drawn_inputs_are_the_same_for_the_same_seed():
    """Arrays, whole numbers and words come from the class seed alone."""

    def drawn(seed):
        draw = Draw(seed)
        return draw.array(3, 4), draw.integers(5, low=0, high=27), draw.words(6)

    assert drawn("1 a") == drawn("1 a") != drawn("2 a")


def test_drawn_inputs_are_what_was_asked_for():
    """Shapes, ranges, every letter, no word twice."""
    draw = Draw("7 shapes")
    numbers, whole, words = draw.array(3, 4, low=-1, high=1), draw.integers(50, low=2, high=5), draw.words(9, "abc")
    assert tensors.tensor(numbers).abs().max() <= 1
    assert (numbers.dtype, draw.array(2, dtype="float32").dtype) == ("float64", "float32")
    assert set(tensors.tensor(whole).tolist()) == {2, 3, 4}
    assert len(set(words)) == 9
    assert set("".join(words)) == set("abc")


def test_switches_of_torch_do_not_outlast_a_measurement():
    """Code that turns gradients off, or the default dtype to float64, does so for itself alone."""
    source = "import torch\ntorch.set_grad_enabled(False)\ntorch.set_default_dtype(torch.float64)\n"
    with Modules("lecture9_test", {"counts.py": source}).fresh(["counts"]):
        assert not torch.is_grad_enabled()
    assert torch.is_grad_enabled()
    assert torch.get_default_dtype() == torch.float32


@pytest.mark.parametrize("dtype", ["float64", "float32", "int64", "bool"])
@pytest.mark.parametrize("nested", [[], [[]], [True], [[1, 0], [0, 1], [1, 1]], [[[0.1, 1e-30]], [[3.3, -2.345]]]])
def test_an_array_is_what_torch_makes_of_the_numbers(nested, dtype):
    """It is made without torch, and still to the last bit."""
    if dtype in ("int64", "bool"):
        nested = torch.tensor(nested).to(getattr(torch, dtype)).tolist()
    made = arrays.array(nested, dtype)
    assert made == tensors.array_of(torch.tensor(nested, dtype=getattr(torch, dtype)))
    assert arrays.numbers(made).tolist() == tensors.tensor(made).tolist()
