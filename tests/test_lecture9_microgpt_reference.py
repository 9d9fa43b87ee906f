"""Our solution of lecture 9: the examples in its docstrings, gradients against nudges, the author's first losses."""

import doctest
import math
import random
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from grader.course import load, reference_sources
from grader.inside.modules import Modules
from grader.inside.probes.lecture9_microgpt.abacus import Value

NAMES = ("tokens", "by_hand", "autograd", "blocks", "gpt", "training")


@pytest.fixture(scope="module")
def ours() -> Iterator[SimpleNamespace]:
    lecture = load().lecture("lecture9_microgpt")
    with Modules(lecture.id, reference_sources(lecture)).fresh(NAMES) as modules:
        yield SimpleNamespace(**modules)


@pytest.mark.parametrize("name", NAMES)
def test_examples_in_docstrings(ours, name):
    """Every example that a student can type gives what the docstring says."""
    module = getattr(ours, name)
    globs = {"Value": Value, "random": random, **vars(module)}
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for test in doctest.DocTestFinder().find(module, globs=globs):
        runner.run(test)
    assert runner.tries > 0
    assert runner.failures == 0


def small(ours, seed=1, sizes=(5, 4, 4, 2)):
    """A model with numbers that are not tiny."""
    model, rng = ours.gpt.make_model(*sizes, random.Random(seed)), random.Random(seed)
    for p in ours.gpt.parameters_of(model):
        p.data = rng.uniform(-1, 1)
    return model


def test_gradients_of_a_document_are_those_of_nudges(ours):
    """Through caches, heads, norms and residuals, for every kind of matrix."""
    model, tokens, h = small(ours), [4, 0, 3, 0, 4], 1e-6
    ours.gpt.doc_loss(tokens, model, 2).backward()
    parameters = ours.gpt.parameters_of(model)
    for p in parameters[:: len(parameters) // 60]:
        before = p.data
        losses = []
        for p.data in (before + h, before - h):
            losses.append(ours.gpt.doc_loss(tokens, model, 2).data)
        p.data = before
        assert p.grad == pytest.approx((losses[0] - losses[1]) / (2 * h), abs=1e-8)


def test_all_six_steps_agree_about_the_small_net(ours):
    """By hand, by nudges and by an engine: the same gradients."""
    rng = random.Random(3)
    net = {
        name: [[rng.uniform(-1, 1) for _ in range(columns)] for _ in range(rows)]
        for name, rows, columns in (("wte", 5, 3), ("w1", 4, 3), ("w2", 5, 4))
    }
    by_hand, by_engine = ours.by_hand.hand_gradients(net, 2, 4), ours.autograd.net_gradients(net, 2, 4)
    by_nudges = ours.by_hand.number_gradients(lambda net: ours.by_hand.net_loss(net, 2, 4), net, 1e-5)
    for name in net:
        for hand, engine, nudged in zip(by_hand[name], by_engine[name], by_nudges[name], strict=True):
            assert hand == pytest.approx(engine, abs=1e-12)
            assert hand == pytest.approx(nudged, abs=1e-9)


def test_what_comes_later_changes_nothing_before(ours):
    """The future is moved: the losses of earlier positions stay, to the last bit."""
    model = small(ours)
    one, other = ([loss.data for loss in ours.gpt.doc_losses([4, 0, 1, last, 4], model, 2)] for last in (2, 3))
    assert one[:2] == other[:2]
    assert one[2] != other[2]
    assert one[3] != other[3]


def test_a_model_that_knows_nothing_costs_the_log(ours):
    model = ours.gpt.make_model(27, 16, 16, 1, random.Random(42))
    assert len(ours.gpt.parameters_of(model)) == 4192
    assert ours.gpt.doc_loss([26, 4, 12, 12, 0, 26], model, 4).data == pytest.approx(math.log(27), abs=0.1)


def test_training_and_sampling_on_a_few_names(ours):
    """The loss falls, and names are made of letters that there are."""
    docs = ["abba", "baba", "cab"]
    letters = ours.tokens.letters_of(docs)
    model = ours.gpt.make_model(4, 6, 4, 1, random.Random(5))
    losses = ours.training.train(model, docs, letters, 2, 60, 0.05)
    assert sum(losses[-6:]) < 0.6 * sum(losses[:6])
    name = ours.training.sample(model, letters, 2, 0.5, random.Random(1))
    assert set(name) <= set(letters)
    assert len(name) <= 6


def test_first_losses_of_the_author(ours, lecture_words):
    """Seed 42, the list shuffled first and the model drawn next, from one generator: 3.3660, 3.4243."""
    rng, docs = random.Random(42), list(lecture_words)
    rng.shuffle(docs)
    letters = ours.tokens.letters_of(docs)
    model = ours.gpt.make_model(27, 16, 16, 1, rng)
    assert [docs[0], ours.tokens.encode("emma", letters)] == ["yuheng", [26, 4, 12, 12, 0, 26]]
    assert f"{ours.gpt.doc_loss(ours.tokens.encode(docs[0], letters), model, 4).data:.4f}" == "3.3660"
