"""Our solution of lecture 3: the numbers that the lecture prints, those of the statements, and laws."""

import math
import random
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course import load, reference_sources
from grader.inside.modules import Modules

FIVE = ["emma", "olivia", "ava", "isabella", "sophia"]
TEN = [*FIVE, "charlotte", "mia", "amelia", "harper", "evelyn"]
ITOS = dict(enumerate(".abcdefghijklmnopqrstuvwxyz"))
STOI = {symbol: index for index, symbol in ITOS.items()}
SEED = 2147483647
TINY = (  # the net of the statements: three symbols, a context of two, one number each, one hidden unit
    [[0.5], [-1.0], [2.0]], [[1.0], [-0.5]], [0.25], [[1.0, -2.0, 0.5]], [0.0, 1.0, -1.0],
)  # fmt: skip


@pytest.fixture(scope="module")
def ours() -> Iterator[SimpleNamespace]:
    lecture = load().lecture("lecture3_mlp")
    names = [name.removesuffix(".py") for name in lecture.modules]
    with Modules(lecture.id, reference_sources(lecture)).fresh(names) as modules:
        yield SimpleNamespace(**{k: v for module in modules.values() for k, v in vars(module).items()})


@pytest.fixture(scope="module")
def splits(ours, lecture_words):
    return ours.split_words(lecture_words, random.Random(42))


def generator(seed: int = SEED) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def first_net(ours: SimpleNamespace) -> list[torch.Tensor]:
    """The lecture's first net."""
    return ours.init_parameters(27, 3, 2, 100, generator())


def tiny() -> list[torch.Tensor]:
    return [torch.tensor(numbers) for numbers in TINY]


def in_float64(parameters: list[torch.Tensor]) -> list[torch.Tensor]:
    return [p.detach().double().requires_grad_() for p in parameters]


# ---- the lecture's numbers


def test_rows_of_emma(ours):
    """The rows that the lecture prints."""
    X, Y = ours.build_dataset(["emma"], STOI, 3)
    rows = [f"{''.join(ITOS[i] for i in x)} --> {ITOS[y]}" for x, y in zip(X.tolist(), Y.tolist(), strict=True)]
    assert rows == ["... --> e", "..e --> m", ".em --> m", "emm --> a", "mma --> ."]
    assert X.tolist() == [[0, 0, 0], [0, 0, 5], [0, 5, 13], [5, 13, 13], [13, 13, 1]]
    assert (X.dtype, Y.dtype) == (torch.int64, torch.int64)


def test_all_rows(ours, lecture_words):
    """228,146 rows of three."""
    X, Y = ours.build_dataset(lecture_words, STOI, 3)
    assert (X.shape, Y.shape) == ((228_146, 3), (228_146,))


def test_sizes_of_the_splits(ours, splits):
    """Names and rows of the three parts, as a fresh run of the lecture gives them."""
    assert [len(part) for part in splits] == [25_626, 3_203, 3_204]
    assert [len(ours.build_dataset(part, STOI, 3)[1]) for part in splits] == [182_625, 22_655, 22_866]


def test_numbers_of_parameters(ours):
    """3,481 in the first net, 11,897 in the final one."""
    final = ours.init_parameters(27, 3, 10, 200, generator())
    assert [sum(p.nelement() for p in net) for net in (first_net(ours), final)] == [3_481, 11_897]


def test_first_loss(ours):
    """17.7697 on the 32 rows of the first five names."""
    X, Y = ours.build_dataset(FIVE, STOI, 3)
    assert (X.shape, ours.evaluate(first_net(ours), X, Y)) == ((32, 3), pytest.approx(17.7697, abs=1e-4))


def test_overfitting_the_first_rows(ours):
    """Full-batch steps of 0.1 on the 32 rows: the losses of steps 0, 1 and 9."""
    X, Y = ours.build_dataset(FIVE, STOI, 3)
    parameters, losses = first_net(ours), []
    for _ in range(10):
        loss = ours.loss(ours.forward(parameters, X), Y)
        losses.append(loss.item())
        for p in parameters:
            p.grad = None
        loss.backward()
        ours.sgd_step(parameters, 0.1)
    assert [losses[0], losses[1]] == pytest.approx([17.769715, 13.656403], abs=1e-4)
    assert losses[9] == pytest.approx(4.414665, abs=1e-2)


