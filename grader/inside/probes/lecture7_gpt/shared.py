"""What the probes of lecture 7 share: float64 while they measure, careful readings, modules with given numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import prod
from typing import Any

from grader.inside.arrays import shown
from grader.inside.late import torch
from grader.inside.plain import Array
from grader.inside.probe import NotAsStated
from grader.inside.tensors import as_items, as_tensor, described, gradient_of, tensor

Shape = tuple[int, ...]
Spec = list[tuple[str, Shape]]  # the parameters of a module by the statement's names, in its order
ALIASES = {"gamma": "weight", "beta": "bias"}  # of torch's own layer norm


@contextmanager
def in_float64() -> Iterator[None]:
    """New tensors are float64 meanwhile."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


# ---- careful readings


def of_shape(thing: Any, shape: Sequence[int], what: str) -> torch.Tensor:
    """The tensor itself, if it has this shape."""
    found = as_tensor(thing, what)
    if tuple(found.shape) != tuple(shape):
        raise NotAsStated(f"{what} is {described(found)}; it should be of shape {tuple(shape)}")
    return found


def pair_of(thing: Any, what: str, names: str) -> list[Any]:
    """The two things that a function returns."""
    found = as_items(thing, what)
    if isinstance(thing, torch.Tensor) or len(found) != 2:
        raise NotAsStated(f"{what} is {described(thing)}; it should be two things: {names}")
    return found


def kept_copy(found: torch.Tensor) -> torch.Tensor:
    """What the tensor holds now, whatever is done to it later."""
    return found.detach().clone()


def read(found: Any) -> torch.Tensor:
    """What was measured as a tensor, on whichever side of the line it was."""
    return tensor(found) if isinstance(found, Array) else as_tensor(found, "what was measured")


# ---- the parameters of each module, by the names of the statement


def head_spec(n_embd: int, head_size: int) -> Spec:
    return [(f"{name}.weight", (head_size, n_embd)) for name in ("key", "query", "value")]


def heads_spec(n_embd: int, num_heads: int, head_size: int) -> Spec:
    heads = [(f"heads.{i}.{name}", shape) for i in range(num_heads) for name, shape in head_spec(n_embd, head_size)]
    return [*heads, ("proj.weight", (n_embd, num_heads * head_size)), ("proj.bias", (n_embd,))]


def fused_spec(n_embd: int) -> Spec:
    """All heads at once, as EX1 asks for them."""
    return [*head_spec(n_embd, n_embd), ("proj.weight", (n_embd, n_embd)), ("proj.bias", (n_embd,))]


def ffwd_spec(n_embd: int) -> Spec:
    wide = 4 * n_embd
    inner: Spec = [("net.0.weight", (wide, n_embd)), ("net.0.bias", (wide,))]
    return [*inner, ("net.2.weight", (n_embd, wide)), ("net.2.bias", (n_embd,))]


def norm_spec(dim: int) -> Spec:
    return [("gamma", (dim,)), ("beta", (dim,))]


