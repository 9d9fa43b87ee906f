"""Our solution of lecture 7: every example in its docstrings, and the numbers that the lecture prints."""

import doctest
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import torch
import torch.nn.functional as F

from grader.course import load, names, reference_sources, texts
from grader.inside.modules import Modules
from grader.inside.probes.lecture7_gpt.shared import count, gpt_spec

NAMES = ("data", "bigram", "averaging", "attention", "gpt", "exercises")


@pytest.fixture(scope="module")
def ours() -> Iterator[SimpleNamespace]:
    lecture = load().lecture("lecture7_gpt")
    with Modules(lecture.id, reference_sources(lecture)).fresh(NAMES) as modules:
        yield SimpleNamespace(**modules)


def seeded(seed=1337):
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("name", NAMES)
def test_examples_in_docstrings(ours, name):
    """Every example that a student can type gives what the docstring says."""
    module = getattr(ours, name)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for test in doctest.DocTestFinder().find(module, globs={"torch": torch, **vars(module)}):
        runner.run(test)
    assert runner.tries > 0
    assert runner.failures == 0


def test_text_of_the_lecture(ours, lecture_text):
    """L7.01 to L7.04: 65 characters, the first numbers, and the first batch."""
    stoi, itos = ours.data.vocabulary(lecture_text)
    assert (len(lecture_text), len(stoi)) == (1115394, 65)
    hello = ours.data.encode("hii there", stoi)
    assert hello[:3] == [46, 47, 47]
    assert (hello[-1], ours.data.decode(hello, itos)) == (43, "hii there")
    data = torch.tensor(ours.data.encode(lecture_text, stoi))
    x, y = ours.data.get_batch(data[: int(0.9 * len(data))], 8, 4, seeded())
    assert x[0].tolist() == [24, 43, 58, 5, 57, 1, 46, 43]
    assert y[0].tolist() == [43, 58, 5, 57, 1, 46, 43, 39]
    assert x[3].tolist() == [25, 17, 27, 10, 0, 21, 1, 54]


def test_sizes_of_the_lectures_models(ours):
    """0.209729 million in the notebook, 10.788929 million in the script (L7.20)."""
    small = ours.gpt.GPTLanguageModel(65, 64, 4, 4, 32)
    assert sum(p.numel() for p in small.parameters()) == 209729 == count(gpt_spec(65, 64, 4, 4, 32))
    assert count(gpt_spec(65, 384, 6, 6, 256)) == 10788929


def test_weights_of_the_lectures_head(ours):
    """L7.12: the last row of the weights of one unscaled head, with the lecture's draws."""
    torch.manual_seed(1337)
    x = torch.randn(4, 8, 32)
    head = ours.attention.Head(32, 16, 8)
    scores = head.query(x) @ head.key(x).transpose(-2, -1)
    weights = scores.masked_fill(head.tril == 0, float("-inf")).softmax(-1)
    assert weights[0, 7, [0, 1, 2, 7]].tolist() == pytest.approx([0.021, 0.0843, 0.0555, 0.2391], abs=1e-4)
    assert head(x).shape == (4, 8, 16)
    assert not torch.allclose(head(x), weights @ head.value(x), atol=0.05)  # ours is scaled


def test_toy_average_of_the_lecture(ours):
    """L7.09: three means of three rows."""
    b = torch.tensor([[[2.0, 7.0], [6.0, 4.0], [6.0, 5.0]]])
    for way in (ours.averaging.mean_loop, ours.averaging.mean_matmul, ours.averaging.mean_softmax):
        assert way(b)[0].flatten().tolist() == pytest.approx([2, 7, 4, 5.5, 14 / 3, 16 / 3])


def test_layer_norm_is_torchs(ours):
    """With the variance divided by the number of channels; the lecture's own class divides by one less (L7.15)."""
    x = torch.randn((3, 5, 4), generator=seeded())
    mine = ours.attention.LayerNorm1d(4)(x)
    assert torch.allclose(mine, F.layer_norm(x, (4,)), atol=1e-6)
    first = (x - x.mean(-1, keepdim=True)) / torch.sqrt(x.var(-1, keepdim=True) + 1e-5)
    assert not torch.allclose(mine, first, atol=0.05)


def test_fused_attention_is_ours(ours):
    """torch's own attention with the causal flag gives what a head gives, and all heads at once what one by one do."""
    x = torch.randn((2, 5, 6), generator=seeded(), dtype=torch.float64)
    several = ours.attention.MultiHeadAttention(6, 3, 2, 8).double()
    head = several.heads[0]
    fused = F.scaled_dot_product_attention(head.query(x), head.key(x), head.value(x), is_causal=True)
    assert torch.allclose(head(x), fused)
    at_once = ours.exercises.CausalSelfAttention(6, 3, 8).double()
    for name in ("key", "query", "value"):
        getattr(at_once, name).weight.data = torch.cat([getattr(h, name).weight for h in several.heads])
    at_once.proj.load_state_dict(several.proj.state_dict())
    assert torch.allclose(at_once(x), several(x))


def test_a_trained_model_writes_beyond_its_places(ours):
    """Longer than block_size, and the same text for the same generator."""
    model = ours.gpt.GPTLanguageModel(5, 8, 2, 1, 3)
    start = torch.zeros((2, 1), dtype=torch.int64)
    texts_of_two = [model.generate(start, 9, seeded()) for _ in range(2)]
    assert texts_of_two[0].shape == (2, 10)
    assert torch.equal(*texts_of_two)


def test_our_own_text_is_as_stated():
    """It has the characters of the lecture's text and no others, and its size and hash stand in data/README.md."""
    text = names.checked(texts.OURS).path.read_text(encoding="ascii")
    page = texts.OURS.path.with_name("README.md").read_text(encoding="utf-8")
    assert len(text) == texts.OURS.count
    for fact in (texts.OURS.sha256, f"{texts.OURS.count:,}", texts.LECTURES.sha256, f"{texts.LECTURES.count:,}"):
        assert fact in page
