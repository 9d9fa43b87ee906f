"""What is measured of autograd.py: a product, shares, and the gradients of the small net by backward()."""

from types import ModuleType
from typing import Any

from grader.inside.probe import probe
from grader.inside.probes.lecture9_microgpt.at_hand import engine
from grader.inside.probes.lecture9_microgpt.shared import (
    ROUNDING,
    Matrix,
    Net,
    Vector,
    copied,
    grads,
    items,
    listed,
    matrix,
    numbers_of,
    send_back,
    vector,
)


def _arrives(upstream: Vector) -> str:
    return f"(the gradients of the results set to {upstream})"


@probe(ROUNDING, lambda x, w, upstream: f"linear of x = {x}, w = {w}, all of them Values {_arrives(upstream)}")
def product(autograd: ModuleType, *, x: Vector, w: Matrix, upstream: Vector) -> Any:
    """The product, and the gradients that it sends to its vector and its matrix."""
    with engine(autograd) as make:
        given, weights = vector(make, x), matrix(make, w)
        outs = items(autograd.linear(given, weights), "linear(...)", len(w))
        result = listed(outs, "linear(...)")
        send_back(outs, upstream)
        return {"result": result, "x.grad": grads(given), "w.grad": [grads(row) for row in weights]}


@probe(ROUNDING, lambda logits, upstream: f"softmax of the Values {logits} {_arrives(upstream)}")
def shares(autograd: ModuleType, *, logits: Vector, upstream: Vector) -> Any:
    """The shares, and the gradients of the logits."""
    with engine(autograd) as make:
        given = vector(make, logits)
        outs = items(autograd.softmax(given), "softmax(...)", len(logits))
        result = listed(outs, "softmax(...)")
        send_back(outs, upstream)
        return {"result": result, "logits.grad": grads(given), "logits afterwards": listed(given, "logits")}


@probe(ROUNDING, lambda net, token, target: f"net_gradients(net, {token}, {target}) with net = {net}")
def gradients_by_engine(autograd: ModuleType, *, net: Net, token: int, target: int) -> Any:
    """The gradient of every number, and the net afterwards."""
    with engine(autograd):
        given = copied(net)
        found = numbers_of(autograd.net_gradients(given, token, target), net, "net_gradients(...)")
        return {**{f"slopes of {name}": rows for name, rows in found.items()}, "net afterwards": given}
