"""What is measured of gpt.py: fresh models, logits position by position, losses, and what they depend on."""

import random
from types import ModuleType
from typing import Any

from grader.inside.probe import EXACT, NotAsStated, probe
from grader.inside.probes.lecture9_microgpt.at_hand import counted, engine, tell_if_many
from grader.inside.probes.lecture9_microgpt.shared import (
    LAYER,
    OUTSIDE,
    ROUNDING,
    Vector,
    caches,
    data_of,
    described,
    gradients_of,
    grads,
    items,
    listed,
    matrices,
    model_of,
    send_back,
    told,
)

USUAL = [27, 8, 4, 1]  # sizes of the step whose operations are counted
LETTERS = "abcdefghijklmnopqrstuvwxyz"
OPERATIONS = 4_311  # so many Values our solution makes for "emma", with the kit's engine


@probe(EXACT, lambda sizes, seed: f"make_model({', '.join(map(str, sizes))}, random.Random({seed}))")
def fresh_model(gpt: ModuleType, *, sizes: list[int], seed: int) -> Any:
    """A fresh model's shapes, its numbers as far as they are looked at, and the next number of the generator."""
    with engine(gpt):
        rng = random.Random(seed)
        made = gpt.make_model(*sizes, rng)
        model = _as_stated(made)
        found = {name: _ends(rows, name) for name, rows in matrices(model).items()}
        values = [value for rows in matrices(model).values() for row in rows for value in row]
        return {
            "layers": len(model["layers"]),
            **found,
            "different Values": len(set(map(id, values))),
            "rng.random() afterwards": rng.random(),
        }


def _as_stated(made: Any) -> dict[str, Any]:
    """The model, if it has the parts that a model has."""
    _has(made, (*OUTSIDE, "layers"), "make_model(...)")
    layers = items(made["layers"], "model['layers']")
    for i, layer in enumerate(layers):
        _has(layer, LAYER, f"model['layers'][{i}]")
    return {**made, "layers": layers}


def _has(part: Any, names: tuple[str, ...], what: str) -> None:
    if not isinstance(part, dict):
        raise NotAsStated(f"{what} is {described(part)}; it should be a dict")
    missing = [name for name in names if name not in part]
    if missing:
        raise NotAsStated(f"{what} has no {missing[0]!r}; the statement asks for {', '.join(names)}")


def _ends(rows: Any, name: str) -> dict[str, Any]:
    """The shape of a matrix, and its first two rows and the last one: between them the generator counts the draws."""
    found = items(rows, name)
    shown = {f"row {i}": listed(found[i], f"{name}[{i}]") for i in sorted({0, 1, len(found) - 1}) if i < len(found)}
    return {"columns": [len(items(row, f"{name}[{i}]")) for i, row in enumerate(found)], **shown}


@probe(EXACT, lambda sizes, seed: f"parameters_of(model) of model = {told(sizes, seed)}")
def listed_parameters(gpt: ModuleType, *, sizes: list[int], seed: int) -> Any:
    """How many there are, their numbers in order, and whether they are the very Values of the model."""
    with engine(gpt) as make:
        model = model_of(make, sizes, seed)
        known = {id(value) for rows in matrices(model).values() for row in rows for value in row}
        found = items(gpt.parameters_of(model), "parameters_of(...)")
        return {
            "count": len(found),
            "data": listed(found, "parameters_of(...)"),
            "of the model": all(id(value) in known for value in found),
        }


# ---- one position after the other


def _read(tokens: list[int], sizes: list[int], n_head: int, seed: int, upstream: Vector) -> str:
    asked = f"gpt(token, position, model, {n_head}, keys, values) for the tokens {tokens}"
    return f"{asked}, model = {told(sizes, seed)} (the gradients of the last logits set to {upstream})"


@probe(ROUNDING, _read)
def logits(gpt: ModuleType, *, tokens: list[int], sizes: list[int], n_head: int, seed: int, upstream: Vector) -> Any:
    """The logits at each position, how the caches grow, and the gradients that the last position sends back."""
    with engine(gpt) as make:
        model = model_of(make, sizes, seed)
        keys, values, outs = caches(model), caches(model), list[Any]()
        found, grown = [], []
        for position, token in enumerate(tokens):
            outs = items(gpt.gpt(token, position, model, n_head, keys, values), "gpt(...)", sizes[0])
            found.append(listed(outs, f"the logits at position {position}"))
            grown.append([len(cache) for cache in (*keys, *values)])
        send_back(outs, upstream)
        return {"logits": found, "positions in the caches": grown, **gradients_of(model)}


# ---- a document


def _doc(tokens: list[int], sizes: list[int], n_head: int, seed: int) -> str:
    return f"doc_losses({tokens}, model, {n_head}) with model = {told(sizes, seed)}"


@probe(ROUNDING, _doc)
def losses(gpt: ModuleType, *, tokens: list[int], sizes: list[int], n_head: int, seed: int) -> Any:
    """The loss at each position, the mean, and the gradients that the mean sends back."""
    with engine(gpt) as make:
        model = model_of(make, sizes, seed)
        each = listed(gpt.doc_losses(list(tokens), model, n_head), "doc_losses(...)")
        mean = gpt.doc_loss(list(tokens), model, n_head)
        found = {"losses": each, "mean": data_of(mean, "doc_loss(...)")}
        mean.backward()
        return {**found, **gradients_of(model)}


def _reach(tokens: list[int], sizes: list[int], n_head: int, seed: int, at: int) -> str:
    return f"backward() from the loss at position {at} of {_doc(tokens, sizes, n_head, seed)}"


@probe(ROUNDING, _reach)
def reach(gpt: ModuleType, *, tokens: list[int], sizes: list[int], n_head: int, seed: int, at: int) -> Any:
    """The gradient of each position's row of wpe from one loss alone: what comes later cannot have one."""
    with engine(gpt) as make:
        model = model_of(make, sizes, seed)
        asked = min(len(tokens) - 1, len(model["wpe"]))
        found = items(gpt.doc_losses(list(tokens), model, n_head), "doc_losses(...)", asked)
        data_of(found[at], f"doc_losses(...)[{at}]")
        found[at].backward()
        return {f"wpe[{i}].grad": grads(row) for i, row in enumerate(model["wpe"])}


@probe(
    ROUNDING,
    lambda doc, n_head, seed: f"doc_loss of {doc!r} and its backward(), model = {told(USUAL, seed)}, {n_head} heads",
    conclude=lambda found, **inputs: {"loss": found["loss"]},
)
def work(gpt: ModuleType, *, doc: str, n_head: int, seed: int) -> Any:
    """The loss of a document, and how many Values are made on the way; the count is told and not judged."""
    with engine(gpt) as make:
        model = model_of(make, USUAL, seed)
        row = [26, *(LETTERS.index(letter) for letter in doc), 26]
        with counted(make) as made:
            loss = gpt.doc_loss(row, model, n_head)
        found = data_of(loss, "doc_loss(...)")
        tell_if_many(made[0], OPERATIONS)
        return {"loss": found, "Values made": made[0]}
