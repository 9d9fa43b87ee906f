"""What is measured of exercises.py: all heads at once, sums as text, fine-tuning, and positions as rotations."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.chance import steady_chance
from grader.inside.late import torch
from grader.inside.on_the_way import watched
from grader.inside.plain import Array
from grader.inside.probe import EXACT, NotAsStated, probe
from grader.inside.probes.lecture7_gpt.dropping import FACTORS, ROWS, WIDTH, of_bias, results
from grader.inside.probes.lecture7_gpt.shared import (
    fill,
    fused_spec,
    given,
    in_float64,
    kept_copy,
    of_shape,
    pair_of,
    parameters_of,
    ran,
    read,
    short,
)
from grader.inside.tensors import (
    FLOAT64,
    TRAJECTORY,
    as_items,
    float_of,
    gradient_of,
    leaf,
    number_of,
    tensor,
    whole_numbers,
)

# ---- EX1


@probe(
    FLOAT64,
    short(
        lambda n_embd, n_head, block_size, numbers, x, upstream: (
            f"CausalSelfAttention({n_embd}, {n_head}, {block_size}) with given numbers, called with {given(x=x)}    "
            "(and a gradient arriving at its result)"
        )
    ),
)
@steady_chance()
def fused_output(
    exercises: ModuleType, *, n_embd: int, n_head: int, block_size: int, numbers: Array, x: Array, upstream: Array
) -> Any:
    """What all heads at once make of it, and the gradients handed on."""
    with in_float64():
        module = exercises.CausalSelfAttention(n_embd, n_head, block_size)
        parameters = fill(module, fused_spec(n_embd), numbers)
        return ran(module.eval(), parameters, leaf(x), upstream)


@probe(
    FACTORS,
    lambda dropout: f"CausalSelfAttention({WIDTH}, 2, {WIDTH}, dropout={dropout}) on the same row {ROWS} times",
    conclude=results,
)
@steady_chance()
def fused_dropped(exercises: ModuleType, *, dropout: float) -> Any:
    """What all heads at once give in training and in evaluation, for two sets of simple numbers."""
    with in_float64(), torch.no_grad():
        return of_bias(exercises.CausalSelfAttention(WIDTH, 2, WIDTH, dropout=dropout), fused_spec(WIDTH), "proj.bias")


# ---- EX2


@probe(EXACT, lambda pairs, ndigit: f"addition_rows({[tuple(pair) for pair in pairs]}, {ndigit})")
def sums_as_rows(exercises: ModuleType, *, pairs: list[list[int]], ndigit: int) -> Any:
    """Inputs and targets of some sums."""
    found = exercises.addition_rows([(a, b) for a, b in pairs], ndigit)
    x, y = pair_of(found, "addition_rows(...)", "x and y")
    return {"x": kept_copy(whole_numbers(x, "x")), "y": kept_copy(whole_numbers(y, "y"))}


@probe(FLOAT64, short(lambda logits, targets: f"masked_loss({shown(logits)}, {shown(targets)})"))
def loss_of_marked(exercises: ModuleType, *, logits: Array, targets: Array) -> Any:
    """The loss over the positions that count, and its gradient."""
    with in_float64():
        inputs = leaf(logits)
        loss = exercises.masked_loss(inputs, tensor(targets))
        found = number_of(loss, "masked_loss(...)")
        if not isinstance(loss, torch.Tensor) or not loss.requires_grad:
            raise NotAsStated("masked_loss(...) is cut off from the graph: no gradient flows back from it")
        torch.autograd.backward(loss)
        return {"loss": found, "logits.grad": kept_copy(gradient_of(inputs))}


# ---- EX3


def _tuning(table: Array, rows: list[Array], kept_back: Array, lr: float) -> str:
    count = f"{len(rows)} batches of shape {rows[0].shape}" if rows else "no batches"
    return f"fine_tune(model, batches, kept_back, {lr}) of {count}; a bigram model with the table {shown(table)}"


@probe(TRAJECTORY, short(_tuning))
@steady_chance()
def tuned_model(exercises: ModuleType, *, table: Array, rows: list[Array], kept_back: Array, lr: float) -> Any:
    """The losses on what was kept back, the model that is returned, and what has become of the pretrained one."""
    from grader.inside.probes.lecture7_gpt.doubles import Pretrained  # to load it takes torch

    with in_float64():
        model = Pretrained(tensor(table))
        model.bias.grad = torch.ones_like(model.bias)
        batches = [_pieces(row) for row in rows]
        found = exercises.fine_tune(model, batches, _pieces(kept_back), lr)
        best, losses = pair_of(found, "fine_tune(...)", "the model and the losses")
        tuned = parameters_of(best)
        return {
            "losses": [float_of(loss, f"losses[{i}]") for i, loss in enumerate(as_items(losses, "the losses"))],
            "parameters of the best": {name: kept_copy(p) for name, p in tuned.items()},
            "parameters of the pretrained model": {name: kept_copy(p) for name, p in parameters_of(model).items()},
            "the pretrained model itself is returned": best is model,
        }


def _pieces(row: Array) -> tuple[torch.Tensor, torch.Tensor]:
    whole = tensor(row)
    return whole[:, :-1], whole[:, 1:]


# ---- EX4


def _turned(found: Any, *, q: Array, k: Array) -> Any:
    """What holds for rotations, whichever channels make a pair and whichever way they turn."""
    ones, queries, keys = (read(part)[0] for part in found)
    products = queries @ keys.T
    spreads = [products.diagonal(d).max() - products.diagonal(d).min() for d in range(1 - len(keys), len(keys))]
    return {
        "product of (1, ..., 1) at each position with itself at position 0": (ones @ ones[0]).tolist(),
        "largest change of a length": float((queries.norm(dim=1) - tensor(q).norm()).abs().max()),
        "largest change at position 0": float((queries[0] - tensor(q)).abs().max()),
        "largest difference of products at the same distance": float(max(spreads)),
    }


@probe(FLOAT64, short(lambda q, k: f"rotary(x), x one vector at 5 positions: {given(q=q, k=k)}"), conclude=_turned)
def turned_vectors(exercises: ModuleType, *, q: Array, k: Array) -> Any:
    """What becomes of the same vector at each position: of ones, of a query, of a key."""
    with in_float64():
        vectors = [torch.ones(q.shape), tensor(q), tensor(k)]
        rows = [vector.expand(1, 5, -1).clone() for vector in vectors]
        return [kept_copy(of_shape(exercises.rotary(row), row.shape, "rotary(...)")) for row in rows]


watched(fused_output)
