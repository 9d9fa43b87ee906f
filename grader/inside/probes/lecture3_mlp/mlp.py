"""What is measured of the steps in mlp.py: each alone, on inputs of its own."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.chance import steady_chance
from grader.inside.late import torch
from grader.inside.on_the_way import watched
from grader.inside.plain import Array
from grader.inside.probe import NotAsStated, Tolerance, probe
from grader.inside.probes.lecture3_mlp.shared import (
    OPTIMISER,
    SENT,
    call,
    drawn_parameters,
    gradients,
    pair,
    send_back,
    short,
    weighed,
    weights,
)
from grader.inside.tensors import (
    FLOAT32,
    FLOAT64,
    as_tensor,
    generator,
    gradient_of,
    leaf,
    next_number,
    number_of,
    tensor,
    whole_numbers,
)

LARGE = Tolerance(1e-4, "float32 holds 100 to 1e-5; a probability so small that it is rounded is off by 7e-3", 1e-6)


@probe(FLOAT32, lambda sizes, seed: call("init_parameters", sizes, seed))
@steady_chance()
def fresh_parameters(mlp: ModuleType, *, sizes: list[int], seed: int) -> Any:
    """The parameters as they were drawn, their shapes, whether they collect gradients, and the next random number."""
    source = generator(seed)
    return drawn_parameters(mlp.init_parameters(*sizes, source), source, "init_parameters(...)")


@probe(FLOAT64, lambda C, X: f"embed(C, X) for C = {short(C)} and X = {shown(X)}")
def embedded_rows(mlp: ModuleType, *, C: Array, X: Array) -> Any:
    """The embeddings."""
    return {"embed(C, X)": as_tensor(mlp.embed(leaf(C), tensor(X)), "embed(C, X)")}


@probe(FLOAT64, lambda C, X: f"out = embed(C, X) {SENT}; C = {short(C)}, X = {shown(X)}")
def embedding_gradient(mlp: ModuleType, *, C: Array, X: Array) -> Any:
    """What arrives at C when an irregular gradient arrives at the embeddings."""
    given = leaf(C)
    send_back(as_tensor(mlp.embed(given, tensor(X)), "embed(C, X)"))
    return {"C.grad": gradient_of(given)}


@probe(FLOAT64, lambda sizes, seed, X: f"forward(parameters, X) for X = {shown(X)} and {weighed(sizes, seed)}")
def net_logits(mlp: ModuleType, *, sizes: list[int], seed: int, X: Array) -> Any:
    """The logits of float64 weights."""
    return {"logits": as_tensor(mlp.forward(weights(sizes, seed), tensor(X)), "forward(...)")}


@probe(FLOAT64, lambda sizes, seed, X: f"out = forward(parameters, X) {SENT}; X = {shown(X)}, {weighed(sizes, seed)}")
def net_gradients(mlp: ModuleType, *, sizes: list[int], seed: int, X: Array) -> Any:
    """What arrives at each parameter when an irregular gradient arrives at the logits."""
    parameters = weights(sizes, seed)
    send_back(as_tensor(mlp.forward(parameters, tensor(X)), "forward(...)"))
    return gradients(parameters)


@probe(FLOAT64, lambda logits, Y: f"loss(logits, {shown(Y)}) for logits = {short(logits)}")
def loss_of_logits(mlp: ModuleType, *, logits: Array, Y: Array) -> Any:
    """The loss, and what backward() from it leaves at the logits."""
    given = leaf(logits)
    found = mlp.loss(given, tensor(Y))
    number = number_of(found, "loss(...)")
    if not isinstance(found, torch.Tensor) or not found.requires_grad:
        raise NotAsStated(f"loss(...) is {number:.6g} without a graph: there is nothing for backward() to start from")
    torch.autograd.backward([found.reshape(())])
    return {"loss": number, "logits.grad": gradient_of(given)}


@probe(LARGE, lambda logits, Y: f"loss({shown(logits)}, {shown(Y)})  in float32")
def loss_in_float32(mlp: ModuleType, *, logits: Array, Y: Array) -> Any:
    """The loss of large logits in the lecture's own dtype."""
    return {"loss": number_of(mlp.loss(tensor(logits), tensor(Y)), "loss(...)")}


@probe(
    FLOAT64,
    lambda rows, columns, batch_size, seed: (
        f"minibatch(X, Y, {batch_size}, g), twice, for X = torch.arange({rows * columns}).view({rows}, {columns}), "
        f"Y = torch.arange({rows}), g = torch.Generator().manual_seed({seed})"
    ),
)
@steady_chance()
def drawn_minibatches(mlp: ModuleType, *, rows: int, columns: int, batch_size: int, seed: int) -> Any:
    """Two minibatches of rows that show which they are, and the next random number."""
    X, Y, source = torch.arange(rows * columns).view(rows, columns), torch.arange(rows), generator(seed)
    found: dict[str, Any] = {}
    for which in ("", "second "):
        batch = pair(mlp.minibatch(X, Y, batch_size, source), "minibatch(...)")
        for name, part in zip(("Xb", "Yb"), batch, strict=True):
            found[f"{which}{name}"] = whole_numbers(part, name)
    return {**found, "next number of the generator": next_number(source)}


@probe(
    FLOAT64,
    lambda data, grads, lr: (
        f"sgd_step(parameters, {lr}) for parameters {', '.join(map(short, data))} "
        f"and gradients {', '.join(map(short, grads))}"
    ),
    seconds=OPTIMISER,
)
def stepped_parameters(mlp: ModuleType, *, data: list[Array], grads: list[Array], lr: float) -> Any:
    """The very tensors that were handed in, after one step, and whether the step has looked at their gradients."""
    parameters = [leaf(values) for values in data]
    for parameter, gradient in zip(parameters, grads, strict=True):
        parameter.grad = tensor(gradient)
    mlp.sgd_step(list(parameters), lr)
    moved = any(not torch.equal(p.detach(), tensor(values)) for p, values in zip(parameters, data, strict=True))
    return {
        **{f"parameters[{i}]": parameter for i, parameter in enumerate(parameters)},
        **{f"parameters[{i}].requires_grad": parameter.requires_grad for i, parameter in enumerate(parameters)},
        "p.grad was read": moved or _reads_gradients(mlp, data, grads, lr),
    }


def _reads_gradients(mlp: ModuleType, data: list[Array], grads: list[Array], lr: float) -> bool:
    """Whether a step that moves nothing has looked at a gradient: it tells a step that is lost from none at all."""

    class Watched(torch.Tensor):
        """A parameter that knows whether its gradient was asked for."""

        __torch_function__ = torch._C._disabled_torch_function_impl  # type: ignore[assignment]
        given: torch.Tensor
        read = False

        @property
        def grad(self) -> torch.Tensor:  # type: ignore[override]
            self.read = True
            return self.given

    parameters = []
    for values, gradient in zip(data, grads, strict=True):
        parameter = torch.Tensor._make_subclass(Watched, tensor(values), True)
        parameter.given = tensor(gradient)
        parameters.append(parameter)
    mlp.sgd_step(list(parameters), lr)
    return any(parameter.read for parameter in parameters)


watched(net_logits, loss_of_logits)
