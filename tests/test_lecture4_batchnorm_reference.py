"""Our solution of lecture 4: every example in its docstrings, and the numbers that the lecture prints."""

import doctest
import math
import random
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import torch
import torch.nn.functional as F

from grader.course import load, reference_sources
from grader.inside.modules import Modules

NAMES = ("initialisation", "batchnorm", "layers", "diagnostics", "exercises")
SEED = 2147483647


@pytest.fixture(scope="module")
def ours() -> Iterator[SimpleNamespace]:
    lecture = load().lecture("lecture4_batchnorm")
    with Modules(lecture.id, reference_sources(lecture)).fresh(NAMES) as modules:
        yield SimpleNamespace(**modules)


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
    assert linear(torch.tensor([[1.0, -1.0]])).tolist() == [[-2.5, -3.0, -3.5]]


def test_uniform_loss_and_gains(ours):
    assert ours.initialisation.expected_initial_loss(27) == pytest.approx(3.295836866004329, abs=1e-15)
    found = [ours.initialisation.kaiming_std(100, kind) for kind in ("tanh", "relu", "linear")]
    assert found == pytest.approx([1 / 6, math.sqrt(2) / 10, 0.1], abs=1e-15)


def generator():
    return torch.Generator().manual_seed(SEED)


def dataset(words, block_size=3):
    """The lecture's training split, and the other two: shuffled with seed 42, cut at 80 and 90 per cent."""
    stoi = {".": 0} | {letter: i for i, letter in enumerate(sorted(set("".join(words))), 1)}
    words = list(words)
    random.seed(42)
    random.shuffle(words)
    a, b = int(0.8 * len(words)), int(0.9 * len(words))
    return [_examples(part, stoi, block_size) for part in (words[:a], words[a:b], words[b:])]


def _examples(words, stoi, block_size):
    X, Y = [], []
    for word in words:
        context = [0] * block_size
        for letter in f"{word}.":
            X.append(context)
            Y.append(stoi[letter])
            context = [*context[1:], stoi[letter]]
    return torch.tensor(X), torch.tensor(Y)


@pytest.fixture(scope="module")
def splits(lecture_words):
    return dataset(lecture_words)


def batch(X, Y, source):
    ix = torch.randint(0, X.shape[0], (32,), generator=source)
    return X[ix], Y[ix]


def first_loss(parameters, X, Y):
    C, W1, b1, W2, b2 = parameters
    h = torch.tanh(C[X].view(len(X), -1) @ W1 + b1)
    return F.cross_entropy(h @ W2 + b2, Y).item(), h


def test_first_losses_of_the_lecture(ours, splits):
    """27.88 with plain normal weights, 3.3179 with the calm start (L4.11), and how much is saturated (L4.12)."""
    (X, Y), _, _ = splits
    source = generator()
    shapes = [(27, 10), (30, 200), (200,), (200, 27), (27,)]
    plain = [torch.randn(shape, generator=source) for shape in shapes]
    Xb, Yb = batch(X, Y, source)
    loss, h = first_loss(plain, Xb, Yb)
    assert loss == pytest.approx(27.881732940673828, abs=1e-4)
    assert ours.initialisation.saturated_fraction(h) == pytest.approx(0.60953, abs=0.002)
    calm = ours.initialisation.init_parameters(27, 3, 10, 200, generator())
    loss, h = first_loss(calm, Xb, Yb)
    assert loss == pytest.approx(3.3179006576538086, abs=1e-4)
    assert ours.initialisation.saturated_fraction(h) == pytest.approx(0.0814, abs=0.002)
    assert ours.initialisation.dead_neurons(h) == 0


def test_training_with_batch_norm_written_out(ours, splits):
    """The first losses of the lecture's net with batch norm (TR.bnmlp), and its statistics afterwards."""
    (X, Y), _, _ = splits
    source = generator()
    parameters = ours.batchnorm.bn_parameters(27, 3, 10, 200, source)
    torch.randn(27, generator=source)  # the lecture draws b2 as well, and multiplies it by 0
    C, W1, W2, b2, bngain, bnbias = parameters
    losses = []
    mean, std = torch.zeros((1, 200)), torch.ones((1, 200))
    for _ in range(101):
        Xb, Yb = batch(X, Y, source)
        hpreact = C[Xb].view(32, -1) @ W1
        h = torch.tanh(ours.batchnorm.normalise_batch(hpreact, bngain, bnbias))
        mean, std = ours.batchnorm.update_running(mean, std, hpreact)
        loss = F.cross_entropy(h @ W2 + b2, Yb)
        losses.append(loss.item())
        for p in parameters:
            p.grad = None
        loss.backward()
        for p in parameters:
            p.data += -0.1 * p.grad
    expected = {0: 3.3238625526428223, 1: 3.2736191749572754, 10: 3.0890250205993652, 100: 2.1434271335601807}
    assert [losses[i] for i in expected] == pytest.approx(list(expected.values()), abs=2e-5)
    bnmean, bnstd = ours.batchnorm.calibrate(C, W1, dict(zip(("train", "dev", "test"), splits, strict=True)))
    assert bnmean.shape == bnstd.shape == (1, 200)
    one = ours.batchnorm.predict(parameters, X[:1], bnmean, bnstd)
    many = ours.batchnorm.predict(parameters, X[:9], bnmean, bnstd)
    assert torch.allclose(one[0], many[0], atol=1e-5)


