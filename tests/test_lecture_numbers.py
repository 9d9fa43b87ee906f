"""The numbers of lectures 2 to 4 that need no long training and that no test of a single reference asks for.

An id such as L2.07 stands for one quantity in the lectures' notebooks. The long trainings are in tests/lecture.
"""

import random
from collections.abc import Iterator

import lecture_kit as kit
import numpy as np
import pytest
import torch


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    with kit.on_one_thread():
        yield


@pytest.fixture(scope="module")
def stoi(lecture_words):
    return kit.vocabulary(lecture_words)[0]


@pytest.fixture(scope="module")
def splits(lecture_words):
    return kit.lecture_splits(lecture_words)


def table(pairs, contexts):
    """Counts in float64, one row per context."""
    xs, ys = pairs
    return torch.bincount(27 * xs + ys, minlength=27 * contexts).view(contexts, 27).double()


@pytest.fixture(scope="module")
def pairs(lecture_words, stoi):
    return kit.reference(2).neural.bigram_dataset(lecture_words, stoi)


@pytest.fixture(scope="module")
def trigrams(lecture_words, stoi):
    return table(kit.reference(2).exercises.trigram_dataset(lecture_words, stoi), 729)


def nll(N, counted, smoothing):
    """The mean loss of everything counted in N, by the probabilities that the other table gives."""
    seen = N > 0
    P = kit.reference(2).counts.bigram_probabilities(counted, smoothing)
    return -(N[seen] * P[seen].log()).sum().item() / N.sum().item()


# ---- lecture 2


def test_names(lecture_words):
    """L2.01 and L4.01: 32,033 names of 2 to 15 letters, and 26 letters beside the marker."""
    lengths = [len(word) for word in lecture_words]
    assert (len(lecture_words), min(lengths), max(lengths)) == (32033, 2, 15)
    assert lecture_words[:4] == ["emma", "olivia", "ava", "isabella"]
    assert "".join(kit.vocabulary(lecture_words)[1][i] for i in range(27)) == ".abcdefghijklmnopqrstuvwxyz"


def test_pairs_by_frequency(pairs):
    """L2.02: 627 different pairs, and how often the commonest occur."""
    N = table(pairs, 27).long()
    assert (N > 0).sum() == 627
    assert N.flatten().sort(descending=True).values[:5].tolist() == [6763, 6640, 5438, 4410, 3983]


def test_first_letters(pairs):
    """L2.05 and L2.09: the row of the marker as probabilities, and the shapes that keepdim makes."""
    N = table(pairs, 27)
    P = kit.reference(2).counts.bigram_probabilities(N, 0)
    assert [round(x, 4) for x in P[0, [0, 1, 2, 26]].tolist()] == [0.0, 0.1377, 0.0408, 0.029]
    assert (P.sum(1, keepdim=True).shape, P.sum(1).shape) == ((27, 1), (27,))


def test_first_draw(lecture_words, pairs):
    """L2.06: from the seed of the lecture the old algorithm draws an m."""
    P = kit.reference(2).counts.bigram_probabilities(table(pairs, 27), 0)
    assert kit.vocabulary(lecture_words)[1][kit.reference(2).counts.draw(P[0], kit.seeded())] == "m"


def test_hundred_draws():
    """L2.07 and L2.08: three probabilities, and 100 draws from them in one call; `draw` makes the same ones."""
    by_torch, by_hand = kit.seeded(), kit.seeded()
    p = torch.rand(3, generator=by_torch)
    p = p / p.sum()
    assert [round(x, 4) for x in p.tolist()] == [0.6064, 0.3033, 0.0903]
    drawn = torch.multinomial(p, 100, replacement=True, generator=by_torch).tolist()
    assert (drawn[:12], drawn[-4:]) == ([1, 1, 2, 0, 0, 2, 1, 1, 0, 0, 0, 1], [0, 1, 1, 1])
    torch.rand(3, generator=by_hand)
    assert [kit.reference(2).counts.draw(p, by_hand) for _ in range(100)] == drawn


def test_loss_added_up_in_float32(pairs):
    """L2.11 and L2.12: 228,146 float32 numbers, one after the other, come to 0.0002 too little."""
    P = kit.reference(2).counts.bigram_probabilities(table(pairs, 27).float(), 1)
    total = np.add.accumulate(P[pairs].log().numpy())[-1]
    assert -total / np.float32(228146) == pytest.approx(2.4543561935424805, abs=1e-6)


