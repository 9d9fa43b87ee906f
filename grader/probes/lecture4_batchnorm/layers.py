"""What is measured of layers.py: each class alone with given numbers, then the net that is made of them."""

from math import prod
from types import ModuleType
from typing import Any

import torch
import torch.nn.functional as F

from grader.plain import Array
from grader.probes import EXACT, NotAsStated, probe
from grader.probes.lecture4_batchnorm.shared import (
    DRAWN,
    FLOAT64,
    attribute,
    built,
    in_float64,
    kept_copy,
    of_shape,
    only,
    options,
    per_unit,
    send_back,
    set_buffer,
    set_parameter,
)
from grader.probes.tensors import (
    TRAJECTORY,
    array_of,
    as_items,
    as_tensor,
    described,
    generator,
    gradient_of,
    leaf,
    shown,
    tensor,
)

KINDS = ("Linear", "BatchNorm1d", "Tanh")


# ---- one layer alone


def _linear(fan_in: int, fan_out: int, bias: bool, seed: int) -> str:
    without = "" if bias else ", bias=False"
    return f"Linear({fan_in}, {fan_out}{without}, generator=torch.Generator().manual_seed({seed}))"


@probe(DRAWN, _linear)
def fresh_linear(layers: ModuleType, *, fan_in: int, fan_out: int, bias: bool, seed: int) -> Any:
    """The weight and bias of a new Linear, and what it lists as parameters."""
    layer = layers.Linear(fan_in, fan_out, bias=bias, generator=generator(seed))
    weight = as_tensor(attribute(layer, "weight", "Linear"), "Linear's .weight").detach()
    own = attribute(layer, "bias", "Linear")
    return {
        "weight.shape": list(weight.shape),
        "weight.std()": float(weight.std()),
        "weight": weight,
        "bias": None if own is None else as_tensor(own, "Linear's .bias").detach(),
        "shapes of parameters()": _shapes(layer),
    }


def _shapes(layer: Any) -> list[list[int]]:
    found = as_items(layer.parameters(), "parameters()")
    return [list(as_tensor(p, "an item of parameters()").shape) for p in found]


def _linear_call(weight: Array, bias: Array | None, x: Array, upstream: Array) -> str:
    own = "bias=False" if bias is None else f"bias = {shown(bias)}"
    call = f"Linear with weight = {shown(weight)}, {own}, called with {shown(x)}"
    return f"{call}    (the gradient {shown(upstream)} arriving at its result)"


@probe(FLOAT64, _linear_call)
def linear_output(layers: ModuleType, *, weight: Array, bias: Array | None, x: Array, upstream: Array) -> Any:
    """The output of a Linear with given numbers, what it keeps of it, and the gradients it hands on."""
    with in_float64():
        layer = built(layers, "Linear", *weight.shape, bias=bias is not None, generator=generator(0))
        inputs = {"weight": set_parameter(layer, "weight", weight)}
        if bias is not None:
            inputs["bias"] = set_parameter(layer, "bias", bias)
        return _called(layer, inputs, x, upstream)


def _called(layer: Any, inputs: dict[str, torch.Tensor], x: Array, upstream: Array) -> dict[str, Any]:
    """One call: what comes out, what is kept, and what flows back."""
    kind, given = type(layer).__name__, leaf(x)
    out = of_shape(layer(given), upstream.shape, f"the result of {kind}")
    kept = as_tensor(attribute(layer, "out", kind), f"{kind}'s .out")
    found = {"result": kept_copy(out), ".out": kept_copy(kept)}
    send_back(out, upstream, f"the result of {kind}")
    return found | {f"{name}.grad": gradient_of(value) for name, value in {**inputs, "x": given}.items()}


