"""Our solution of lecture 6: every example in its docstrings, and the numbers that the lecture prints."""

import doctest
from collections.abc import Iterator
from types import SimpleNamespace

import lecture_kit as kit
import pytest
import torch
import torch.nn.functional as F

from grader.course import load, reference_sources
from grader.inside.modules import Modules

NAMES = ("layers", "model", "exercises")


@pytest.fixture(scope="module")
def ours() -> Iterator[SimpleNamespace]:
    lecture = load().lecture("lecture6_wavenet")
    with Modules(lecture.id, reference_sources(lecture)).fresh(NAMES) as modules:
        yield SimpleNamespace(**modules)


def seeded(seed=42):
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("name", NAMES)
def test_examples_in_docstrings(ours, name):
    """Every example that a student can type gives what the docstring says."""
    module = getattr(ours, name)
    globs = {"torch": torch, **vars(ours.layers), **vars(module)}
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for test in doctest.DocTestFinder().find(module, globs=globs):
        runner.run(test)
    assert runner.tries > 0
    assert runner.failures == 0


def test_linear_example(ours):
    linear = ours.layers.Linear(2, 3)
    linear.weight, linear.bias = torch.tensor([[1.0, 2, 3], [4, 5, 6]]), torch.tensor([0.5, 0, -0.5])
    assert linear(torch.tensor([[[1.0, -1.0], [0.0, 2.0]]])).tolist() == [[[-2.5, -3.0, -3.5], [8.5, 10.0, 11.5]]]


@pytest.fixture(scope="module")
def splits(lecture_words):
    return kit.lecture_splits(lecture_words, 8)


def test_data_of_the_lecture(splits):
    """L6.02 and L6.03: the sizes, and the first target under a context of eight."""
    assert [len(X) for X, _ in splits.values()] == [182625, 22655, 22866]
    X, Y = splits["train"]
    assert X.shape == (182625, 8)
    assert X[0].tolist() == [0] * 8
    assert X[1].tolist() == [0] * 7 + [Y[0].item()]


def test_first_losses_of_the_lecture(ours, splits):
    """L6.04, the start of L6.05 (TR.wavenet), and L6.08."""
    g = seeded()
    net = ours.model.build_model(27, 8, 24, 128, g)
    assert sum(p.nelement() for p in net.parameters()) == 76579
    losses = ours.model.train(net, *splits["train"], 101, 32, lambda step: 0.1, g)
    expected = {0: 3.3167154788970947, 1: 3.2927401065826416, 10: 2.965362071990967, 100: 2.602126359939575}
    assert [losses[step] for step in expected] == pytest.approx(list(expected.values()), abs=1e-5)
    ours.model.eval_mode(net)
    assert [net(splits["train"][0][rows]).shape for rows in ([7], slice(7, 15))] == [(1, 27), (8, 27)]
    assert all(norm.running_mean.numel() == 128 for norm in net.layers if isinstance(norm, ours.layers.BatchNorm1d))


def test_sizes_of_the_lectures_nets(ours):
    """22,097 for the flat net at first, 22,397 for a tree of about the same size."""
    flat, tree = ours.model.build_flat(27, 8, 10, 200, seeded()), ours.model.build_model(27, 8, 10, 68, seeded())
    assert [sum(p.nelement() for p in net.parameters()) for net in (flat, tree)] == [22097, 22397]
    assert flat(torch.zeros((4, 8), dtype=torch.int64)).shape == (4, 27)


def test_the_lectures_first_batch_norm_is_another_layer(ours):
    """With a mean for each position the buffers are (1, T, C); the outputs differ as soon as positions do."""
    x = torch.randn((32, 4, 68), generator=seeded()) + torch.arange(4.0).view(4, 1)
    norm = ours.layers.BatchNorm1d(68)
    out = norm(x)
    by_position = (x - x.mean(0)) / (x.var(0) + 1e-5).sqrt()
    assert norm.running_mean.numel() == norm.running_var.numel() == 68
    assert x.mean(0, keepdim=True).shape == (1, 4, 68)
    assert not torch.allclose(out, by_position, atol=0.5)
    assert torch.allclose(out.mean((0, 1)), torch.zeros(68), atol=1e-5)


def test_torchs_batch_norm_has_its_channels_in_the_middle(ours):
    """It raises where T is not C, is silent where it is, and agrees on (B, C, T) up to the division by n."""
    theirs = torch.nn.BatchNorm1d(3, dtype=torch.float64)
    x = torch.randn((5, 4, 3), generator=seeded(), dtype=torch.float64)
    with pytest.raises(RuntimeError, match="running_mean should contain 4 elements not 3"):
        theirs(x)
    square = x[:, :3]
    mine = ours.layers.BatchNorm1d(3)
    assert not torch.allclose(theirs(square), mine(square), atol=0.1)
    n = 20
    found = F.batch_norm(x.transpose(1, 2), None, None, training=True, eps=1e-5 * (n - 1) / n).transpose(1, 2)
    assert torch.allclose(found * ((n - 1) / n) ** 0.5, ours.layers.BatchNorm1d(3)(x))


def test_sliding_gives_what_window_by_window_gives(ours):
    """Over a whole row at once, for a net that has been trained a little."""
    g = seeded()
    net = ours.model.build_model(27, 8, 6, 10, g)
    X, Y = torch.randint(0, 27, (50, 8), generator=g), torch.randint(0, 27, (50,), generator=g)
    ours.model.train(net, X, Y, 20, 16, lambda step: 0.1, g)
    ours.model.eval_mode(net)
    rows = torch.randint(0, 27, (3, 15), generator=g)
    slid = ours.exercises.slide(net, rows)
    one_by_one = torch.stack([net(rows[:, i : i + 8]) for i in range(8)], dim=1)
    assert slid.shape == (3, 8, 27)
    assert torch.allclose(slid, one_by_one, atol=1e-5)


@pytest.mark.parametrize("dilations", [[1, 2, 4], [1, 1, 1], [3]])
def test_reach_is_as_counted(ours, dilations):
    """What is counted is what is seen."""
    weights = [torch.randn((4, 2), generator=seeded(i)) for i in range(len(dilations))]

    def net(x):
        for weight, dilation in zip(weights, dilations, strict=True):
            x = ours.exercises.causal_convolution(x, weight, dilation)
        return x

    seen = ours.exercises.seen_inputs(net, torch.randn((1, 12, 2), generator=seeded()))
    assert 12 - seen[0] == ours.exercises.receptive_field(2, dilations)


def test_shapes_are_as_predicted(ours):
    for block_size in (2, 4, 8, 16):
        net = ours.model.build_model(27, block_size, 24, 128, seeded())
        X = torch.zeros((4, block_size), dtype=torch.int64)
        assert ours.exercises.seen_shapes(net, X) == ours.exercises.predicted_shapes(27, block_size, 24, 128, 4)