def test_emma_before_training():
    """L2.14, L2.16 to L2.18: one-hot rows, and of each row of probabilities the one that came true."""
    neural = kit.reference(2).neural
    xs, ys = torch.tensor([0, 5, 13, 13, 1]), torch.tensor([5, 13, 13, 1, 0])
    xenc = neural.one_hot(xs, 27)
    assert (xenc.shape, xenc.dtype, xenc.nonzero()[:, 1].tolist()) == ((5, 27), torch.float32, xs.tolist())
    probs = neural.probabilities(xs, torch.randn((27, 27), generator=kit.seeded()))
    assert probs.sum(1).tolist() == pytest.approx([1.0] * 5, abs=1e-5)
    printed = [
        0.012286253273487091,
        0.018050702288746834,
        0.026691533625125885,
        0.07367684692144394,
        0.0149775305762887,
    ]
    assert probs[torch.arange(5), ys].tolist() == pytest.approx(printed, abs=2e-6)


@pytest.mark.parametrize(
    ("words", "expected"),
    [(["emma"], 2.514328), (["andrej"], 3.036772), (["andrejq"], 3.483402), (3, 2.425535370424562)],
)
def test_loss_of_a_few_names(lecture_words, stoi, pairs, words, expected):
    """L2.25: single names, and the first three, with smoothing 1."""
    counts = kit.reference(2).counts
    P = counts.bigram_probabilities(table(pairs, 27), 1)
    words = lecture_words[:words] if isinstance(words, int) else words
    assert counts.average_nll(P, words, stoi) == pytest.approx(expected, abs=1e-6)


def test_trigrams_with_one_marker(trigrams):
    """L2.26: without the first letter of each name, which two markers make predictable, 196,113 trigrams are left."""
    trigrams = trigrams[1:]
    assert trigrams.sum() == 196113
    assert nll(trigrams, trigrams, 0) == pytest.approx(2.061861969388064, abs=1e-6)
    assert nll(trigrams, trigrams, 1) == pytest.approx(2.093079857518887, abs=1e-6)


def test_splits_and_smoothing(lecture_words, stoi):
    """L2.27: losses of train, dev and test with smoothing 1, and the best smoothing for each model."""
    lecture2 = kit.reference(2)
    parts = lecture2.exercises.split(lecture_words, random.Random(42))
    bigrams = [table(lecture2.neural.bigram_dataset(part, stoi), 27) for part in parts]
    trigrams = [table(lecture2.exercises.trigram_dataset(part, stoi), 729) for part in parts]
    assert [nll(N, bigrams[0], 1) for N in bigrams] == pytest.approx([2.454837, 2.453264, 2.458391], abs=1e-5)
    assert [nll(N, trigrams[0], 1) for N in trigrams] == pytest.approx([2.215573, 2.236462, 2.237333], abs=1e-5)
    grid = [0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10]
    assert min(grid, key=lambda s: nll(bigrams[1], bigrams[0], s)) == 0.3
    assert min(grid, key=lambda s: nll(trigrams[1], trigrams[0], s)) == 0.2
    assert [nll(N, trigrams[0], 0.2) for N in trigrams[1:]] == pytest.approx([2.222272, 2.223478], abs=1e-5)


def test_columns_in_place_of_rows(pairs):
    """L2.28: without keepdim the columns add up to 1, and the rows to anything."""
    N = table(pairs, 27) + 1
    wrong = N / N.sum(1)
    assert wrong.sum(1)[:4].tolist() == pytest.approx([6.924629, 4.367091, 0.212214, 0.378613], abs=1e-4)
    assert wrong.sum(0).tolist() == pytest.approx([1.0] * 27)


def test_neural_bigram_begins(pairs):
    """TR.bigram and L2.22: the first losses in float32, with all pairs."""
    W = torch.randn((27, 27), generator=kit.seeded()).requires_grad_()
    losses = kit.reference(2).neural.train(*pairs, W, 3, 50.0, 0.01)
    assert losses == pytest.approx([3.7686190605163574, 3.3788068294525146, 3.161090135574341], abs=1e-4)


# ---- lecture 3


def test_sizes_after_four_shuffles(lecture_words):
    """L3.01: the lecture had run the cell that shuffles four times when it printed the sizes."""
    words = list(lecture_words)
    for _ in range(3):
        random.Random(42).shuffle(words)
    parts = kit.reference(3).dataset.split_words(words, random.Random(42))
    assert [sum(len(word) + 1 for word in part) for part in parts] == [182441, 22902, 22803]


def test_one_context_embedded():
    """L3.04: from a list of one context, ten numbers for each of its three characters."""
    mlp = kit.reference(3).mlp
    C = mlp.init_parameters(27, 3, 10, 200, kit.seeded())[0]
    assert mlp.embed(C, torch.tensor([[0, 0, 0]])).shape == (1, 3, 10)


