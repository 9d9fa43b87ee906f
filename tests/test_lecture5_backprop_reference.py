"""Our solution of lecture 5: every example in its docstrings, torch's own gradients, and the lecture's numbers."""

import doctest
from pathlib import Path

import lecture_kit as kit
import pytest
import torch
import torch.nn.functional as F
from backprop_kit import started

from grader.course import load
from grader.inside.probes.lecture5_backprop import ARGUMENTS

NAMES = [Path(name).stem for name in load().lecture("lecture5_backprop").modules]
PARAMETERS = ("C", "W1", "b1", "W2", "b2", "bngain", "bnbias")


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    with kit.on_one_thread():
        yield


@pytest.mark.parametrize("name", NAMES)
def test_examples_in_docstrings(name):
    """Every example that a student can type gives what the docstring says."""
    module = getattr(kit.reference(5), name)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for test in doctest.DocTestFinder().find(module, globs={"torch": torch, **vars(module)}):
        runner.run(test)
    assert runner.tries > 0
    assert runner.failures == 0


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("dW2", [[2.5, 1.0, -0.5], [3.5, 2.0, 0.5]]), ("db2", [3.0, 1.0, -1.0]),
        ("dbnbias", [[4.0, 4.5]]), ("dbnraw", [[6.0, 0.25], [2.0, 2.0]]),
        ("dW1", [[2.0, -1.0], [5.0, 1.0], [4.0, -2.0]]), ("db1", [3.0, -1.0]),
    ],
)  # fmt: skip
def test_numbers_above(name, told):
    """What a docstring says of the numbers of the function above it."""
    pieces = kit.reference(5).pieces
    above = {"dW2": "dh", "db2": "dh", "dbnbias": "dbngain", "dbnraw": "dbngain", "dW1": "dembcat", "db1": "dembcat"}
    lines = doctest.DocTestParser().get_examples(getattr(pieces, above[name]).__doc__)
    names = {"torch": torch, **vars(pieces)}
    for line in lines[:-1]:
        exec(line.source, names)
    assert eval(lines[-1].source.replace(above[name], name), names).tolist() == told


def chain(parameters, Xb, Yb):
    """All 26 gradients, each from those before it, and the values of the forward pass."""
    ours = kit.reference(5)
    values = ours.forward.forward_pieces(parameters, Xb, Yb)
    known = {**values, **dict(zip(PARAMETERS, parameters, strict=True)), "Xb": Xb, "Yb": Yb}
    for name, arguments in ARGUMENTS.items():
        known[name] = getattr(ours.pieces, name)(*(known[each] for each in arguments)).detach()
    return known


def torchs(parameters, Xb, Yb):
    """The same by torch: every intermediate keeps its gradient."""
    leaves = [p.clone().requires_grad_() for p in parameters]
    values = kit.reference(5).forward.forward_pieces(leaves, Xb, Yb)
    known = {**values, **dict(zip(PARAMETERS, leaves, strict=True))}
    for name in ARGUMENTS:
        known[name[1:]].retain_grad()
    values["loss"].backward()
    return {name: known[name[1:]].grad for name in ARGUMENTS}


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_all_gradients_are_torchs(dtype):
    """26 of them, approximately equal, as the lecture's helper says (L5.04, L5.05); rounding alone in float64."""
    parameters, generator = started(64)
    parameters = [p.to(dtype) for p in parameters]
    Xb, Yb = torch.randint(0, 27, (32, 3), generator=generator), torch.randint(0, 27, (32,), generator=generator)
    mine, theirs = chain(parameters, Xb, Yb), torchs(parameters, Xb, Yb)
    found = {name: kit.reference(5).compare.cmp(mine[name], theirs[name]) for name in ARGUMENTS}
    assert len(found) == 26
    assert all(approximate for _, approximate, _ in found.values()), found
    assert max(gap for *_, gap in found.values()) < (1e-7 if dtype == torch.float32 else 1e-15)


def test_both_formulas_are_the_chain(splits):
    """Differences of rounding alone (L5.06, L5.09); a row of dlogits adds up to 0 (L5.07)."""
    parameters, _ = started(64)
    known = chain(parameters, *(part[:32] for part in splits["train"]))
    fused = kit.reference(5).fused
    dlogits = fused.cross_entropy_backward(known["logits"], known["Yb"])
    dhprebn = fused.batchnorm_backward(known["dhpreact"], known["bnraw"], known["bnvar_inv"], known["bngain"])
    assert (dlogits - known["dlogits"]).abs().max() < 1e-7
    assert (dhprebn - known["dhprebn"]).abs().max() < 1e-7
    assert dlogits.sum(1).abs().max() < 1e-7


@pytest.fixture(scope="module")
def splits(lecture_words):
    return kit.lecture_splits(lecture_words)


def test_first_batch(splits):
    """4,137 parameters (L5.02), and the loss of the first batch (L5.15)."""
    parameters, generator = started(64)
    assert sum(p.nelement() for p in parameters) == 4137
    X, Y = splits["train"]
    ix = torch.randint(0, len(X), (32,), generator=generator)
    assert ix[:6].tolist() == [120000, 157809, 82137, 69514, 73004, 68734]
    values = kit.reference(5).forward.forward_pieces(parameters, X[ix], Y[ix])
    assert values["loss"].item() == pytest.approx(3.3459253311157227, abs=1e-5)
    assert values["loss"].item() == pytest.approx(F.cross_entropy(values["logits"], Y[ix]).item(), abs=1e-6)


def test_training_begins_as_in_the_lecture(splits):
    """12,297 parameters (L5.11), and the losses of the first steps (TR.backprop)."""
    parameters, generator = started(64, 200)
    assert sum(p.nelement() for p in parameters) == 12297
    losses = kit.reference(5).training.train_manual(parameters, *splits["train"], 101, 32, kit.decayed, generator)
    expected = {0: 3.778110980987549, 1: 3.563471555709839, 2: 3.7523839473724365, 5: 3.3081166744232178,
                10: 3.1860744953155518, 20: 2.9907538890838623, 50: 2.6524319648742676,
                100: 2.332653760910034}  # fmt: skip
    assert [losses[step] for step in expected] == pytest.approx(list(expected.values()), abs=2e-5)
