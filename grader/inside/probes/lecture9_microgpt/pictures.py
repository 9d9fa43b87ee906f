"""What the pictures of lecture 9 show: a short training, where letters look afterwards, the graph of one tiny step."""

import random
from collections.abc import Sequence
from itertools import pairwise
from types import ModuleType
from typing import Any

from grader.inside.probe import EXACT, NotAsStated, in_place, probe
from grader.inside.probes.lecture9_microgpt.abacus import Value
from grader.inside.probes.lecture9_microgpt.at_hand import engine
from grader.inside.probes.lecture9_microgpt.shared import caches, data_of, items, listed, model_of, number, vector

N_HEAD, SEED = 2, 42
TINY = [3, 2, 2, 1]  # vocab_size, block_size, n_embd, n_layer of the model whose graph is drawn
MOST_VALUES, MOST_LINKS = 500, 1000


def _model(sizes: Sequence[int]) -> str:
    return f"make_model({', '.join(map(str, sizes))}, random.Random({SEED}))"


@probe(
    EXACT,
    lambda docs, letters, sizes, steps, lr, name: (
        f"train(model, docs, letters, {N_HEAD}, {steps}, {lr}) with model = {_model(sizes)} and {len(docs)} names"
    ),
    seconds=30,
)
def pictured_training(
    blocks: ModuleType, gpt: ModuleType, training: ModuleType, *, docs: list[str], letters: str, sizes: list[int],
    steps: int, lr: float, name: str,
) -> Any:  # fmt: skip
    """The losses of a short training of the student's, and what each head of the model looks at in one name then."""
    with engine(training):
        model = gpt.make_model(*sizes, random.Random(SEED))
        found = items(training.train(model, list(docs), list(letters), N_HEAD, steps, lr), "train(...)", steps)
        losses = [number(loss, f"losses[{i}]") for i, loss in enumerate(found)]
        return {"losses": losses, "weights": _looks(blocks, gpt, model, _tokens(name, letters), sizes[2] // N_HEAD)}


def _tokens(name: str, letters: str) -> list[int]:
    return [len(letters), *(letters.index(letter) for letter in name)]


def _looks(blocks: ModuleType, gpt: ModuleType, model: Any, tokens: list[int], size: int) -> list[list[list[float]]]:
    """For each head a square: a row for each position that looks, with the weight of each that is looked at."""
    keys, values, seen = caches(model), caches(model), list[list[float]]()
    attend = blocks.attend

    def watched(query: Any, keys: Any, values: Any) -> Any:
        seen.append(_weights(attend, list(query), list(keys)))
        return attend(query, keys, values)

    with in_place(blocks, {"attend": watched}):
        for position, token in enumerate(tokens):
            gpt.gpt(token, position, model, N_HEAD, keys, values)
    if len(seen) != N_HEAD * len(tokens):
        raise NotAsStated("attention(...) does not call attend once for each head, so nobody can see where it looks")
    rows = [row + [0.0] * (len(tokens) - len(row)) for row in seen]
    return [rows[head::N_HEAD] for head in range(N_HEAD)]


def _weights(attend: Any, query: list[Any], keys: list[Any]) -> list[float]:
    """The weights of a head, found by mixing values of which all but one number are 0."""
    found: list[float] = []
    for start in range(0, len(keys), len(query)):
        rows = [[float(t == start + j) for j in range(len(query))] for t in range(len(keys))]
        found += listed(attend(query, keys, [vector(Value, row) for row in rows]), "attend(...)", len(query))
    return found[: len(keys)]


@probe(EXACT, lambda tokens: f"doc_loss({tokens}, model, 1) and backward(), with model = make_model{tuple(TINY)}")
def pictured_graph(gpt: ModuleType, *, tokens: list[int]) -> Any:
    """Depth and gradient of every Value of one tiny step, and which was made from which; with the kit's engine."""
    with in_place(gpt, {"Value": Value}):
        loss = gpt.doc_loss(list(tokens), model_of(Value, TINY, SEED), 1)
        data_of(loss, "doc_loss(...)")
        loss.backward()
        return _drawn(loss.tape()[::-1])


def _drawn(values: list[Any]) -> dict[str, Any]:
    """The graph in lists of a fixed length, whatever its size."""
    place, depths = {id(value): i for i, value in enumerate(values)}, list[int]()
    links = []
    for i, value in enumerate(values):
        below = [place[id(one)] for one, _ in value.links]
        depths.append(1 + max((depths[j] for j in below), default=-1))
        links += [[j, i] for j in below]
    nodes = [[float(depth), float(value.grad)] for depth, value in zip(depths, values, strict=True)]
    return {
        "Values": len(values), "links": len(links), "depth": max(depths),
        "nodes": (nodes + [[-1.0, 0.0]] * MOST_VALUES)[:MOST_VALUES],
        "pairs": (links + [[-1, -1]] * MOST_LINKS)[:MOST_LINKS],
    }  # fmt: skip


def chosen(words: list[str], letters: str, longest: int, count: int) -> list[str]:
    """Names out of few letters, spread over the list."""
    found = [word for word in words if len(word) <= longest and set(word) <= set(letters)]
    places = [round(i * len(found) / count) for i in range(count + 1)]
    return [found[low] for low, high in pairwise(places) if low < high]