@pytest.mark.parametrize(
    ("dtype", "expected", "tolerances"),
    [
        (torch.float32, [31.376161575317383, 18.09568977355957, 6.519111156463623], [1e-5, 2e-4, 5e-3]),
        (torch.float64, [31.376160746951474, 18.095693978692992, 6.519090554347328], [1e-12, 1e-11, 1e-10]),
    ],
)
def test_mlp_begins(splits, dtype, expected, tolerances):
    """TR.mlp: losses at steps 0, 10 and 100, from seeded minibatches."""
    parameters = kit.in_precision(kit.started(kit.AS_DRAWN, kit.seeded()), dtype)
    losses = kit.reference(3).mlp.train(parameters, *splits["train"], 101, 32, lambda step: 0.1, kit.seeded(1))
    for step, loss, tolerance in zip((0, 10, 100), expected, tolerances, strict=True):
        assert losses[step] == pytest.approx(loss, abs=tolerance)


# ---- lecture 4

STARTS = {
    "original": (lambda g: kit.started(kit.AS_DRAWN, g), 27.881732940673828, 0.60953, 5.1807),
    "calm output": (lambda g: kit.started(kit.CALM_OUTPUT, g), 3.32205867767334, 0.60953, 5.1807),
    "calm tanh": (lambda g: kit.started(kit.CALM_TANH, g), 3.3134593963623047, 0.00984, 1.0018),
    "kaiming": (kit.kaiming_started, 3.3179006576538086, 0.0814, 1.5237),
}


@pytest.mark.parametrize("name", STARTS)
def test_first_batch(splits, name):
    """L4.11, L4.12, L3.10: loss, saturated share and spread of the pre-activations on the first batch."""
    start, loss, share, spread = STARTS[name]
    mlp, generator = kit.reference(3).mlp, kit.seeded()
    parameters = start(generator)
    Xb, Yb = mlp.minibatch(*splits["train"], 32, generator)
    hpreact = kit.preactivations(parameters[:2], Xb) + parameters[2]
    assert mlp.loss(mlp.forward(parameters, Xb), Yb).item() == pytest.approx(loss, abs=1e-4)
    saturated = kit.reference(4).initialisation.saturated_fraction
    assert [saturated(torch.tanh(hpreact)), hpreact.std().item()] == pytest.approx([share, spread], abs=0.002)


def test_first_batch_with_batch_norm(splits):
    """L4.11 and L4.12: the same for batch norm with a b1 in front of it."""
    mlp, lecture4, generator = kit.reference(3).mlp, kit.reference(4), kit.seeded()
    parameters = kit.batch_norm_started_with_bias(generator)
    Xb, Yb = mlp.minibatch(*splits["train"], 32, generator)
    hpreact = kit.preactivations(parameters, Xb)
    normalised = lecture4.batchnorm.normalise_batch(hpreact, *parameters[4:6], eps=0.0)
    assert mlp.loss(kit.batch_norm_logits(parameters, hpreact), Yb).item() == pytest.approx(
        3.3146889209747314, abs=1e-4
    )
    found = [lecture4.initialisation.saturated_fraction(torch.tanh(normalised)), normalised.std().item()]
    assert found == pytest.approx([0.00547, 0.9843], abs=0.002)


def test_parameters_of_the_net_with_batch_norm():
    """L4.03: 12,097, and those of our solution are the lecture's, which multiplies in another order."""
    ours = kit.reference(4).batchnorm.bn_parameters(27, 3, 10, 200, kit.seeded())
    assert sum(p.nelement() for p in ours) == 12097
    for mine, theirs in zip(ours, kit.batch_norm_started(kit.seeded()), strict=True):
        assert torch.allclose(mine, theirs, rtol=1e-6, atol=0.0)


def test_batch_norm_begins_in_float64(splits):
    """TR.bnmlp: losses at steps 0, 10 and 100."""
    generator = kit.seeded()
    run = kit.BatchNormRun(kit.in_precision(kit.batch_norm_started(generator), torch.float64), generator)
    run.train(*splits["train"], 101)
    expected = [3.3238624969089843, 3.0890251189769753, 2.143427194874359]
    assert [run.losses[step] for step in (0, 10, 100)] == pytest.approx(expected, abs=1e-9)


def test_deep_net_begins_in_float64(splits):
    """TR.deep: losses at steps 0, 10 and 100."""
    run = kit.deep_run(torch.float64)
    run.train(*splits["train"], 101)
    expected = [3.2870309609213058, 3.2144693208491093, 2.916737523580095]
    assert [run.losses[step] for step in (0, 10, 100)] == pytest.approx(expected, abs=1e-9)


