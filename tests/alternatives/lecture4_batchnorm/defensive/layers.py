from __future__ import annotations

from typing import Protocol

import torch
from torch import Generator, Tensor


class Layer(Protocol):
    out: Tensor

    def __call__(self, x: Tensor) -> Tensor: ...

    def parameters(self) -> list[Tensor]: ...


class Linear:
    def __init__(self, fan_in: int, fan_out: int, bias: bool = True, generator: Generator | None = None) -> None:
        if fan_in < 1 or fan_out < 1:
            raise ValueError("a layer has inputs and outputs")
        self.fan_in, self.fan_out = fan_in, fan_out
        self.weight: Tensor = torch.randn((fan_in, fan_out), generator=generator) / torch.tensor(float(fan_in)).sqrt()
        self.bias: Tensor | None = torch.zeros((fan_out,)) if bias is True else None

    def __call__(self, x: Tensor) -> Tensor:
        if x.dim() != 2 or x.shape[1] != self.fan_in:
            raise ValueError(f"x has the shape {tuple(x.shape)}, not (B, {self.fan_in})")
        product = torch.matmul(x, self.weight)
        self.out = product if self.bias is None else torch.add(product, self.bias)
        assert self.out.shape == (x.shape[0], self.fan_out)
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
        self.eps: float = eps
        self.momentum: float = momentum
        self.training: bool = True
        self.gamma: Tensor = torch.ones((dim,))
        self.beta: Tensor = torch.zeros((dim,))
        self.running_mean: Tensor = torch.zeros((dim,))
        self.running_var: Tensor = torch.ones((dim,))

    def __call__(self, x: Tensor) -> Tensor:
        if x.dim() != 2:
            raise ValueError("a batch has two dimensions")
        if self.training:
            if x.shape[0] < 2:
                raise ValueError("a single example cannot be normalised in training")
            mean = x.mean(dim=0)
            var = torch.square(x - mean).sum(dim=0) / (x.shape[0] - 1)
            self._remember(mean, var)
        else:
            mean, var = self.running_mean.reshape(-1), self.running_var.reshape(-1)
        xhat = (x - mean.unsqueeze(0)) / torch.sqrt(var.unsqueeze(0) + self.eps)
        self.out = xhat * self.gamma.unsqueeze(0) + self.beta.unsqueeze(0)
        assert self.out.shape == x.shape
        return self.out

    def _remember(self, mean: Tensor, var: Tensor) -> None:
        with torch.no_grad():
            self.running_mean = torch.lerp(self.running_mean, mean.detach(), self.momentum)
            self.running_var = torch.lerp(self.running_var, var.detach(), self.momentum)
        assert not self.running_mean.requires_grad

    def parameters(self) -> list[Tensor]:
        return [self.gamma, self.beta]


class Tanh:
    def __call__(self, x: Tensor) -> Tensor:
        self.out = torch.tanh(x)
        assert bool((self.out.abs() <= 1).all())
        return self.out

    def parameters(self) -> list[Tensor]:
        return []


def deep_net(
    vocab_size: int, block_size: int, n_embd: int, n_hidden: int, depth: int, generator: Generator
) -> tuple[Tensor, list[Layer]]:
    C = torch.randn((vocab_size, n_embd), generator=generator)
    widths = [n_embd * block_size, *([n_hidden] * depth), vocab_size]
    layers: list[Layer] = []
    for k in range(len(widths) - 1):
        layers.append(Linear(widths[k], widths[k + 1], bias=False, generator=generator))
        layers.append(BatchNorm1d(widths[k + 1]))
        if k < depth:
            layers.append(Tanh())
    assert len(layers) == 3 * depth + 2
    last = layers[-1]
    assert isinstance(last, BatchNorm1d)
    last.gamma = torch.ones((vocab_size,)) / 10.0
    for p in parameters_of(C, layers):
        p.requires_grad_(True)
    return C, layers


def parameters_of(C: Tensor, layers: list[Layer]) -> list[Tensor]:
    parameters: list[Tensor] = [C]
    for layer in layers:
        parameters += layer.parameters()
    assert len({id(p) for p in parameters}) == len(parameters)
    return parameters


def forward(C: Tensor, layers: list[Layer], X: Tensor) -> Tensor:
    if X.is_floating_point():
        raise TypeError("contexts are whole numbers")
    x = torch.cat([C[X[:, t]] for t in range(X.shape[1])], dim=1)
    for layer in layers:
        x = layer(x)
    return x


def set_training(layers: list[Layer], training: bool) -> None:
    norms = [layer for layer in layers if isinstance(layer, BatchNorm1d)]
    for norm in norms:
        norm.training = bool(training)
