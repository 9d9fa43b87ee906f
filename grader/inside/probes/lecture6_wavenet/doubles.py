"""Layers of torch's in place of the student's own, so that what is built from layers is measured alone.

A double is the student's class with other contents: torch's own functions, and numbers that no exercise asks for.
(A lecture's modules are loaded in the order of their names: this one and bare_net.py come before what needs them.)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from types import ModuleType
from typing import Any

from grader.inside.attributes import gathered, present
from grader.inside.late import F, torch
from grader.inside.tensors import replaced

LEARNED = ("weight", "bias", "gamma", "beta")


@contextmanager
def doubles(layers: ModuleType, own: tuple[str, ...] = ()) -> Iterator[None]:
    """Let the student's modules find torch's layers under the names of theirs; those in `own` stay the student's."""
    with ExitStack() as stack:
        for name, made in DOUBLES.items():
            if name not in own:
                theirs = getattr(layers, name)
                base = theirs if isinstance(theirs, type) else object
                stack.enter_context(replaced([layers], theirs, type(name, (made, base), {})))
        yield


class Double:
    """What all of them share: the student's own start, as far as it goes, and nothing to learn."""

    out: torch.Tensor

    def started(self, *arguments: Any, **options: Any) -> None:
        with suppress(Exception):
            super().__init__(*arguments, **options)
        vars(self).pop("parameters", None)  # a list in a method's place is told elsewhere
        if isinstance(self, torch.nn.Module):
            if "_modules" not in vars(self):  # its own start has not come that far
                torch.nn.Module.__init__(self)
            self._parameters.clear()  # those that a double has are registered by `put`, in the stated order

    def put(self, name: str, values: torch.Tensor) -> None:
        """Keep these numbers: in the layer's own tensor, if it has one, so that this collects gradients or does not."""
        own = getattr(self, name, None)
        if isinstance(own, torch.Tensor):
            own.data = values
        elif isinstance(self, torch.nn.Module) and name in LEARNED:
            setattr(self, name, torch.nn.Parameter(values))
        else:
            setattr(self, name, values)

    def kept(self, out: torch.Tensor) -> torch.Tensor:
        self.out = out
        return out

    def parameters(self) -> list[torch.Tensor]:
        return []


class Embedding(Double):
    weight: torch.Tensor
    looked_up = 0  # symbols

    def __init__(self, num_embeddings: int, embedding_dim: int, generator: Any = None, **more: Any) -> None:
        self.started(num_embeddings, embedding_dim, **more)
        self.put("weight", torch.randn((num_embeddings, embedding_dim), generator=generator))

    def __call__(self, IX: torch.Tensor) -> torch.Tensor:
        self.looked_up += IX.numel()
        return self.kept(F.embedding(IX, self.weight))

    def parameters(self) -> list[torch.Tensor]:
        return [self.weight]


class Linear(Double):
    weight: torch.Tensor
    bias: torch.Tensor | None

    def __init__(self, fan_in: int, fan_out: int, bias: bool = True, generator: Any = None, **more: Any) -> None:
        self.started(fan_in, fan_out, bias=bias, **more)
        self.put("weight", torch.randn((fan_in, fan_out), generator=generator))
        if bias:
            self.put("bias", torch.zeros(fan_out))
        else:
            self.bias = None

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        return self.kept(F.linear(x, self.weight.T, self.bias))

    def parameters(self) -> list[torch.Tensor]:
        return present(self, "weight", "bias")


class BatchNorm1d(Double):
    gamma: torch.Tensor
    beta: torch.Tensor
    running_mean: torch.Tensor
    running_var: torch.Tensor

    def __init__(self, dim: int, eps: float = 1e-5, momentum: float = 0.1, **more: Any) -> None:
        self.started(dim, eps=eps, momentum=momentum, **more)
        self.eps, self.momentum, self.training = eps, momentum, True
        for name, start in (("gamma", 1.0), ("beta", 0.0), ("running_mean", 0.0), ("running_var", 1.0)):
            self.put(name, torch.full((dim,), start))

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """All positions alike, and divided by the number of values, as torch does it."""
        rows, buffers = x.reshape(-1, x.shape[-1]), (self.running_mean, self.running_var)
        found = F.batch_norm(rows, *buffers, self.gamma, self.beta, bool(self.training), self.momentum, self.eps)
        return self.kept(found.reshape(x.shape))

    def parameters(self) -> list[torch.Tensor]:
        return present(self, "gamma", "beta")


class Tanh(Double):
    def __init__(self) -> None:
        self.started()

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        return self.kept(F.tanh(x))


class Flatten(Double):
    def __init__(self) -> None:
        self.started()

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        return self.kept(x.flatten(1))


class FlattenConsecutive(Double):
    def __init__(self, n: int) -> None:
        self.started(n)
        self.n = n

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        groups = torch.cat([x[:, i :: self.n] for i in range(self.n)], dim=2)
        return self.kept(groups[:, 0] if groups.shape[1] == 1 else groups)


class Sequential(Double):
    layers: Any

    def __init__(self, layers: Any) -> None:
        self.started(list(layers))
        if list(getattr(self, "layers", [])) != list(layers):
            object.__setattr__(self, "layers", list(layers))

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = layer(x)
        return self.kept(x)

    def parameters(self) -> list[torch.Tensor]:
        return gathered(self.layers, "parameters")


DOUBLES = {
    made.__name__: made
    for made in (Embedding, Linear, BatchNorm1d, Tanh, Flatten, FlattenConsecutive, Sequential)
}  # fmt: skip