@probe(EXACT, lambda dim: f"BatchNorm1d({dim})")
def fresh_batchnorm(layers: ModuleType, *, dim: int) -> Any:
    """What a new BatchNorm1d starts with."""
    layer = layers.BatchNorm1d(dim)
    names = ("gamma", "beta", "running_mean", "running_var")
    start = {name: per_unit(attribute(layer, name, "BatchNorm1d"), f"BatchNorm1d's .{name}").tolist() for name in names}
    listed = [per_unit(p, "an item of parameters()").tolist() for p in as_items(layer.parameters(), "parameters()")]
    return {**start, "training": attribute(layer, "training", "BatchNorm1d"), "parameters()": listed}


def _batchnorm_call(x: Array, gamma: Array, beta: Array, upstream: Array, eps: float | None = None) -> str:
    layer = f"BatchNorm1d({gamma.shape[0]}{options(eps=eps)}) with gamma = {shown(gamma)}, beta = {shown(beta)}"
    return f"{layer}, called with {shown(x)}    (the gradient {shown(upstream)} arriving at its result)"


@probe(FLOAT64, _batchnorm_call)
def batchnorm_output(
    layers: ModuleType, *, x: Array, gamma: Array, beta: Array, upstream: Array, eps: float | None = None
) -> Any:
    """The output in training with given gain and shift, what is kept of it, and the gradients handed on."""
    with in_float64():
        layer = built(layers, "BatchNorm1d", *gamma.shape, **only(eps=eps))
        inputs = {"gamma": set_parameter(layer, "gamma", gamma), "beta": set_parameter(layer, "beta", beta)}
        return _called(layer, inputs, x, upstream)


def _batches(mean: Array, var: Array, batches: list[Array], momentum: float | None = None) -> str:
    start = f"running_mean = {shown(mean)}, running_var = {shown(var)}"
    layer = f"BatchNorm1d({mean.shape[0]}{options(momentum=momentum)}) with {start}"
    return f"{layer}, called in training with {', then '.join(map(shown, batches))}"


@probe(FLOAT64, _batches)
def batchnorm_buffers(
    layers: ModuleType, *, mean: Array, var: Array, batches: list[Array], momentum: float | None = None
) -> Any:
    """The buffers after each batch in training, and whether they hang on the graph."""
    means, variances, on_graph = [], [], []
    with in_float64():
        layer = built(layers, "BatchNorm1d", *mean.shape, **only(momentum=momentum))
        set_buffer(layer, "running_mean", mean)
        set_buffer(layer, "running_var", var)
        for batch in batches:
            layer(leaf(batch) * 1.0)
            means.append(per_unit(layer.running_mean, "running_mean").clone())
            variances.append(per_unit(layer.running_var, "running_var").clone())
            on_graph.append([layer.running_mean.requires_grad, layer.running_var.requires_grad])
    return {"running_mean": means, "running_var": variances, "requires_grad of both": on_graph}


def _evaluation(mean: Array, var: Array, gamma: Array, beta: Array, rows: Array, eps: float | None = None) -> str:
    start = f"running_mean = {shown(mean)}, running_var = {shown(var)}, gamma = {shown(gamma)}, beta = {shown(beta)}"
    return (
        f"BatchNorm1d({mean.shape[0]}{options(eps=eps)}) with {start}, training = False, "
        f"called with the first row alone, then with all of {shown(rows)}"
    )


@probe(FLOAT64, _evaluation)
def batchnorm_evaluation(
    layers: ModuleType, *, mean: Array, var: Array, gamma: Array, beta: Array, rows: Array, eps: float | None = None
) -> Any:
    """In evaluation: one row alone, the same row among others, and the buffers afterwards."""
    with in_float64():
        layer = built(layers, "BatchNorm1d", *mean.shape, **only(eps=eps))
        for name, values in (("gamma", gamma), ("beta", beta)):
            set_parameter(layer, name, values)
        for name, values in (("running_mean", mean), ("running_var", var)):
            set_buffer(layer, name, values)
        layer.training = False
        alone = as_tensor(layer(tensor(rows)[:1]), "the result of BatchNorm1d").detach()
        after_one = _buffers(layer)
        together = as_tensor(layer(tensor(rows)), "the result of BatchNorm1d").detach()
    return {
        "first row alone": alone, "all rows": together,
        "buffers after one row": after_one, "buffers after all rows": _buffers(layer),
    }  # fmt: skip


