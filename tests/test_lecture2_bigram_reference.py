"""Our solution of lecture 2: the examples of its docstrings, and the numbers that the lecture prints."""

import doctest
import math
import random
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import torch

from grader.course import load, reference_sources
from grader.inside.modules import Modules

SEED = 2147483647


@pytest.fixture(scope="module")
def ours() -> Iterator[SimpleNamespace]:
    """The three files as modules."""
    lecture = load().lecture("lecture2_bigram")
    with Modules(lecture.id, reference_sources(lecture)).fresh(("counts", "neural", "exercises")) as modules:
        yield SimpleNamespace(**modules)


@pytest.fixture(scope="module")
def vocabulary(ours, lecture_words):
    return ours.counts.build_vocabulary(lecture_words)


@pytest.fixture(scope="module")
def N(ours, lecture_words, vocabulary):
    """The table of the lecture."""
    return ours.counts.count_bigrams(lecture_words, vocabulary[0])


def generator() -> torch.Generator:
    return torch.Generator().manual_seed(SEED)


@pytest.mark.parametrize("name", ["counts", "neural", "exercises"])
def test_examples_of_the_docstrings(ours, name):
    """What a statement shows is what the solution gives."""
    module = getattr(ours, name)
    names = {**vars(ours.counts), **vars(module), "rng": random.Random(1)}
    found = [test for test in doctest.DocTestFinder().find(module, globs=names) if test.examples]
    failures = [doctest.DocTestRunner(verbose=False).run(test) for test in found]
    assert len(found) >= 6
    assert sum(result.failed for result in failures) == 0


def test_counts_of_the_lecture(N, vocabulary):
    """228,146 bigrams; the commonest five; 102 pairs that never occur; the row of the marker."""
    stoi, _ = vocabulary
    common = {"n.": 6763, "a.": 6640, "an": 5438, ".a": 4410, "e.": 3983}
    assert {pair: N[stoi[pair[0]], stoi[pair[1]]].item() for pair in common} == common
    assert (N.sum(), (N == 0).sum(), N[0].sum(), N.shape) == (228146, 102, 32033, (27, 27))
    assert N[0, [0, 1, 2, 26]].tolist() == [0, 4410, 1306, 929]


def test_losses_of_the_lecture(ours, N, lecture_words, vocabulary):
    """Without smoothing, with 1, and for a name that is nearly impossible."""
    loss = [
        ours.counts.average_nll(ours.counts.bigram_probabilities(N, s), lecture_words, vocabulary[0]) for s in (0, 1)
    ]
    assert loss == [pytest.approx(2.4540144891548743, abs=1e-6), pytest.approx(2.454576820115704, abs=1e-6)]
    P = ours.counts.bigram_probabilities(N, 0)
    assert ours.counts.average_nll(P, ["andrejq"], vocabulary[0]) == math.inf
    uniform = torch.full((27, 27), 1 / 27, dtype=torch.float64)
    assert ours.counts.average_nll(uniform, lecture_words[:9], vocabulary[0]) == pytest.approx(3.295836866004329)


def test_names_of_the_video_are_drawn_by_hand(ours, N, vocabulary):
    """With `draw` the five names that the lecture prints come out, in float32 and in float64."""
    for P in (ours.counts.bigram_probabilities(N, 1), ours.counts.bigram_probabilities(N.double(), 1)):
        source, names = generator(), []
        for _ in range(5):
            ix, name = ours.counts.draw(P[0], source), ""
            while ix:
                name, ix = name + vocabulary[1][ix], ours.counts.draw(P[ix], source)
            names.append(name)
        assert names == ["mor", "axx", "minaymoryles", "kondlaisah", "anchshizarie"]


def test_names_have_the_length_that_the_table_expects(ours, N, vocabulary):
    """A thousand names: about 6.1 letters on average, and about an eighth of them are a single letter."""
    names = ours.counts.sample_names(ours.counts.bigram_probabilities(N, 1), vocabulary[1], 1000, generator())
    assert sum(map(len, names)) / 1000 == pytest.approx(6.139, abs=0.5)
    assert sum(len(name) == 1 for name in names) / 1000 == pytest.approx(0.118, abs=0.04)


def test_loss_of_emma(ours):
    """The net of the lecture before training, and after four steps with a learning rate of 0.1."""
    xs, ys = ours.neural.bigram_dataset(["emma"], {character: i for i, character in enumerate(".abcdefghijklm")})
    W = torch.randn((27, 27), generator=generator(), requires_grad=True)
    assert (xs.tolist(), ys.tolist()) == ([0, 5, 13, 13, 1], [5, 13, 13, 1, 0])
    losses = ours.neural.train(xs, ys, W, 5, 0.1, 0.0)
    assert [losses[0], losses[4]] == [pytest.approx(3.7693049907684326, abs=2e-6), pytest.approx(3.6891887, abs=2e-6)]


def test_training_on_all_names(ours, lecture_words, vocabulary):
    """The first losses of the lecture's net, with its learning rate of 50."""
    xs, ys = ours.neural.bigram_dataset(lecture_words, vocabulary[0])
    W = torch.randn((27, 27), generator=generator()).double().requires_grad_()
    losses = ours.neural.train(xs, ys, W, 3, 50.0, 0.01)
    expected = [3.768618711886925, 3.3788068603636385, 3.1610907167080455]
    assert losses == [pytest.approx(loss, abs=1e-6) for loss in expected]  # float32 randn depends on the processor


def test_a_trained_net_finds_the_counts(ours):
    """Without a price on weights the net's probabilities go to the shares of the counts."""
    words, stoi = ["ab", "abb", "ba"], {".": 0, "a": 1, "b": 2}
    xs, ys = ours.neural.bigram_dataset(words, stoi)
    W = torch.zeros((3, 3), dtype=torch.float64, requires_grad=True)
    ours.neural.train(xs, ys, W, 1000, 5.0, 0.0)
    P = ours.counts.bigram_probabilities(ours.counts.count_bigrams(words, stoi), 0)
    assert torch.allclose(W.detach().softmax(1), P.double(), atol=5e-3)


def test_losses_of_trigrams(ours, lecture_words, vocabulary):
    """Two markers in front: 2.1857 without smoothing, 2.2126 with 1."""
    N = ours.exercises.count_trigrams(lecture_words, vocabulary[0])
    tables = [ours.counts.bigram_probabilities(N, smoothing) for smoothing in (0, 1)]
    losses = [ours.exercises.trigram_nll(P, lecture_words, vocabulary[0]) for P in tables]
    assert losses == [pytest.approx(2.185743242470578, abs=2e-6), pytest.approx(2.212582422234745, abs=2e-6)]


def test_rows_and_cross_entropy_give_what_one_hot_gives(ours):
    """E04 and E05 are short cuts: the same logits, the same loss."""
    xs, ys = torch.tensor([0, 3, 1, 3]), torch.tensor([2, 0, 1, 1])
    W = torch.randn((4, 3), generator=generator(), dtype=torch.float64)
    assert torch.equal(ours.exercises.logits_by_indexing(xs, W), ours.neural.one_hot(xs, 4).double() @ W)
    short, long = (f(xs, ys, W, 0.1) for f in (ours.exercises.loss_by_cross_entropy, ours.neural.nll_loss))
    assert short.item() == pytest.approx(long.item(), abs=1e-12)