LINEAR = [0.9875972270965576, 1.0006722211837769, 31.01241683959961]


def spreads(*tensors):
    return [tensor.std().item() for tensor in tensors]


def test_linear_layer_spreads():
    """L4.20: what a layer of 1000 does to the spread of numbers, and of gradients on the way back."""
    generator = kit.seeded()
    a, b = (torch.randn(shape, generator=generator, requires_grad=True) for shape in ((1000, 1), (1000, 1000)))
    c = b @ a
    c.retain_grad()
    (torch.randn(1000, generator=generator) @ c).backward()
    assert spreads(a, b, c) == pytest.approx(LINEAR, rel=1e-5)
    expected = [0.9782556295394897, 30.8818302154541, 0.9666601419448853]
    assert spreads(c.grad, a.grad, b.grad) == pytest.approx(expected, rel=1e-5)


def test_batch_norm_spreads():
    """L4.21: the same with batch norm behind it."""
    generator = kit.seeded()
    inp, w = (torch.randn(shape, generator=generator, requires_grad=True) for shape in (1000, (1000, 1000)))
    x = (w @ inp).view(-1, 1)
    out = kit.reference(4).batchnorm.normalise_batch(x, torch.ones((1, 1)), torch.zeros((1, 1)))
    for tensor in (x, out):
        tensor.retain_grad()
    (out.view(-1) @ torch.randn(1000, generator=generator)).backward()
    assert spreads(inp, w, x, out) == pytest.approx([*LINEAR, 1.0], rel=1e-5)
    expected = [0.9782556295394897, 0.031543977558612823, 0.031169468536973, 0.9953052997589111]
    assert spreads(out.grad, x.grad, w.grad, inp.grad) == pytest.approx(expected, rel=1e-5)


def test_everything_starts_at_zero(splits):
    """L4.22: of the deep net only the last shift moves, and the loss goes down towards 2.82."""
    run = kit.deep_run()
    for p in run.parameters:
        p.data.zero_()
    run.generator = kit.seeded()
    run.train(*splits["train"], 300)
    assert [p.any().item() for p in run.parameters] == [False] * (len(run.parameters) - 1) + [True]
    expected = [3.295837163925171, 3.2917418479919434, 3.2535221576690674, 3.0707900524139404, 2.7496330738067627]
    assert [run.losses[step] for step in (0, 1, 10, 100, 299)] == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(("dtype", "share"), [(torch.float32, 1e-5), (torch.float64, 1e-13)])
def test_folded_layer(dtype, share):
    """L4.23: outputs up to 50 and more, and a difference that is rounding beside them."""
    layers, generator = kit.reference(4).layers, kit.seeded()
    linear, bn = layers.Linear(30, 100, generator=generator), layers.BatchNorm1d(100)
    linear.weight, linear.bias = linear.weight.to(dtype), torch.randn(100, generator=generator, dtype=dtype)
    bn.gamma, bn.beta, bn.running_mean = (10 * torch.randn(100, generator=generator, dtype=dtype) for _ in range(3))
    bn.running_var, bn.training = 1 + torch.rand(100, generator=generator, dtype=dtype), False
    x = torch.randn((32, 30), generator=generator, dtype=dtype)
    out = bn(linear(x))
    assert out.abs().max() > 50
    assert (kit.reference(4).exercises.fold_batchnorm(linear, bn)(x) - out).abs().max() < share * out.abs().max()


# ---- the table of the long trainings


@pytest.mark.parametrize(
    ("printed", "ours", "shown", "verdict"),
    [
        ("2.1707", 2.17068, "2.1707", "equal"),
        ("2.0674145221710205", 2.0674145221710205, "2.0674145221710205", "equal"),
        ("2.1056840419769287", 2.1056838035583496, "2.1056838035583496", "close"),
        ("2.640702e-03", 0.0026407011, "2.640701e-03", "close"),
        ("2.1245", 2.1276, "2.1276", "differs"),
        ("mor. axx.", "mor. axx.", "mor. axx.", "equal"),
        ("mor. axx.", "cexze.", "cexze.", "differs"),
        ("", 2.5, "2.500000", "-"),
    ],
)
def test_verdicts(printed, ours, shown, verdict):
    row = kit.Row("L0.00", "a number", printed, ours, "a reason")
    assert (row.shown, row.verdict) == (shown, verdict)
    line = next(line for line in kit.table_lines([row], 140) if row.id in line)
    assert line.split()[-3:] == [verdict, "a", "reason"]