def test_training_of_the_final_net(ours, splits):
    """A hundred steps in float64 from the lecture's initial weights give the recorded losses."""
    X, Y = ours.build_dataset(splits[0], STOI, 3)
    parameters = in_float64(ours.init_parameters(27, 3, 10, 200, generator()))
    losses = ours.train(parameters, X, Y, 101, 32, lambda step: 0.1, generator(SEED + 1))
    recorded = {0: 31.376160746951474, 1: 27.287750050774484, 10: 18.095693978692992, 100: 6.519090554347328}
    assert {k: losses[k] for k in recorded} == {k: pytest.approx(x, abs=1e-4) for k, x in recorded.items()}


def test_search_for_a_learning_rate(ours, splits):
    """A thousand rates on the small net: the best lies near 0.1, and near 1 the loss is worse by more than 2."""
    X, Y = ours.build_dataset(splits[0][:4000], STOI, 3)
    rates, losses = ours.sweep(first_net(ours), X, Y, -3, 0, 1000, 32, generator(1))
    best = ours.pick(rates, losses)
    assert 0.03 < best < 0.6
    at = rates.index(best)
    assert sum(losses[-50:]) / 50 > sum(losses[at - 25 : at + 25]) / 50 + 2


def test_first_loss_of_the_final_net(ours):
    """E02: 27.88 where equal probabilities would have 3.2958, and a start that has about that."""
    assert ours.uniform_loss(27) == pytest.approx(3.295836866004329, abs=1e-12)
    X, Y = torch.randint(0, 27, (2000, 3), generator=generator()), torch.randint(0, 27, (2000,), generator=generator(1))
    assert ours.evaluate(ours.init_parameters(27, 3, 10, 200, generator()), X, Y) > 20
    assert abs(ours.evaluate(ours.uniform_start(27, 3, 10, 200, generator()), X, Y) - math.log(27)) < 0.1


# ---- the numbers of the statements


def test_examples_of_the_dataset(ours):
    """The split of ten names."""
    train = ["amelia", "isabella", "ava", "harper", "charlotte", "mia", "evelyn", "sophia"]
    assert ours.split_words(TEN, random.Random(42)) == (train, ["emma"], ["olivia"])


def test_examples_of_the_net(ours):
    """Embedding, logits, loss, minibatch and step."""
    C = torch.tensor([[0.5, -1.0], [2.0, 0.25], [-3.0, 4.0]])
    expected = [[[0.5, -1.0], [0.5, -1.0], [-3.0, 4.0]], [[0.5, -1.0], [-3.0, 4.0], [2.0, 0.25]]]
    assert ours.embed(C, torch.tensor([[0, 0, 2], [0, 2, 1]])).tolist() == expected
    assert first_net(ours)[0][0].tolist() == pytest.approx([1.5674, -0.2373], abs=1e-4)
    logits = ours.forward(tiny(), torch.tensor([[0, 2]]))
    assert logits.tolist() == [pytest.approx([-0.2449, 1.4898, -1.1225], abs=1e-4)]
    assert ours.loss(torch.tensor([[-5.0, -3.0, 0.0, 100.0]]), torch.tensor([2])) == 100
    two = torch.tensor([[0.0, 3.0, -2.0, 1.0], [1.0, 1.0, 1.0, 1.0]])
    assert ours.loss(two, torch.tensor([3, 0])).item() == pytest.approx(1.7809, abs=1e-4)
    Xb, Yb = ours.minibatch(torch.arange(60).view(20, 3), torch.arange(20), 4, generator())
    assert (Xb[:, 0].tolist(), Yb.tolist()) == ([33, 42, 27, 36], [11, 14, 9, 12])
    p = torch.tensor([2.0, -1.0], requires_grad=True)
    p.grad = torch.tensor([0.5, 3.0])
    ours.sgd_step([p], 0.1)
    assert p.tolist() == [1.9500000476837158, -1.2999999523162842]


