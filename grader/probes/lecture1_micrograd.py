"""What lecture 1 measures: slopes, values and gradients of small programs, drawn graphs, nets, training.

Measurements only: whether a number is right is decided elsewhere. The names of a student's private attributes are
never relied on; an upstream gradient is set through the public ones (see `_swept`).
"""

import math
import random
import re
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType
from typing import Any

from grader.plain import article
from grader.probes import EXACT, NotAsStated, Tolerance, expressions, probe

PRELOAD = ("graphviz", "math", "random")  # what the warm process imports before it forks workers for this lecture

FLOATS: dict[str, Callable[[Any], Any]] = {
    "sin": math.sin, "cos": math.cos, "exp": math.exp, "log": math.log, "tanh": math.tanh,
}  # fmt: skip
METHODS: dict[str, Callable[[Any], Any]] = {
    "exp": lambda v: v.exp(), "log": lambda v: v.log(), "tanh": lambda v: v.tanh(), "relu": lambda v: v.relu(),
}  # fmt: skip

ROUNDING = Tolerance(1e-9, "float64 sums in another order differ by 1e-15, the nearest mistake by 1e-3", 1e-9)
NUDGED = Tolerance(1e-8, "two correct orders of a difference quotient differ by 1e-12 at h of 1e-3 or more")


# ---- derivatives.py


@probe(NUDGED, lambda f, x, h: f"slope(f, {x}, {h})  with f(x) = {f}")
def slope_of_curve(derivatives: ModuleType, *, f: str, x: float, h: float) -> Any:
    """The student's forward difference of a curve given as text."""
    return derivatives.slope(_function(f, ["x"]), x, h)


@probe(NUDGED, lambda f, x, h: f"symmetric_slope(f, {x}, {h})  with f(x) = {f}")
def symmetric_slope_of_curve(derivatives: ModuleType, *, f: str, x: float, h: float) -> Any:
    """The student's central difference of a curve given as text."""
    return derivatives.symmetric_slope(_function(f, ["x"]), x, h)


@probe(ROUNDING, lambda a, b, c: f"gradf({a}, {b}, {c})")
def gradient_by_hand(derivatives: ModuleType, *, a: float, b: float, c: float) -> Any:
    """The three analytic slopes of the lecture's function."""
    return _items(derivatives.gradf(a, b, c), f"gradf({a}, {b}, {c})")


@probe(NUDGED, lambda f, names, at, h: f"numerical_gradient(f, {at}, {h})  with f({', '.join(names)}) = {f}")
def numerical_gradient_of_function(
    derivatives: ModuleType, *, f: str, names: list[str], at: list[float], h: float
) -> Any:
    """All partial slopes of a function given as text, and the arguments as the call left them."""
    args = list(at)
    slopes = derivatives.numerical_gradient(_function(f, names), args, h)
    return {"slopes": _items(slopes, "numerical_gradient(...)"), "args afterwards": args}


# ---- engine.py


def _shown(program: str, at: dict[str, float], upstream: float | None = None) -> str:
    made = "; ".join([*(f"{name} = Value({x})" for name, x in at.items()), program])
    return made if upstream is None else f"{made}    (the gradient of the result set to {upstream})"


@probe(ROUNDING, _shown)
def values(engine: ModuleType, *, program: str, at: dict[str, float]) -> Any:
    """The data of everything that a program computes."""
    steps = expressions.parse(program, METHODS)
    names = _run(engine, steps, at)
    return {f"{name}.data": names[name].data for name in _named(steps)}


@probe(ROUNDING, _shown)
def gradients(engine: ModuleType, *, program: str, at: dict[str, float], upstream: float | None = None) -> Any:
    """The gradient of every named node after backward() from the program's result.

    `upstream` replaces the 1.0 at the result, so that a factor that was forgotten shows.
    """
    steps = expressions.parse(program, METHODS)
    if upstream is None:
        names = _run(engine, steps, at)
        names[steps[-1].target].backward()
        return _gradients(names, [*at, *_named(steps)])
    return _swept(engine, steps, at, upstream)


