"""The probes of lecture 7: parameters by any unambiguous name, what moves what, and chance that any code may use."""

from types import SimpleNamespace

import pytest
import torch
from torch import nn

from grader.course import load, reference_sources
from grader.inside.arrays import array
from grader.inside.modules import Modules
from grader.inside.probe import NotAsStated
from grader.inside.probes import lecture7_gpt as probes
from grader.inside.probes.lecture7_gpt.shared import fill, gpt_spec, matched, norm_spec


@pytest.fixture(scope="module")
def ours():
    """Our own modules."""
    lecture = load().lecture("lecture7_gpt")
    with Modules(lecture.id, reference_sources(lecture)).fresh(["attention", "gpt", "bigram"]) as modules:
        yield SimpleNamespace(**modules)


@pytest.mark.parametrize("sizes", [[5, 4, 2, 2, 3], [7, 6, 3, 1, 4], [65, 8, 1, 3, 8]])
def test_the_statements_names_are_those_of_the_reference(ours, sizes):
    """In their shapes, none missing and none to spare."""
    named = dict(ours.gpt.GPTLanguageModel(*sizes).named_parameters())
    assert {name: tuple(p.shape) for name, p in named.items()} == dict(gpt_spec(*sizes))


def test_other_names_are_taken_where_shapes_leave_no_choice():
    """Also torch's own for a layer norm; where there is a choice, the statement's names are asked for."""
    named = {"up.weight": torch.zeros(16, 4), "up.bias": torch.zeros(16), "b": torch.zeros(4), "w": torch.zeros(4, 16)}
    assert list(matched(named, probes.ffwd_spec(4), "FeedForward")) == [name for name, _ in probes.ffwd_spec(4)]
    assert matched(dict(nn.LayerNorm(3).named_parameters()), norm_spec(3), "LayerNorm1d")["gamma"].tolist() == [1, 1, 1]
    three = {name: torch.zeros(2, 4) for name in ("k", "q", "v")}
    with pytest.raises(NotAsStated, match=r"the parameters k, q, v; the statement asks for key\.weight of shape"):
        matched(three, probes.head_spec(4, 2), "Head")
    with pytest.raises(NotAsStated, match="has a parameter spare, for which the statement has no place"):
        matched({"gamma": torch.ones(2), "beta": torch.ones(2), "spare": torch.ones(1)}, norm_spec(2), "LayerNorm1d")


OTHER = {"token_embedding_table": "wte", "position_embedding_table": "wpe", "blocks": "h", "sa": "attn", "proj": "out",
         "heads": "hs", "ffwd": "mlp", "ln_f": "norm", "lm_head": "readout"}  # fmt: skip


@pytest.mark.parametrize("backwards", [False, True])
def test_parts_may_have_other_names_and_stand_in_another_order(backwards):
    """Each is the only one of its shapes; the two norms of a block are not, so that these need their names."""
    spec = gpt_spec(7, 6, 3, 2, 4)
    renamed = {name: ".".join(OTHER.get(part, part) for part in name.split(".")) for name, _ in spec}
    given = {renamed[name]: torch.zeros(shape) for name, shape in (spec[::-1] if backwards else spec)}
    found = matched(given, spec, "GPTLanguageModel")
    assert all(found[name] is given[renamed[name]] for name, _ in spec)
    unclear = {name.replace("ln1", "norm1").replace("ln2", "norm2"): tensor for name, tensor in given.items()}
    with pytest.raises(NotAsStated, match=r"the statement asks for blocks\.0\.ln1\.gamma of shape \(6,\)"):
        matched(unclear, spec, "GPTLanguageModel")


def test_tables_of_one_shape_need_their_names():
    """With as many places as characters nothing tells the two tables apart."""
    spec = gpt_spec(4, 6, 3, 1, 4)
    given = {OTHER.get(name.split(".")[0], name.split(".")[0]) + name[name.index(".") :]: torch.zeros(shape)
             for name, shape in spec}  # fmt: skip
    with pytest.raises(NotAsStated, match=r"asks for token_embedding_table\.weight of shape \(4, 6\)"):
        matched(given, spec, "GPTLanguageModel")


def test_what_is_no_module_is_said(ours):
    with pytest.raises(NotAsStated, match=r"is no torch\.nn\.Module"):
        fill(object(), norm_spec(2), array([1.0] * 4))


def test_what_moves_is_found_on_the_trusted_side(ours):
    """A position moves itself and later ones of its own row."""
    x = array([[[0.3, -1.2], [2.1, 0.4]], [[1.1, 0.6], [-1.3, 0.9]]])
    numbers = array([0.1 * i - 0.4 for i in range(12)])
    measured = probes.moved_outputs.measure(ours.attention, kind="Head", sizes=[2, 2, 4], numbers=numbers, x=x)
    found = probes.moved_outputs.conclude(measured, x=x)
    assert found == {
        "moved by position 0 of row 0": ["row 0, position 0", "row 0, position 1"],
        "moved by position 1 of row 0": ["row 0, position 1"],
    }


@pytest.mark.parametrize("seed", range(5))
def test_what_dropout_does_is_the_same_for_any_chance(ours, seed, monkeypatch):
    """Whatever is left out, the factors are 0 and 1 / (1 - p)."""
    monkeypatch.setattr("grader.inside.chance.GLOBAL_SEED", seed)
    found = probes.dropped_weights.conclude(probes.dropped_weights.measure(ours.attention, dropout=0.2))
    assert list(found.values()) == [[0.0, 1.25], [0, 3]]
    heads = probes.dropped_heads.conclude(probes.dropped_heads.measure(ours.attention, dropout=0.5))
    assert list(heads.values()) == [[0.0, 2.0], [0.0, 2.0, 4.0]]


def test_the_scale_is_read_off(ours):
    """From two weights, whatever else the head does."""
    assert probes.score_scale.measure(ours.attention, n_embd=6, head_size=4)["the scale"] == pytest.approx(0.5)


def test_rotations_are_judged_by_what_holds_for_all(monkeypatch):
    """Neighbours or halves, to the left or to the right: all the same; what is no rotation is not."""
    q, k = array([0.5, -1.0, 2.0, 0.25]), array([1.5, 0.75, -0.5, 1.0])

    def turned(sign, halves):
        def rotary(x):
            angle = torch.arange(x.shape[1])[:, None] * 10000.0 ** (-torch.arange(0, 4, 2) / 4)
            a, b = (x[..., :2], x[..., 2:]) if halves else (x[..., ::2], x[..., 1::2])
            first, second = a * angle.cos() - sign * b * angle.sin(), sign * a * angle.sin() + b * angle.cos()
            return torch.cat([first, second], -1) if halves else torch.stack([first, second], -1).flatten(2)

        found = probes.turned_vectors.measure(SimpleNamespace(rotary=rotary), q=q, k=k)
        return probes.turned_vectors.conclude(found, q=q, k=k)

    ways = [turned(sign, halves) for sign in (1, -1) for halves in (True, False)]
    for way in ways:
        assert next(iter(way.values())) == pytest.approx(next(iter(ways[0].values())), abs=1e-6)
        assert list(way.values())[1:] == pytest.approx([0, 0, 0], abs=1e-6)
    plain = SimpleNamespace(rotary=lambda x: x + torch.arange(x.shape[1])[:, None])
    shifted = probes.turned_vectors.conclude(probes.turned_vectors.measure(plain, q=q, k=k), q=q, k=k)
    assert shifted["largest change of a length"] > 1
