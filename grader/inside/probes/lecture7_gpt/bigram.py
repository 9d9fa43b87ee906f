"""What is measured of bigram.py: logits and loss, a text from given draws, and the loss without noise."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.chance import steady_chance
from grader.inside.late import F, torch
from grader.inside.plain import Array
from grader.inside.probe import NotAsStated, Tolerance, probe
from grader.inside.probes.lecture7_gpt.shared import fill, in_float64, kept_copy, of_shape, pair_of, short
from grader.inside.tensors import (
    FLOAT64,
    as_tensor,
    described,
    float_of,
    generator,
    gradient_of,
    next_number,
    number_of,
    tensor,
    watched_draws,
    whole_numbers,
)

ROWS = Tolerance(1e-6, "probabilities in float32 are off by 1e-7, those of another position by 1e-3")
TABLE = "token_embedding_table.weight"


def answered(found: Any, shape: tuple[int, ...], has_targets: bool) -> dict[str, Any]:
    """Logits, in whichever of the two shapes, and the loss, of a model that was called."""
    logits, loss = pair_of(found, "model(...)", "logits and loss")
    flat = (shape[0] * shape[1], shape[2])
    if not (has_targets and isinstance(logits, torch.Tensor) and tuple(logits.shape) == flat):
        of_shape(logits, shape, "logits")
    told = None if loss is None else number_of(loss, "the loss")
    return {"logits": kept_copy(logits).reshape(shape), "loss": told}


def sent_back(loss: Any) -> None:
    """Let a gradient flow back from a loss."""
    if not as_tensor(loss, "the loss").requires_grad:
        raise NotAsStated("the loss is cut off from the graph: no gradient flows back from it")
    torch.autograd.backward(loss)


def _call(table: Array, idx: Array, targets: Array | None = None) -> str:
    more = "" if targets is None else f", targets = {shown(targets)}"
    return f"BigramLanguageModel({table.shape[0]}) with the table {shown(table)}, idx = {shown(idx)}{more}"


@probe(FLOAT64, short(_call))
@steady_chance()
def bigram_answer(bigram: ModuleType, *, table: Array, idx: Array, targets: Array | None = None) -> Any:
    """Logits and loss of a model with a given table, and the gradient of the table."""
    with in_float64():
        model = bigram.BigramLanguageModel(table.shape[0])
        given = fill(model, [(TABLE, table.shape)], Array(table.dtype, (table.shape[0] ** 2,), table.data))
        found = model(tensor(idx), None if targets is None else tensor(targets))
        answer = answered(found, (*idx.shape, table.shape[0]), targets is not None)
        if targets is not None:
            sent_back(found[1])
            answer["gradient of the table"] = kept_copy(gradient_of(given[TABLE]))
        return answer


# ---- a text


def _generated(table: Array, idx: Array, script: list[int]) -> str:
    return f"{_call(table, idx)}, generate(idx, {len(script)}, generator), if the draws are {script}"


@probe(ROWS, short(_generated))
@steady_chance()
def scripted_text(bigram: ModuleType, *, table: Array, idx: Array, script: list[int]) -> Any:
    """The text that comes of given draws, and the probabilities that each was made from."""
    with in_float64():
        model = _standing_in(bigram, table)
        with watched_draws([bigram], script, of="text was") as draws:
            text = model.generate(tensor(idx), len(script), generator(1))
        return {"text": whole_numbers(text, "generate(...)"), "probabilities of the draws": draws.rows}


@probe(
    FLOAT64,
    short(
        lambda table, idx, count, seed: (
            f"{_call(table, idx)}, generate(idx, {count}, torch.Generator().manual_seed({seed}))"
        )
    ),
)
@steady_chance()
def drawn_text(bigram: ModuleType, *, table: Array, idx: Array, count: int, seed: int) -> Any:
    """The text that comes out of a generator, and its next number."""
    source = generator(seed)
    with in_float64():
        model = _standing_in(bigram, table)
        with watched_draws([bigram]):
            text = model.generate(tensor(idx), count, source)
    return {"text": whole_numbers(text, "generate(...)"), "next number of the generator": next_number(source)}


def _standing_in(bigram: ModuleType, table: Array) -> Any:
    """A model whose forward is ours, so that what it generates is measured alone; positions have a say in it."""
    model = bigram.BigramLanguageModel(table.shape[0])
    rows = tensor(table)

    def forward(idx: torch.Tensor, targets: Any = None) -> tuple[torch.Tensor, None]:
        places = torch.arange(idx.shape[1])[:, None] * torch.arange(rows.shape[1])
        return F.embedding(idx, rows) + (0.7 * places).sin(), None

    model.forward = forward
    return model


# ---- a loss without noise


def _asked(found: Any, **inputs: Any) -> Any:
    """How often the model was asked, and in which ways."""
    calls = found.pop("calls")
    return {
        **found,
        "calls of the model": len(calls),
        "training during the calls": sorted({mode for mode, _ in calls}),
        "a graph is kept during the calls": sorted({graph for _, graph in calls}),
    }


def _splits(splits: dict[str, Array], block_size: int, batch_size: int, eval_iters: int, seed: int) -> str:
    shown_splits = ", ".join(f"{name!r}: {shown(data)}" for name, data in splits.items())
    rest = f"{block_size}, {batch_size}, {eval_iters}, torch.Generator().manual_seed({seed})"
    return f"estimate_loss(model, {{{shown_splits}}}, {rest})"


@probe(FLOAT64, _splits, conclude=_asked)
@steady_chance()
def estimated_losses(
    bigram: ModuleType, *, splits: dict[str, Array], block_size: int, batch_size: int, eval_iters: int, seed: int
) -> Any:
    """The mean losses of some splits, how the model was asked, and in which mode it is afterwards."""
    from grader.inside.probes.lecture7_gpt.doubles import Examined  # to load it takes torch

    source, model = generator(seed), Examined()
    with in_float64():
        data = {name: tensor(numbers) for name, numbers in splits.items()}
        losses = bigram.estimate_loss(model, data, block_size, batch_size, eval_iters, source)
        if not isinstance(losses, dict):
            raise NotAsStated(f"estimate_loss(...) is {described(losses)}; it should be a dict")
        return {
            "losses": {str(name): float_of(loss, f"the loss of {name!r}") for name, loss in losses.items()},
            "calls": model.calls[:200],
            "training afterwards": model.training,
            "next number of the generator": next_number(source),
        }