def _swept(engine: ModuleType, steps: list[expressions.Step], at: dict[str, float], upstream: float) -> Any:
    """Gradients of all but the result, whose own gradient is `upstream`, by the first road that this engine takes.

    Engines store and pass gradients in many correct ways. The first road holds the result's `grad` at `upstream`
    while backward() runs. If that changes nothing (gradients kept elsewhere), the result is multiplied by `upstream`.
    An engine whose backward() is not there yet, or does nothing, is asked through the lecture's own closures.
    """
    wanted, result = [*at, *_named(steps)[:-1]], steps[-1].target
    plain = _run(engine, steps, at)
    try:
        plain[result].backward()
    except Exception:
        names = _run(engine, steps, at)
        if not _spread(names[result], upstream):
            raise
        return _gradients(names, wanted)
    unheld = _gradients(plain, wanted)
    found = _held(_run(engine, steps, at), result, upstream, wanted)
    if found not in (None, unheld):
        return found
    if not any(unheld.values()):  # nothing came through: as it should be, or because backward() does nothing
        names = _run(engine, steps, at)
        return _gradients(names, wanted) if _spread(names[result], upstream) else unheld
    return _scaled(engine, _run(engine, steps, at), result, upstream, wanted)


def _held(names: dict[str, Any], result: str, upstream: float, wanted: list[str]) -> Any:
    """The gradients while the result's `grad` reads `upstream`, whatever is assigned to it; None if that fails."""
    try:
        _hold_gradient(names[result], upstream, [])
        names[result].backward()
        return _gradients(names, wanted)
    except Exception:
        return None


def _scaled(engine: ModuleType, names: dict[str, Any], result: str, upstream: float, wanted: list[str]) -> Any:
    """The gradients under one more product, which has to work for that: value-mul comes first if it does not."""
    with suppress(Exception):
        (names[result] * engine.Value(upstream)).backward()
        if math.isclose(names[result].grad, upstream):
            return _gradients(names, wanted)
    raise NotImplementedError("value-mul")


def _spread(result: Any, upstream: float) -> bool:
    """Run the lecture's closures from the result down its one operation; False if this engine has none by that name."""
    if not callable(getattr(result, "_backward", None)) or not hasattr(result, "_prev"):
        return False
    result.grad = upstream
    below = [result]
    while below:
        node = below.pop()
        node._backward()
        below += node._prev
    return True


def _hold_gradient(node: Any, gradient: float, reads: list[bool]) -> None:
    """Make node.grad read `gradient` whatever is assigned to it, and note that it was read."""

    def read(self: Any) -> float:
        reads.append(True)
        return gradient

    kind = type(node)
    held = property(read, lambda self, value: None)
    object.__setattr__(node, "__class__", type(kind.__name__, (kind,), {"__slots__": (), "grad": held}))


@probe(ROUNDING, _shown)
def graph(engine: ModuleType, *, program: str, at: dict[str, float]) -> Any:
    """Data and gradient of every node of a program, also of those without a name."""
    steps = expressions.parse(program, METHODS)
    names = _run(engine, steps, at)
    names[steps[-1].target].backward()
    return {name: [node.data, node.grad] for name, node in names.items()}


@probe(EXACT, lambda data: f"repr(Value({data}))")
def text_of_value(engine: ModuleType, *, data: float) -> Any:
    """What print shows for a Value."""
    return repr(engine.Value(data))


# ---- drawing.py


@probe(ROUNDING, lambda program, at: f"{_shown(program, at)}; trace(...)")
def traced_graph(engine: ModuleType, drawing: ModuleType, *, program: str, at: dict[str, float]) -> Any:
    """The data of all nodes, and of both ends of all edges, sorted."""
    root = _labelled(engine, program, at)
    found = _items(drawing.trace(root), "trace(root)")
    if len(found) != 2:
        raise NotAsStated(f"trace(root) returned {len(found)} things; the statement asks for (nodes, edges)")
    nodes, edges = (_items(part, "a part of trace(root)") for part in found)
    pairs = [_items(edge, "an edge") for edge in edges]
    return {
        "nodes": sorted(_data(node, "a node") for node in nodes),
        "edges": sorted([_data(end, "the end of an edge") for end in pair] for pair in pairs),
    }


@probe(EXACT, lambda program, at: f"{_shown(program, at)}; draw_dot(...).source")
def drawn_graph(engine: ModuleType, drawing: ModuleType, *, program: str, at: dict[str, float]) -> Any:
    """The texts of the drawing's nodes, and of both ends of its arrows, read from the DOT source."""
    root = _labelled(engine, program, at)
    root.backward()
    source = getattr(drawing.draw_dot(root), "source", None)
    if not isinstance(source, str):
        raise NotAsStated("draw_dot(root) has no .source; the statement asks for a graphviz.Digraph")
    return _read_dot(source)


