from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import torch
from torch import Generator, Tensor


class Layer(Protocol):
    out: Tensor

    def __call__(self, x: Tensor) -> Tensor: ...

    def parameters(self) -> list[Tensor]: ...


class Embedding:
    def __init__(self, num_embeddings: int, embedding_dim: int, generator: Generator | None = None) -> None:
        if num_embeddings < 1 or embedding_dim < 1:
            raise ValueError("a table has rows and columns")
        self.weight: Tensor = torch.randn((num_embeddings, embedding_dim), generator=generator)

    def __call__(self, IX: Tensor) -> Tensor:
        if IX.dtype != torch.int64:
            raise TypeError(f"indices are int64, not {IX.dtype}")
        assert 0 <= int(IX.min()) and int(IX.max()) < self.weight.shape[0]
        self.out = torch.nn.functional.embedding(IX, self.weight)
        assert self.out.shape == (*IX.shape, self.weight.shape[1])
        return self.out

    def parameters(self) -> list[Tensor]:
        return [self.weight]


class Linear:
    def __init__(self, fan_in: int, fan_out: int, bias: bool = True, generator: Generator | None = None) -> None:
        if fan_in < 1 or fan_out < 1:
            raise ValueError("a layer has inputs and outputs")
        self.fan_in, self.fan_out = fan_in, fan_out
        self.weight: Tensor = torch.randn((fan_in, fan_out), generator=generator) / torch.tensor(float(fan_in)).sqrt()
        self.bias: Tensor | None = torch.zeros((fan_out,)) if bias is True else None

    def __call__(self, x: Tensor) -> Tensor:
        if x.dim() not in (2, 3) or x.shape[-1] != self.fan_in:
            raise ValueError(f"x has the shape {tuple(x.shape)}, its last axis should be {self.fan_in}")
        product = torch.matmul(x, self.weight)
        self.out = product if self.bias is None else torch.add(product, self.bias)
        assert self.out.shape == (*x.shape[:-1], self.fan_out)
        return self.out

    def parameters(self) -> list[Tensor]:
        found = [self.weight]
        if self.bias is not None:
            found.append(self.bias)
        return found


class BatchNorm1d:
    def __init__(self, dim: int, eps: float = 1e-5, momentum: float = 0.1) -> None:
        assert dim > 0
        assert eps >= 0
        assert 0 <= momentum <= 1
        self.dim = dim
        self.eps: float = eps
        self.momentum: float = momentum
        self.training: bool = True
        self.gamma: Tensor = torch.ones((dim,))
        self.beta: Tensor = torch.zeros((dim,))
        self.running_mean: Tensor = torch.zeros((dim,))
        self.running_var: Tensor = torch.ones((dim,))

    def __call__(self, x: Tensor) -> Tensor:
        if x.dim() not in (2, 3) or x.shape[-1] != self.dim:
            raise ValueError(f"x has the shape {tuple(x.shape)}, its last axis should be {self.dim}")
        mean, var = self.measured(x) if self.training else (self.running_mean, self.running_var)
        assert mean.shape == var.shape == (self.dim,)
        wide = x.to(torch.float64)
        xhat = (wide - mean) / torch.sqrt(var.to(torch.float64) + self.eps)
        self.out = (self.gamma * xhat + self.beta).to(x.dtype)
        assert self.out.shape == x.shape
        return self.out

    def measured(self, x: Tensor) -> tuple[Tensor, Tensor]:
        axes = (0,) if x.dim() == 2 else (0, 1)
        count = x.numel() // self.dim
        mean = x.sum(dim=axes) / count
        var = (x - mean).square().sum(dim=axes) / (count - 1)
        with torch.no_grad():
            self.running_mean = torch.lerp(self.running_mean, mean, self.momentum)
            self.running_var = torch.lerp(self.running_var, var, self.momentum)
        return mean, var

    def parameters(self) -> list[Tensor]:
        return [self.gamma, self.beta]


class Tanh:
    def __call__(self, x: Tensor) -> Tensor:
        self.out = torch.tanh(x)
        assert self.out.detach().abs().max() <= 1
        return self.out

    def parameters(self) -> list[Tensor]:
        return []


class Flatten:
    def __call__(self, x: Tensor) -> Tensor:
        if x.dim() != 3:
            raise ValueError("Flatten is for (B, T, C)")
        B, T, C = x.shape
        self.out = x.contiguous().view(B, T * C)
        return self.out

    def parameters(self) -> list[Tensor]:
        return []


class FlattenConsecutive:
    def __init__(self, n: int) -> None:
        if n < 1:
            raise ValueError("a group has at least one position")
        self.n: int = n

    def __call__(self, x: Tensor) -> Tensor:
        if x.dim() != 3 or x.shape[1] % self.n:
            raise ValueError(f"{tuple(x.shape)} does not fall into groups of {self.n}")
        B, T, C = x.shape
        groups = T // self.n
        out = x.contiguous().view(B, groups, self.n * C)
        self.out = out[:, 0, :] if groups == 1 else out
        assert self.out.numel() == x.numel()
        return self.out

    def parameters(self) -> list[Tensor]:
        return []


class Sequential:
    def __init__(self, layers: Sequence[Layer]) -> None:
        if not layers:
            raise ValueError("there are no layers")
        self.layers: list[Layer] = list(layers)

    def __call__(self, x: Tensor) -> Tensor:
        out = x
        for layer in self.layers:
            out = layer(out)
        self.out = out
        return self.out

    def parameters(self) -> list[Tensor]:
        found: list[Tensor] = []
        for layer in self.layers:
            found += list(layer.parameters())
        assert all(isinstance(p, Tensor) for p in found)
        return found
