"""What is measured of blocks.py: a norm, one head, several heads with a cache, and the net of each position."""

import random
from types import ModuleType
from typing import Any

from grader.inside.probe import probe
from grader.inside.probes.lecture9_microgpt.at_hand import engine
from grader.inside.probes.lecture9_microgpt.shared import (
    ROUNDING,
    Maker,
    Matrix,
    Vector,
    data_of,
    grads,
    items,
    layer_of,
    listed,
    matrix,
    numbered,
    send_back,
    vector,
)


def _arrives(upstream: Vector) -> str:
    return f"(the gradients of the results set to {upstream})"


@probe(ROUNDING, lambda x, upstream: f"rmsnorm of the Values {x} {_arrives(upstream)}")
def normed(blocks: ModuleType, *, x: Vector, upstream: Vector) -> Any:
    """The normed vector, and the gradients that it sends back."""
    with engine(blocks) as make:
        given = vector(make, x)
        outs = items(blocks.rmsnorm(given), "rmsnorm(...)", len(x))
        result = listed(outs, "rmsnorm(...)")
        send_back(outs, upstream)
        return {"result": result, "x.grad": grads(given)}


@probe(
    ROUNDING,
    lambda query, keys, values, upstream: (
        f"attend of query = {query}, keys = {keys}, values = {values}, all of them Values {_arrives(upstream)}"
    ),
)
def attended(blocks: ModuleType, *, query: Vector, keys: Matrix, values: Matrix, upstream: Vector) -> Any:
    """What one head gives, and the gradients that it sends to query, keys and values."""
    with engine(blocks) as make:
        q, ks, vs = vector(make, query), matrix(make, keys), matrix(make, values)
        outs = items(blocks.attend(q, ks, vs), "attend(...)", len(query))
        result = listed(outs, "attend(...)")
        send_back(outs, upstream)
        found = {"query.grad": grads(q), "keys.grad": [grads(k) for k in ks], "values.grad": [grads(v) for v in vs]}
        return {"result": result, **found}


# ---- several heads


def _positions(n_embd: int, n_head: int, count: int, seed: int, upstream: Vector) -> str:
    made = f"rng = random.Random({seed}): a layer of n_embd {n_embd}, then {count} x, all numbers rng.uniform(-1, 1)"
    return f"attention(x, layer, {n_head}, keys, values) for each x with {made} {_last(upstream)}"


def _last(upstream: Vector) -> str:
    return f"(the gradients of the last results set to {upstream})"


@probe(ROUNDING, _positions)
def heads(blocks: ModuleType, *, n_embd: int, n_head: int, count: int, seed: int, upstream: Vector) -> Any:
    """The results at each position, what is in the caches, and the gradients that the last position sends back."""
    with engine(blocks) as make:
        layer, xs = _layer_and_inputs(make, n_embd, count, seed)
        keys: list[Any] = []
        values: list[Any] = []
        results, outs, sizes = [], [], []
        for i, x in enumerate(xs):
            outs = items(blocks.attention(x, layer, n_head, keys, values), "attention(...)", n_embd)
            results.append(listed(outs, f"the result at position {i}"))
            sizes.append([len(keys), len(values)])
        found = {"results": results, "positions in the caches": sizes, **_cached(keys, values, n_embd)}
        send_back(outs, upstream)
        found |= {"x.grad": [grads(x) for x in xs]}
        return {**found, **{f"{name}.grad": [grads(row) for row in layer[name]] for name in ("wq", "wk", "wv", "wo")}}


def _layer_and_inputs(make: Maker, n_embd: int, count: int, seed: int) -> tuple[dict[str, Any], list[list[Any]]]:
    rng = random.Random(seed)
    layer = layer_of(make, n_embd, rng)
    return layer, numbered(make, (count, n_embd), rng)


def _cached(keys: list[Any], values: list[Any], n_embd: int) -> dict[str, Matrix]:
    """What the caches hold: numbers, whether gradients can flow through them or not, which their gradients show."""
    return {
        f"cached {name}": [_numbers(row, f"{name}[{i}]", n_embd) for i, row in enumerate(cache)]
        for name, cache in (("keys", keys), ("values", values))
    }


def _numbers(row: Any, what: str, count: int) -> Vector:
    found = enumerate(items(row, what, count))
    return [float(item) if isinstance(item, int | float) else data_of(item, f"{what}[{i}]") for i, item in found]


# ---- the net of each position


def _hidden(x: Vector, w1: Matrix, w2: Matrix, upstream: Vector) -> str:
    return f"mlp of x = {x}, w1 = {w1}, w2 = {w2}, all of them Values {_arrives(upstream)}"


@probe(ROUNDING, _hidden)
def small_net(blocks: ModuleType, *, x: Vector, w1: Matrix, w2: Matrix, upstream: Vector) -> Any:
    """What the net makes of one vector, and the gradients."""
    with engine(blocks) as make:
        given, layer = vector(make, x), {"w1": matrix(make, w1), "w2": matrix(make, w2)}
        outs = items(blocks.mlp(given, layer), "mlp(...)", len(w2))
        result = listed(outs, "mlp(...)")
        send_back(outs, upstream)
        found = {f"{name}.grad": [grads(row) for row in rows] for name, rows in layer.items()}
        return {"result": result, "x.grad": grads(given), **found}