DOT_ID = r'"(?:[^"\\]|\\.)*"|[\w.+-]+'
DOT_NODE = re.compile(rf"^\s*({DOT_ID}) \[(.*)\]\s*$", re.MULTILINE)
DOT_PORT = rf"(?::(?:{DOT_ID})){{0,2}}"
DOT_EDGE = re.compile(rf"^\s*({DOT_ID}){DOT_PORT} -> ({DOT_ID}){DOT_PORT}(?: \[.*\])?\s*$", re.MULTILINE)
DOT_LABEL = re.compile(rf"label=({DOT_ID})")


def _read_dot(source: str) -> Any:
    texts = {}
    for name, attributes in DOT_NODE.findall(source):
        label = DOT_LABEL.search(attributes)
        if name not in ("graph", "node", "edge"):
            texts[name.strip('"')] = _tidy(label.group(1) if label else name)
    ends = [(a.strip('"'), b.strip('"')) for a, b in DOT_EDGE.findall(source)]
    direction = re.search(r'rankdir="?(\w+)', source)
    return {
        "nodes": sorted(texts.values()),
        "arrows": sorted([texts.get(a, "?"), texts.get(b, "?")] for a, b in ends),
        "rankdir": direction.group(1) if direction else "TB",
    }


def _tidy(label: str) -> str:
    """The fields of a record label with one space round each bar, whatever the student's spacing was."""
    fields = label.strip('"').strip().removeprefix("{").removesuffix("}").split("|")
    return " | ".join(" ".join(field.split()) for field in fields)


def _labelled(engine: ModuleType, program: str, at: dict[str, float]) -> Any:
    steps = expressions.parse(program, METHODS)
    names = _run(engine, steps, at)
    for name in [*at, *_named(steps)]:
        with suppress(AttributeError):  # an engine without labels can be traced, and draws none
            names[name].label = name
    return names[steps[-1].target]


# ---- nn.py


@probe(ROUNDING, lambda w, b, x: f"w = {w}, b = {b}: Neuron({len(w)}) called with x = {x}")
def neuron_output(engine: ModuleType, nn: ModuleType, *, w: list[float], b: float, x: list[float]) -> Any:
    """The output of a neuron whose weights and bias are set by hand."""
    neuron = nn.Neuron(len(w), random.Random(0))
    for name in ("w", "b"):
        if not hasattr(neuron, name):
            raise NotAsStated(f"Neuron({len(w)}) has no .{name}; the statement asks for self.w and self.b")
    neuron.w, neuron.b = [engine.Value(wi) for wi in w], engine.Value(b)
    return _data(neuron(x), "neuron(x)")


@probe(EXACT, lambda nin, seed: f"Neuron({nin}, random.Random({seed})).parameters()")
def neuron_parameters(nn: ModuleType, *, nin: int, seed: int) -> Any:
    """A fresh neuron's parameters in order, and the next number of its generator."""
    return _drawn(lambda rng: nn.Neuron(nin, rng), seed)


@probe(ROUNDING, lambda nin, nout, seed, x: f"Layer({nin}, {nout}, random.Random({seed})) called with x = {x}")
def layer_output(nn: ModuleType, *, nin: int, nout: int, seed: int, x: list[float]) -> Any:
    """The outputs of a layer with given parameters: a list, or one number if it is bare."""
    layer = nn.Layer(nin, nout, random.Random(seed))
    _set_parameters(layer, nout * (nin + 1), seed)
    out = layer(x)
    return [_data(o, "an output") for o in out] if isinstance(out, list | tuple) else _data(out, "layer(x)")


@probe(EXACT, lambda nin, nout, seed: f"Layer({nin}, {nout}, random.Random({seed})).parameters()")
def layer_parameters(nn: ModuleType, *, nin: int, nout: int, seed: int) -> Any:
    """A fresh layer's parameters in order, and the next number of its generator."""
    return _drawn(lambda rng: nn.Layer(nin, nout, rng), seed)


