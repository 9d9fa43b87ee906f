"""What is measured of by_hand.py: a small net of floats, its gradients by hand and by nudges."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

from grader.inside.probe import Tolerance, probe
from grader.inside.probes.lecture9_microgpt.shared import (
    ROUNDING,
    Net,
    copied,
    items,
    number,
    numbers_of,
)

NUDGED = Tolerance(1e-8, "difference quotients in another order differ by 1e-11, those of one side by 1e-4", 1e-8)
LOSSES: dict[str, Callable[[Net], float]] = {  # to be nudged; the slope of a cube tells one side from two
    "sum of cubes": lambda net: sum(x**3 for rows in net.values() for row in rows for x in row),
    "product of all numbers": lambda net: _product(net),
}


def _product(net: Net) -> float:
    found = 1.0
    for rows in net.values():
        for row in rows:
            for x in row:
                found *= x
    return found


@probe(ROUNDING, lambda net, token: f"forward(net, {token}) with net = {net}")
def steps_of_net(by_hand: ModuleType, *, net: Net, token: int) -> Any:
    """The four steps of one token."""
    found = items(by_hand.forward(copied(net), token), "forward(...)", 4)
    return {
        name: [number(x, f"{name}[{i}]") for i, x in enumerate(items(step, name))]
        for name, step in zip(("x", "pre", "h", "probs"), found, strict=True)
    }


@probe(ROUNDING, lambda net, token, target: f"net_loss(net, {token}, {target}) with net = {net}")
def loss_of_net(by_hand: ModuleType, *, net: Net, token: int, target: int) -> Any:
    """The loss of one pair."""
    return number(by_hand.net_loss(copied(net), token, target), "net_loss(...)")


@probe(ROUNDING, lambda net, token, target: f"hand_gradients(net, {token}, {target}) with net = {net}")
def gradients_by_hand(by_hand: ModuleType, *, net: Net, token: int, target: int) -> Any:
    """The gradient of every number, and the net afterwards."""
    given = copied(net)
    found = numbers_of(by_hand.hand_gradients(given, token, target), net, "hand_gradients(...)")
    return {**{f"slopes of {name}": rows for name, rows in found.items()}, "net afterwards": given}


@probe(NUDGED, lambda loss, net, h: f"number_gradients(loss, net, {h}) with loss the {loss}, net = {net}")
def gradients_by_nudges(by_hand: ModuleType, *, loss: str, net: Net, h: float) -> Any:
    """The slope of every number, whether the net is what it was, and how often the loss was asked for."""
    given = copied(net)
    found = numbers_of(by_hand.number_gradients(LOSSES[loss], given, h), net, "number_gradients(...)")
    return {**{f"slopes of {name}": rows for name, rows in found.items()}, "net is as it was": given == net}
