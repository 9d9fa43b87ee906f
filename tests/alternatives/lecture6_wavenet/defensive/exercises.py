from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor

from layers import BatchNorm1d, FlattenConsecutive, Linear, Sequential


def predicted_shapes(
    vocab_size: int, block_size: int, n_embd: int, n_hidden: int, batch_size: int
) -> list[tuple[int, ...]]:
    levels = round(math.log2(block_size))
    assert 2**levels == block_size
    shapes: list[tuple[int, ...]] = [(batch_size, block_size, n_embd)]
    for level in range(1, levels + 1):
        positions = block_size >> level
        fan_in = 2 * (n_embd if level == 1 else n_hidden)
        for width in (fan_in, n_hidden, n_hidden, n_hidden):
            shapes.append((batch_size, width) if positions == 1 else (batch_size, positions, width))
    shapes.append((batch_size, vocab_size))
    assert len(shapes) == 4 * levels + 2
    return shapes


def seen_shapes(model: Sequential, X: Tensor) -> list[tuple[int, ...]]:
    with torch.no_grad():
        model(X)
    shapes = [tuple(layer.out.shape) for layer in model.layers]
    assert all(shape[0] == X.shape[0] for shape in shapes)
    return shapes


def causal_convolution(x: Tensor, weight: Tensor, dilation: int) -> Tensor:
    if x.dim() != 3 or weight.dim() != 2 or weight.shape[0] % x.shape[2] or dilation < 1:
        raise ValueError("x and weight do not belong together")
    B, T, C = x.shape
    n = weight.shape[0] // C
    out = x.new_zeros((B, T, weight.shape[1]))
    for i in range(n):
        back = (n - 1 - i) * dilation
        if back < T:
            share = x[:, : T - back] @ weight[i * C : (i + 1) * C]
            out = out + torch.nn.functional.pad(share, (0, 0, back, 0))
    assert out.shape == (B, T, weight.shape[1])
    return out


def slide(model: Sequential, X: Tensor) -> Tensor:
    if any(layer.training for layer in model.layers if isinstance(layer, BatchNorm1d)):
        raise ValueError("the model should be in evaluation mode")
    x, window, waiting = X, 1, 1
    for layer in model.layers:
        if isinstance(layer, FlattenConsecutive):
            assert waiting == 1
            waiting = layer.n
        elif waiting > 1:
            assert isinstance(layer, Linear) and layer.bias is None
            x = causal_convolution(x, layer.weight, window)
            window, waiting = window * waiting, 1
        else:
            x = layer(x)
    assert x.shape[:2] == X.shape
    return x[:, window - 1 :, :]


def receptive_field(kernel_size: int, dilations: list[int]) -> int:
    if kernel_size < 1:
        raise ValueError("a kernel has at least one input")
    reach = {0}
    for dilation in reversed(dilations):
        reach = {back + i * dilation for back in reach for i in range(kernel_size)}
    return max(reach) + 1


def seen_inputs(net: Callable[[Tensor], Tensor], x: Tensor) -> list[int]:
    with torch.no_grad():
        expected = net(x)[0, -1].clone()
        seen = []
        for t in range(x.shape[1]):
            changed = x.clone()
            changed[:, t, :] += 0.05
            found = net(changed)[0, -1]
            assert found.shape == expected.shape
            if bool((found - expected).abs().max() > 0):
                seen.append(t)
    return seen