def block_spec(n_embd: int, n_head: int) -> Spec:
    sa, norm = heads_spec(n_embd, n_head, n_embd // n_head), norm_spec(n_embd)
    return [*within("sa", sa), *within("ffwd", ffwd_spec(n_embd)), *within("ln1", norm), *within("ln2", norm)]


def gpt_spec(vocab_size: int, n_embd: int, n_head: int, n_layer: int, block_size: int) -> Spec:
    tables: Spec = [
        ("token_embedding_table.weight", (vocab_size, n_embd)),
        ("position_embedding_table.weight", (block_size, n_embd)),
    ]
    blocks = [part for i in range(n_layer) for part in within(f"blocks.{i}", block_spec(n_embd, n_head))]
    head: Spec = [("lm_head.weight", (vocab_size, n_embd)), ("lm_head.bias", (vocab_size,))]
    return [*tables, *blocks, *within("ln_f", norm_spec(n_embd)), *head]


def spec_of(kind: str, sizes: list[int]) -> Spec:
    """The parameters of one of the modules with these arguments."""
    n_embd, *more = sizes
    if kind == "Head":
        return head_spec(n_embd, more[0])
    if kind == "MultiHeadAttention":
        return heads_spec(n_embd, more[0], more[1])
    return block_spec(n_embd, more[0]) if kind == "Block" else fused_spec(n_embd)


def within(name: str, spec: Spec) -> Spec:
    """The same parameters as those of a module that is kept under this name."""
    return [(f"{name}.{inner}", shape) for inner, shape in spec]


def count(spec: Spec) -> int:
    """How many numbers these are: so many a suite hands in."""
    return sum(prod(shape) for _, shape in spec)


# ---- which parameter is which: by the statement's names, else by shape where that leaves no choice


def matched(named: Mapping[str, torch.Tensor], spec: Spec, kind: str) -> dict[str, torch.Tensor]:
    """The parameters by the statement's names, whatever they are called. Raises NotAsStated where there is a choice."""
    found = _paired(spec, [(name, tuple(p.shape)) for name, p in named.items()])
    for name, shape in spec:
        if name not in found:
            raise NotAsStated(f"{kind} has {_listed(named)}; the statement asks for {name} of shape {shape}")
    spare = [name for name in named if name not in found.values()]
    if spare:
        raise NotAsStated(f"{kind} has a parameter {spare[0]}, for which the statement has no place")
    return {name: of_shape(named[found[name]], shape, f"{kind}'s {found[name]}") for name, shape in spec}


def _listed(named: Mapping[str, torch.Tensor]) -> str:
    names = list(named)
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"the parameters {', '.join(names[:3])}{more}" if names else "no parameters"


def _paired(spec: Spec, given: Spec) -> dict[str, str]:
    """For each name of the statement the one that is given, as far as it is certain: part by part, then one by one."""
    if [name for name, _ in spec] == [name for name, _ in given] == [""]:
        return {"": ""}
    wanted, have = _parts(spec), _parts(given)
    found: dict[str, str] = {}
    for part, own in _certain(wanted, have).items():
        inner = _paired(wanted[part], have[own])
        found |= {_joined(part, name): _joined(own, other) for name, other in inner.items()}
    left = {name: [("", shape)] for name, shape in spec if name not in found}
    free = {name: [("", shape)] for name, shape in given if name not in found.values()}
    return {**found, **_certain(left, free)}


def _parts(spec: Spec) -> dict[str, Spec]:
    """The parameters by the part of the module that holds them."""
    parts: dict[str, Spec] = {}
    for name, shape in spec:
        part, _, rest = name.partition(".")
        parts.setdefault(part, []).append((rest, shape))
    return parts


def _certain(wanted: Mapping[str, Spec], have: Mapping[str, Spec]) -> dict[str, str]:
    """Those that have the same name, or torch's; then those that are the only ones of their shapes on both sides."""
    found = {
        name: given for name in wanted for given in (ALIASES.get(name), name) if given is not None and given in have
    }
    left = {name: _shapes(part) for name, part in wanted.items() if name not in found}
    free = {name: _shapes(part) for name, part in have.items() if name not in found.values()}
    for name, shapes in left.items():
        fits = [given for given, others in free.items() if others == shapes]
        if len(fits) == 1 and list(left.values()).count(shapes) == 1:
            found[name] = fits[0]
    return found


def _shapes(part: Spec) -> list[Shape]:
    return sorted(shape for _, shape in part)


def _joined(*names: str) -> str:
    return ".".join(name for name in names if name)


# ---- modules with given numbers


def parameters_of(module: Any) -> dict[str, torch.Tensor]:
    """A module's parameters by name."""
    if not isinstance(module, torch.nn.Module):
        raise NotAsStated(f"{type(module).__name__} is no torch.nn.Module; the statement asks for one")
    return dict(module.named_parameters())


def fill(module: Any, spec: Spec, numbers: Array) -> dict[str, torch.Tensor]:
    """Give a module's parameters these numbers in the order of the statement."""
    found = matched(parameters_of(module), spec, type(module).__name__)
    pieces = torch.split(tensor(numbers).to(torch.get_default_dtype()), [prod(shape) for _, shape in spec])
    for (name, shape), piece in zip(spec, pieces, strict=True):
        found[name].data = piece.reshape(shape).clone()
    return found


def ran(module: Any, parameters: Mapping[str, torch.Tensor], x: torch.Tensor, upstream: Array) -> dict[str, Any]:
    """One call: what comes out, and what flows back to the input and to the parameters."""
    what = f"the result of {type(module).__name__}"
    out = of_shape(module(x), upstream.shape, what)
    if not out.requires_grad:
        raise NotAsStated(f"{what} is cut off from the graph: no gradient flows back through it")
    torch.autograd.backward((out * tensor(upstream)).sum())
    gradients = {f"{name}.grad": kept_copy(gradient_of(p)) for name, p in parameters.items()}
    return {"result": kept_copy(out), "x.grad": kept_copy(gradient_of(x)), **gradients}


# ---- as a student would type it


def short(show: Callable[..., str]) -> Callable[..., str]:
    """The same line with its dtype said once, at the end."""
    return lambda **inputs: f"{show(**inputs).replace(', dtype=torch.float64', '')}    (all in float64)"


def given(**arrays: Array) -> str:
    """Assignments: small arrays in full, large ones by their shape."""
    return ", ".join(f"{name} = {shown(values)}" for name, values in arrays.items())