def _buffers(layer: Any) -> list[Array]:
    return [array_of(per_unit(getattr(layer, name), name)) for name in ("running_mean", "running_var")]


@probe(FLOAT64, lambda x, upstream: f"Tanh() called with {shown(x)}    (the gradient {shown(upstream)} arriving)")
def tanh_output(layers: ModuleType, *, x: Array, upstream: Array) -> Any:
    """The output of a Tanh, what is kept of it, the gradient handed on, and what it lists as parameters."""
    with in_float64():
        layer = layers.Tanh()
        return {**_called(layer, {}, x, upstream), "shapes of parameters()": _shapes(layer)}


# ---- the net


def _net(sizes: list[int], seed: int = 0, **more: Any) -> str:
    return f"deep_net({', '.join(map(str, sizes))}, torch.Generator().manual_seed({seed}))"


def _deep_net(layers: ModuleType, sizes: list[int], seed: int) -> tuple[torch.Tensor, list[Any]]:
    """The embedding table and the layers of a new net."""
    found = as_items(layers.deep_net(*sizes, generator(seed)), "deep_net(...)")
    if len(found) != 2:
        raise NotAsStated(f"deep_net(...) gives {len(found)} things; the statement asks for the pair (C, layers)")
    return as_tensor(found[0], "the C of deep_net(...)"), as_items(found[1], "the layers of deep_net(...)")


def _kind(layers: ModuleType, layer: Any) -> str:
    return next((kind for kind in KINDS if isinstance(layer, getattr(layers, kind))), type(layer).__name__)


def _parameters_of(layers: ModuleType, C: torch.Tensor, stack: list[Any]) -> list[torch.Tensor]:
    found = as_items(layers.parameters_of(C, stack), "parameters_of(C, layers)")
    return [as_tensor(p, "an item of parameters_of(C, layers)") for p in found]


@probe(DRAWN, _net)
def deep_net_parts(layers: ModuleType, *, sizes: list[int], seed: int) -> Any:
    """Which layers a net has, with the shapes of their parameters, how many numbers it learns, and how it starts."""
    C, stack = _deep_net(layers, sizes, seed)
    parameters = _parameters_of(layers, C, stack)
    norms = [layer for layer in stack if isinstance(layer, layers.BatchNorm1d)]
    return {
        "layers": [" ".join([_kind(layers, layer), *map(str, map(tuple, _shapes(layer)))]) for layer in stack],
        "numbers in parameters_of(C, layers)": sum(p.numel() for p in parameters),
        "shapes in parameters_of(C, layers)": [list(p.shape) for p in parameters],
        "requires_grad of all parameters": all(p.requires_grad for p in parameters),
        "smallest gamma of each BatchNorm1d": [float(layer.gamma.detach().min()) for layer in norms],
        "largest gamma of each BatchNorm1d": [float(layer.gamma.detach().max()) for layer in norms],
    }


@probe(DRAWN, _net)
def deep_net_draws(layers: ModuleType, *, sizes: list[int], seed: int) -> Any:
    """The random numbers of a new net: C and the weights in order."""
    C, stack = _deep_net(layers, sizes, seed)
    return {"C": C, "weights": [layer.weight for layer in stack if isinstance(layer, layers.Linear)]}


def parameter_shapes(sizes: list[int]) -> list[tuple[int, ...]]:
    """The shapes of a deep net's parameters in the stated order, for a suite that hands them in."""
    vocab_size, block_size, n_embd, n_hidden, depth = sizes
    widths = [n_embd * block_size, *[n_hidden] * depth, vocab_size]
    pairs = zip(widths[:-1], widths[1:], strict=True)
    return [(vocab_size, n_embd), *(shape for m, n in pairs for shape in ((m, n), (n,), (n,)))]


