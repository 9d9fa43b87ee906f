"""What the probes of lecture 9 share: matrices of Values, careful readings, upstream gradients, models with numbers."""

import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from grader.inside.plain import article
from grader.inside.probe import NotAsStated, Tolerance, several

ROUNDING = Tolerance(1e-9, "float64 sums in another order differ by 1e-14, the nearest mistake by 1e-5", 1e-9)
STEPS = Tolerance(1e-8, "Adam's steps from gradients in another order differ by 1e-13, a mistake's by 1e-5", 1e-8)

Vector = list[float]
Matrix = list[list[float]]
Net = dict[str, Matrix]
Maker = Callable[[float], Any]  # makes a Value
OUTSIDE = ("wte", "wpe", "lm_head")
LAYER = ("wq", "wk", "wv", "wo", "w1", "w2")


# ---- Values


def vector(make: Maker, numbers: Sequence[float]) -> list[Any]:
    """A list of Values."""
    return [make(number) for number in numbers]


def matrix(make: Maker, rows: Iterable[Sequence[float]]) -> list[list[Any]]:
    """A list of rows of Values."""
    return [vector(make, row) for row in rows]


def described(thing: Any) -> str:
    """What kind of thing it is, with its article."""
    return "None (is a return missing?)" if thing is None else article(type(thing).__name__)


def items(thing: Any, what: str, count: int | None = None) -> list[Any]:
    """The items of whatever sequence the student chose; as many as it should be, if that is said."""
    if isinstance(thing, str | dict) or not hasattr(thing, "__iter__"):
        raise NotAsStated(f"{what} is {described(thing)}; it should be a list")
    found = list(thing)
    if count is not None and len(found) != count:
        raise NotAsStated(f"{what} has {several(len(found), 'item')}; it should have {count:,}")
    return found


def number(thing: Any, what: str) -> float:
    """A plain number as a float."""
    if isinstance(thing, int | float) and not isinstance(thing, bool):
        return float(thing)
    hint = ": its data is one" if hasattr(thing, "data") else ""
    raise NotAsStated(f"{what} is {described(thing)}; it should be a float{hint}")


def whole(thing: Any, what: str) -> int:
    """A plain whole number."""
    if isinstance(thing, int) and not isinstance(thing, bool):
        return thing
    raise NotAsStated(f"{what} is {described(thing)}; it should be an int")


def text(thing: Any, what: str) -> str:
    if isinstance(thing, str):
        return thing
    raise NotAsStated(f"{what} is {described(thing)}; it should be a str")


def data_of(thing: Any, what: str) -> float:
    """What a Value holds."""
    if not hasattr(thing, "data") or not hasattr(thing, "grad"):
        raise NotAsStated(f"{what} is {described(thing)}; it should be a Value, for gradients to flow through it")
    return number(thing.data, f"the data of {what}")


def listed(thing: Any, what: str, count: int | None = None) -> Vector:
    """What the Values of a list hold."""
    return [data_of(item, f"{what}[{i}]") for i, item in enumerate(items(thing, what, count))]


def grads(values: Iterable[Any]) -> Vector:
    """What has arrived at each of some Values."""
    return [float(value.grad or 0.0) for value in values]


def send_back(outs: Sequence[Any], upstream: Sequence[float]) -> None:
    """Backward from a sum of these Values in which each has a weight, so that this much arrives at each of them."""
    total = outs[0] * upstream[0]
    for out, weight in zip(outs[1:], upstream[1:], strict=True):
        total = total + out * weight
    total.backward()


def copied(net: Net) -> Net:
    """The same numbers in lists of their own."""
    return {name: [list(row) for row in rows] for name, rows in net.items()}


def numbers_of(thing: Any, like: Net, what: str) -> Net:
    """A dict of matrices of plain numbers, in the shapes of another."""
    if not isinstance(thing, dict) or set(thing) != set(like):
        names = f"a dict with the keys {', '.join(map(repr, thing))}" if isinstance(thing, dict) else described(thing)
        raise NotAsStated(f"{what} is {names}; it should be a dict with the keys {', '.join(map(repr, like))}")
    found = {}
    for name, rows in like.items():
        part, place = thing[name], f"{what}[{name!r}]"
        lines = [items(line, f"{place}[{i}]", len(rows[i])) for i, line in enumerate(items(part, place, len(rows)))]
        found[name] = [[number(x, f"{place}[{i}][{j}]") for j, x in enumerate(line)] for i, line in enumerate(lines)]
    return found


# ---- models


def shapes(sizes: Sequence[int]) -> dict[str, tuple[int, int]]:
    """The matrices outside of the layers; sizes are vocab_size, block_size, n_embd, n_layer."""
    vocab_size, block_size, n_embd, _ = sizes
    return dict(zip(OUTSIDE, ((rows, n_embd) for rows in (vocab_size, block_size, vocab_size)), strict=True))


def layer_shapes(n_embd: int) -> dict[str, tuple[int, int]]:
    """The matrices of one layer."""
    square = (n_embd, n_embd)
    return {**dict.fromkeys(LAYER[:4], square), "w1": (4 * n_embd, n_embd), "w2": (n_embd, 4 * n_embd)}


def numbered(make: Maker, shape: tuple[int, int], rng: random.Random) -> list[list[Any]]:
    """A matrix of Values with numbers between -1 and 1."""
    rows, columns = shape
    return [[make(rng.uniform(-1, 1)) for _ in range(columns)] for _ in range(rows)]


def layer_of(make: Maker, n_embd: int, rng: random.Random) -> dict[str, list[list[Any]]]:
    """One layer, its matrices in the stated order."""
    return {name: numbered(make, shape, rng) for name, shape in layer_shapes(n_embd).items()}


def model_of(make: Maker, sizes: Sequence[int], seed: int) -> dict[str, Any]:
    """A model with numbers that are large enough for every mistake to show."""
    rng = random.Random(seed)
    model: dict[str, Any] = {name: numbered(make, shape, rng) for name, shape in shapes(sizes).items()}
    return {**model, "layers": [layer_of(make, sizes[2], rng) for _ in range(sizes[3])]}


def told(sizes: Sequence[int], seed: int) -> str:
    """The same in words, so that it can be typed."""
    drawn = ", ".join(map(str, sizes))
    return f"make_model({drawn}, rng) with rng.uniform(-1, 1) for rng.gauss(0, 0.08), rng = random.Random({seed})"


def matrices(model: dict[str, Any]) -> dict[str, list[list[Any]]]:
    """All matrices by name, those of layers with the number of their layer."""
    found = {name: model[name] for name in OUTSIDE}
    for i, layer in enumerate(model["layers"]):
        found |= {f"layers[{i}].{name}": layer[name] for name in LAYER}
    return found


def gradients_of(model: dict[str, Any]) -> dict[str, Matrix]:
    """What has arrived at every number of a model."""
    return {f"{name}.grad": [grads(row) for row in rows] for name, rows in matrices(model).items()}


def data_in(model: dict[str, Any]) -> dict[str, Matrix]:
    """Every number of a model."""
    return {name: [listed(row, f"{name}[{i}]") for i, row in enumerate(rows)] for name, rows in matrices(model).items()}


def caches(model: dict[str, Any]) -> list[list[Any]]:
    """An empty cache for each layer."""
    return [[] for _ in model["layers"]]
