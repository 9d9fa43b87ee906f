"""Inputs that several public checks of lecture 5 use: the numbers of the statements, and a small irregular net."""

from grader.inside.arrays import array
from grader.inside.plain import Array
from grader.judging.fresh_inputs import Draw

STATED: list[Array] = [
    array([[1.0], [2.0], [6.0]]), array([[1.0, -0.5]]), array([0.0, 1.0]),
    array([[0.5, -1.0, 0.25], [1.0, 0.5, -2.0]]), array([0.1, 0.2, 0.3]), array([[1.0, 1.0]]), array([[0.0, 0.0]]),
]  # fmt: skip
STATED_ROWS = {"Xb": array([[0], [1], [2]], "int64"), "Yb": array([2, 0, 1], "int64")}

SMALL = {"n": 4, "V": 5, "H": 3, "T": 2, "E": 3}


def net(draw: Draw, n: int, V: int, H: int, T: int, E: int, digits: int = 2) -> list[Array]:
    """Parameters of a net, none of them 0."""
    shapes = ((V, E), (T * E, H), (H,), (H, V), (V,), (1, H), (1, H))
    return [draw.array(*shape, digits=digits) for shape in shapes]


def rows(draw: Draw, n: int, V: int, H: int, T: int, E: int) -> dict[str, Array]:
    """Contexts and targets of a minibatch. Some symbols come more than once, as in every batch."""
    return {"Xb": draw.integers(n, T, low=0, high=V), "Yb": draw.integers(n, low=0, high=V)}


def small_net(name: str) -> list[Array]:
    """Parameters of a net in which no two sizes are equal."""
    return net(Draw(name), **SMALL, digits=1)


def small_rows(name: str) -> dict[str, Array]:
    """Four rows for it."""
    return rows(Draw(f"rows of {name}"), **SMALL)