def deep_training(ours, X, Y, steps):
    source = generator()
    C, layers = ours.layers.deep_net(27, 3, 10, 100, 5, source)
    parameters = ours.layers.parameters_of(C, layers)
    losses = []
    for _ in range(steps):
        Xb, Yb = batch(X, Y, source)
        loss = F.cross_entropy(ours.layers.forward(C, layers, Xb), Yb)
        losses.append(loss.item())
        for p in parameters:
            p.grad = None
        loss.backward()
        for p in parameters:
            p.data += -0.1 * p.grad
    return losses, layers, parameters


def test_deep_net_of_the_lecture(ours, splits):
    """47,024 parameters, the losses of its first steps (TR.deep), and healthy statistics."""
    (X, Y), _, _ = splits
    losses, layers, parameters = deep_training(ours, X, Y, 51)
    assert sum(p.nelement() for p in parameters) == 47024
    expected = {0: 3.2870309352874756, 1: 3.284299373626709, 10: 3.2144694113731384, 50: 2.9331161975860596}
    assert [losses[i] for i in expected] == pytest.approx(list(expected.values()), abs=1e-5)
    stats = ours.diagnostics.activation_stats(layers)
    assert len(stats) == 5
    assert all(abs(mean) < 0.05 and 0.55 < std < 0.7 and share < 0.05 for mean, std, share in stats)
    ratios = ours.diagnostics.update_ratios(parameters, 0.1)
    assert len(ratios) == 7
    assert all(-4 < ratio < -1 for ratio in ratios)


def test_zero_start_of_the_lecture(ours, splits):
    """The loss stops at the entropy of the characters, about 2.82."""
    (_, Y), _, _ = splits
    assert ours.exercises.zero_start_limit(Y, 27) == pytest.approx(2.82, abs=0.01)


def test_prediction_of_what_moves_is_what_moves(ours):
    """For all 32 ways to start some parameters at zero."""
    shapes = {"C": (5, 3), "W1": (6, 4), "b1": (4,), "W2": (4, 5), "b2": (5,)}
    X, Y = torch.tensor([[0, 1], [2, 3], [4, 0]]), torch.tensor([1, 1, 4])
    source = generator()
    for bits in range(32):
        zeroed = [name for i, name in enumerate(shapes) if bits >> i & 1]
        parameters = [
            (torch.zeros(shape) if name in zeroed else torch.randn(shape, generator=source)).requires_grad_()
            for name, shape in shapes.items()
        ]
        assert ours.exercises.seen_to_move(parameters, X, Y) == ours.exercises.predicted_to_move(zeroed)


def test_biased_layer_of_torch_is_another_one(ours):
    """torch.nn.BatchNorm1d normalises with the biased variance, ours as the lecture does; the buffers agree."""
    x = torch.randn((4, 3), generator=generator(), dtype=torch.float64)
    theirs, mine = torch.nn.BatchNorm1d(3, dtype=torch.float64), ours.layers.BatchNorm1d(3)
    assert not torch.allclose(mine(x), theirs(x), atol=1e-3)
    assert torch.allclose(mine.running_var.view(-1), theirs.running_var)
    theirs.eval()
    mine.training = False
    assert torch.allclose(mine(x), theirs(x))


def test_folded_layer_agrees_at_evaluation(ours):
    source = generator()
    linear, bn = ours.layers.Linear(5, 3, generator=source), ours.layers.BatchNorm1d(3)
    linear.bias = torch.randn(3, generator=source)
    bn.gamma, bn.beta = torch.randn(3, generator=source), torch.randn(3, generator=source)
    for _ in range(20):
        bn(linear(torch.randn((8, 5), generator=source)))
    bn.training = False
    x = torch.randn((4, 5), generator=source)
    assert torch.allclose(ours.exercises.fold_batchnorm(linear, bn)(x), bn(linear(x)), atol=1e-5)