def _given_net(layers: ModuleType, sizes: list[int], numbers: Array) -> tuple[torch.Tensor, list[Any]]:
    """A net whose parameters are these numbers, in the stated order."""
    C, stack = _deep_net(layers, sizes, 0)
    parameters, shapes = _parameters_of(layers, C, stack), parameter_shapes(sizes)
    if [tuple(p.shape) for p in parameters] != shapes:
        raise NotAsStated(
            f"parameters_of(C, layers) gives {len(parameters)} tensors with {sum(p.numel() for p in parameters):,} "
            f"numbers; the statement asks for {len(shapes)} tensors with {sum(map(prod, shapes)):,}"
        )
    pieces = tensor(numbers).split([prod(shape) for shape in shapes])
    for p, piece, shape in zip(parameters, pieces, shapes, strict=True):
        p.data = piece.reshape(shape).clone()
    return C, stack


def _given(sizes: list[int], numbers: Array, X: Array, **more: Any) -> str:
    return f"deep_net({', '.join(map(str, sizes))}, ...) with given parameters, X = {shown(X)}"


def _logits(layers: ModuleType, C: torch.Tensor, stack: list[Any], X: torch.Tensor, vocab_size: int) -> torch.Tensor:
    return of_shape(layers.forward(C, stack, X), (X.shape[0], vocab_size), "forward(C, layers, X)")


@probe(FLOAT64, lambda **inputs: f"forward(C, layers, X) of {_given(**inputs)}")
def deep_logits(layers: ModuleType, *, sizes: list[int], numbers: Array, X: Array) -> Any:
    """The logits of a net with given parameters in training."""
    with in_float64():
        C, stack = _given_net(layers, sizes, numbers)
        return {"logits": _logits(layers, C, stack, tensor(X), sizes[0])}


@probe(FLOAT64, lambda **inputs: f"set_training(layers, False), forward, set_training(layers, True) of {_given(**inputs)}")
def deep_modes(layers: ModuleType, *, sizes: list[int], numbers: Array, X: Array) -> Any:
    """A net that is switched to evaluation and back: each layer's mode, its buffers, and the logits of one context."""
    with in_float64():
        C, stack = _given_net(layers, sizes, numbers)
        norms = [layer for layer in stack if isinstance(layer, layers.BatchNorm1d)]
        layers.set_training(stack, False)
        off = [attribute(layer, "training", "BatchNorm1d") for layer in norms]
        alone = _logits(layers, C, stack, tensor(X)[:1], sizes[0])
        buffers = [_buffers(layer) for layer in norms]
        layers.set_training(stack, True)
        on = [layer.training for layer in norms]
    return {
        "training after set_training(layers, False)": off, "logits of one context": alone,
        "buffers afterwards": buffers, "training after set_training(layers, True)": on,
    }  # fmt: skip


def _training(steps: int, lr: float, **inputs: Any) -> str:
    return f"{steps} steps of gradient descent with lr = {lr} on all examples, of {_given(**inputs)}"


@probe(TRAJECTORY, _training, seconds=5.0)
def deep_losses(
    layers: ModuleType, *, sizes: list[int], numbers: Array, X: Array, Y: Array, steps: int, lr: float
) -> Any:
    """The losses of a short training, and the buffers when it is over."""
    with in_float64():
        C, stack = _given_net(layers, sizes, numbers)
        parameters = _parameters_of(layers, C, stack)
        losses = []
        for _ in range(steps):
            loss = F.cross_entropy(_logits(layers, C, stack, tensor(X), sizes[0]), tensor(Y))
            losses.append(float(loss.detach()))
            _step(parameters, loss, lr)
    norms = [layer for layer in stack if isinstance(layer, layers.BatchNorm1d)]
    return {"losses": losses, "buffers afterwards": [_buffers(layer) for layer in norms]}


def _step(parameters: list[torch.Tensor], loss: torch.Tensor, lr: float) -> None:
    """One step of gradient descent, as the lecture makes it."""
    for p in parameters:
        p.grad = None
    loss.backward()
    for i, p in enumerate(parameters):
        if not p.is_leaf or p.grad is None:
            raise NotAsStated(f"parameter {i}, {described(p)}, has no gradient after backward(), so training skips it")
        p.data += -lr * p.grad