def test_examples_of_training(ours):
    """Four steps with a falling rate, four steps of a sweep, and a pick."""
    X, Y = ours.build_dataset(FIVE, STOI, 3)
    g = generator()
    parameters = ours.init_parameters(27, 3, 2, 100, g)
    losses = ours.train(parameters, X, Y, 4, 32, lambda step: 0.1 if step < 2 else 0.01, g)
    assert losses == pytest.approx([18.7017, 15.8225, 11.5594, 10.1072], abs=1e-3)
    g = generator()
    rates, losses = ours.sweep(ours.init_parameters(27, 3, 2, 100, g), X, Y, -3, 0, 4, 32, g)
    assert rates == pytest.approx([0.001, 0.01, 0.1, 1.0])
    assert losses == pytest.approx([18.7017, 20.0753, 17.8261, 12.5586], abs=1e-3)
    rates = [0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128]
    assert ours.pick(rates, [5.0, 5.0, 4.5, 4.0, 3.5, 2.0, 3.0, 3.0], block=3) == 0.016


def test_examples_of_the_exercises(ours):
    """The start of E02 and the logits of E03."""
    X, Y = ours.build_dataset(FIVE, STOI, 3)
    assert round(ours.evaluate(ours.uniform_start(27, 3, 2, 100, generator()), X, Y), 1) == 3.3
    W3 = torch.tensor([[1.0, 0.0, 2.0], [0.0, -1.0, 0.5]])
    logits = ours.forward_direct([*tiny(), W3], torch.tensor([[0, 2]]))
    assert logits.tolist() == [pytest.approx([0.2551, -0.5102, 0.8775], abs=1e-4)]


def test_example_of_sampling(ours):
    """A net without doubts invents one name only."""
    C, W1, b1 = torch.tensor([[0.0], [1.0], [2.0]]), torch.tensor([[0.0], [1.0]]), torch.tensor([-1.0])
    W2, b2 = torch.tensor([[100.0, -100.0, 0.0]]), torch.tensor([0.0, 0.0, 30.0])
    names = ours.sample_names([C, W1, b1, W2, b2], {0: ".", 1: "a", 2: "b"}, 2, 3, generator())
    assert names == ["ab", "ab", "ab"]


# ---- laws


@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.text("abcxyz", min_size=1, max_size=9), min_size=1, max_size=6), block_size=st.integers(1, 7))
def test_rows_can_be_read_back(ours, words, block_size):
    """The targets spell the words; a context's last symbols are the targets before it, back to the last '.'."""
    X, Y = ours.build_dataset(words, STOI, block_size)
    assert "".join(ITOS[y] for y in Y.tolist()).split(".")[:-1] == words
    for row in range(1, len(Y)):
        before = [*X[row - 1].tolist(), Y[row - 1].item()][1:]
        assert X[row].tolist() == (before if Y[row - 1] else [0] * block_size)


@settings(max_examples=60, deadline=None)
@given(count=st.integers(1, 60), seed=st.integers(0, 10**6))
def test_every_name_is_in_one_part(ours, count, seed):
    """Nothing is lost and nothing comes twice."""
    words = [f"name{i}" for i in range(count)]
    train, dev, test = ours.split_words(words, random.Random(seed))
    assert sorted(train + dev + test) == sorted(words)
    assert (len(train), len(train) + len(dev)) == (int(0.8 * count), int(0.9 * count))


def test_direct_connections_alone_are_a_linear_net(ours):
    """With nothing from the hidden layer, the logits are W3 applied to the embeddings; with W3 at 0, `forward`."""
    parameters = in_float64(ours.init_parameters(11, 3, 4, 5, generator()))
    X = torch.randint(0, 11, (6, 3), generator=generator())
    W3 = torch.randn(12, 11, generator=generator(), dtype=torch.float64)
    C, W1, b1, W2, b2 = parameters
    linear = ours.forward_direct([C, W1, b1, W2 * 0, b2 * 0, W3], X)
    torch.testing.assert_close(linear, F.embedding(X, C).flatten(1) @ W3)
    torch.testing.assert_close(ours.forward_direct([*parameters, W3 * 0], X), ours.forward(parameters, X))