@probe(ROUNDING, lambda nin, nouts, seed, x: f"MLP({nin}, {nouts}, random.Random({seed})) called with x = {x}")
def mlp_output(nn: ModuleType, *, nin: int, nouts: list[int], seed: int, x: list[float]) -> Any:
    """The output of a net with given parameters."""
    model = nn.MLP(nin, list(nouts), random.Random(seed))
    sizes = [nin, *nouts]
    _set_parameters(model, sum(n * (m + 1) for m, n in zip(sizes, nouts, strict=False)), seed)
    out = model(x)
    return [_data(o, "an output") for o in out] if isinstance(out, list | tuple) else _data(out, "model(x)")


@probe(EXACT, lambda nin, nouts, seed: f"MLP({nin}, {nouts}, random.Random({seed})).parameters()")
def mlp_parameters(nn: ModuleType, *, nin: int, nouts: list[int], seed: int) -> Any:
    """A fresh net's parameters in order, and the next number of its generator."""
    return _drawn(lambda rng: nn.MLP(nin, list(nouts), rng), seed)


@probe(
    EXACT,
    lambda kind, sizes: f"every gradient set to 0.5, then {kind}({', '.join(map(str, sizes))}).zero_grad()",
)
def gradients_after_zero_grad(nn: ModuleType, *, kind: str, sizes: list[Any]) -> Any:
    """The gradients of a module's parameters after zero_grad()."""
    module = getattr(nn, kind)(*sizes, random.Random(0))
    parameters = _items(module.parameters(), "parameters()")
    for p in parameters:
        p.grad = 0.5
    module.zero_grad()
    return [p.grad for p in parameters]


def _drawn(make: Callable[[random.Random], Any], seed: int) -> Any:
    rng = random.Random(seed)
    parameters = _items(make(rng).parameters(), "parameters()")
    return {
        "count": len(parameters),
        "parameters": [_data(p, "a parameter") for p in parameters],
        "rng.random() afterwards": rng.random(),
    }


def _set_parameters(module: Any, count: int, seed: int) -> None:
    """Give every parameter its own number; a module that lists too few keeps what it drew for the rest."""
    rng = random.Random(seed + 1)
    wanted = [rng.uniform(-1, 1) for _ in range(count)]
    for p, x in zip(_items(module.parameters(), "parameters()"), wanted, strict=False):
        p.data = x


# ---- training.py


@probe(ROUNDING, lambda predictions, targets: f"squared_error({_values(predictions)}, {targets})")
def squared_error_value(
    engine: ModuleType, training: ModuleType, *, predictions: list[float], targets: list[float]
) -> Any:
    """The loss of given predictions."""
    nodes = [engine.Value(x) for x in predictions]
    return _data(training.squared_error(nodes, list(targets)), "squared_error(...)")


@probe(ROUNDING, lambda predictions, targets: f"squared_error({_values(predictions)}, {targets}).backward()")
def squared_error_gradients(
    engine: ModuleType, training: ModuleType, *, predictions: list[float], targets: list[float]
) -> Any:
    """The gradient of each prediction."""
    nodes = [engine.Value(x) for x in predictions]
    _made(training.squared_error(nodes, list(targets)), "squared_error(...)").backward()
    return {"predictions' grad": [node.grad for node in nodes]}


@probe(ROUNDING, lambda data, grads, lr: f"data {data} and grad {grads}: gradient_step(parameters, {lr})")
def parameters_after_step(
    engine: ModuleType, training: ModuleType, *, data: list[float], grads: list[float], lr: float
) -> Any:
    """The data of the very objects that were handed in, after one step, and whether their gradients were looked at."""
    parameters = [engine.Value(x) for x in data]
    reads = [_watch_gradient(p, grad) for p, grad in zip(parameters, grads, strict=True)]
    training.gradient_step(list(parameters), lr)
    was_read = [bool(read) for read in reads]  # before anything here reads a gradient
    return {"data": [_data(p, "a parameter") for p in parameters], "grad was read": was_read}


def _watch_gradient(node: Any, gradient: float) -> Any:
    """Set the gradient; what is returned becomes true when it is read (at once, where that cannot be watched)."""
    reads: list[bool] = []
    try:
        _hold_gradient(node, gradient, reads)
    except TypeError:
        node.grad = gradient
        reads.append(True)
    return reads


def _training(nin: int, nouts: list[int], seed: int, xs: Any, ys: Any, steps: int, lr: float) -> str:
    return f"train(MLP({nin}, {nouts}, random.Random({seed})), xs, ys, steps={steps}, lr={lr})  on {len(xs)} examples"


@probe(ROUNDING, _training, seconds=5.0)
def training_losses(
    nn: ModuleType, training: ModuleType, *, nin: int, nouts: list[int], seed: int,
    xs: list[list[float]], ys: list[float], steps: int, lr: float,
) -> Any:  # fmt: skip
    """The loss of every step, and the parameters when training is over."""
    model = nn.MLP(nin, list(nouts), random.Random(seed))
    losses = training.train(model, [list(x) for x in xs], list(ys), steps, lr)
    for i, loss in enumerate(_items(losses, "train(...)")):
        if not isinstance(loss, int | float):
            raise NotAsStated(f"losses[{i}] is {_a(loss)}; the statement asks for a list of floats")
    return {"losses": losses, "parameters afterwards": [_data(p, "a parameter") for p in model.parameters()]}


# ---- softmax.py


@probe(ROUNDING, lambda logits: f"softmax({_values(logits)})")
def softmax_values(engine: ModuleType, softmax: ModuleType, *, logits: list[float]) -> Any:
    """The probabilities."""
    probs = softmax.softmax([engine.Value(x) for x in logits])
    return {"probs": [_data(p, "a probability") for p in _items(probs, "softmax(...)")]}


@probe(ROUNDING, lambda logits, of: f"softmax({_values(logits)})[{of}].backward()")
def softmax_gradients(engine: ModuleType, softmax: ModuleType, *, logits: list[float], of: int) -> Any:
    """The gradient of every logit from one of the probabilities."""
    nodes = [engine.Value(x) for x in logits]
    _made(_items(softmax.softmax(nodes), "softmax(...)")[of], "a probability").backward()
    return {"logits' grad": [node.grad for node in nodes]}


@probe(ROUNDING, lambda probs, label: f"negative_log_likelihood({_values(probs)}, {label})")
def likelihood_loss(engine: ModuleType, softmax: ModuleType, *, probs: list[float], label: int) -> Any:
    """The loss of given probabilities."""
    nodes = [engine.Value(x) for x in probs]
    return _data(softmax.negative_log_likelihood(nodes, label), "negative_log_likelihood(...)")


@probe(ROUNDING, lambda logits, label: f"negative_log_likelihood(softmax({_values(logits)}), {label}).backward()")
def softmax_loss(engine: ModuleType, softmax: ModuleType, *, logits: list[float], label: int) -> Any:
    """The loss of given scores, and the gradient of each score."""
    nodes = [engine.Value(x) for x in logits]
    loss = softmax.negative_log_likelihood(softmax.softmax(nodes), label)
    _made(loss, "negative_log_likelihood(...)").backward()
    return {"loss": loss.data, "logits' grad": [node.grad for node in nodes]}


# ---- shared


def _values(numbers: list[float]) -> str:
    return f"[{', '.join(f'Value({x})' for x in numbers)}]"


def _run(engine: ModuleType, steps: list[expressions.Step], at: dict[str, float]) -> dict[str, Any]:
    """The program's names, as the student's Values."""
    names: dict[str, Any] = {name: engine.Value(x) for name, x in at.items()}
    for step in steps:
        made = expressions.run([step], names)
        _made(made, f"{step.target}, the result of {step.sign},")
    return names


def _made(node: Any, what: str) -> Any:
    """The node itself, if it can pass for a Value."""
    if not hasattr(node, "data") or not hasattr(node, "grad"):
        raise NotAsStated(f"{what} is {_a(node)}; it should be a Value")
    return node


def _data(node: Any, what: str) -> Any:
    return _made(node, what).data


def _a(thing: Any) -> str:
    return "None (is a return missing?)" if thing is None else article(type(thing).__name__)


def _items(thing: Any, what: str) -> list[Any]:
    """The items of whatever sequence or set the student chose."""
    try:
        return list(thing)
    except TypeError:
        raise NotAsStated(f"{what} is {_a(thing)}; it should be a list") from None


def _named(steps: list[expressions.Step]) -> list[str]:
    """The results that the program gives a name to."""
    return [step.target for step in steps if step.named]


def _gradients(names: dict[str, Any], wanted: list[str]) -> dict[str, Any]:
    return {f"{name}.grad": names[name].grad for name in wanted}


def _function(text: str, names: list[str]) -> Callable[..., Any]:
    """The text as a Python function of floats."""
    steps = expressions.parse(text, FLOATS)
    return lambda *args: expressions.run(steps, dict(zip(names, args, strict=True)))
