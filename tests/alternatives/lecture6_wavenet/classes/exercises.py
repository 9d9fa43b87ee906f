from dataclasses import dataclass

import torch

from layers import FlattenConsecutive, Linear


@dataclass
class Shape:
    batch: int
    positions: int
    channels: int

    def as_tuple(self):
        return (self.batch, self.channels) if self.positions == 1 else (self.batch, self.positions, self.channels)


def predicted_shapes(vocab_size, block_size, n_embd, n_hidden, batch_size):
    shape = Shape(batch_size, block_size, n_embd)
    found = [(batch_size, block_size, n_embd)]
    while shape.positions > 1:
        shape = Shape(batch_size, shape.positions // 2, shape.channels * 2)
        found.append(shape.as_tuple())
        shape.channels = n_hidden
        found.extend(shape.as_tuple() for _ in range(3))
    return found + [Shape(batch_size, 1, vocab_size).as_tuple()]


def seen_shapes(model, X):
    model(X)
    return [tuple(layer.out.shape) for layer in model.layers]


class Convolution:
    """A Linear that looks back instead of at its neighbours in a group."""

    def __init__(self, weight, dilation):
        self.weight, self.dilation = weight, dilation

    def __call__(self, x):
        n = self.weight.shape[0] // x.shape[2]
        looks = [self.back(x, (n - 1 - i) * self.dilation) for i in range(n)]
        return torch.matmul(torch.cat(looks, dim=-1), self.weight)

    @staticmethod
    def back(x, distance):
        """The same row, moved to later positions by a distance."""
        moved = torch.zeros_like(x)
        moved[:, distance:] = x[:, : max(x.shape[1] - distance, 0)]
        return moved


def causal_convolution(x, weight, dilation):
    return Convolution(weight, dilation)(x)


class Slider:
    def __init__(self, model):
        self.model, self.dilation, self.group = model, 1, 1

    def layer(self, layer, x):
        if isinstance(layer, FlattenConsecutive):
            self.group = layer.n
            return x
        if isinstance(layer, Linear) and self.group > 1:
            out = causal_convolution(x, layer.weight, self.dilation)
            self.dilation, self.group = self.dilation * self.group, 1
            return out
        return layer(x)

    def __call__(self, X):
        x = X
        for layer in self.model.layers:
            x = self.layer(layer, x)
        return x[:, self.dilation - 1 :]


def slide(model, X):
    return Slider(model)(X)


def receptive_field(kernel_size, dilations):
    reaches = [(kernel_size - 1) * dilation for dilation in dilations]
    return sum(reaches, 1)


def seen_inputs(net, x):
    probe = x.detach().clone()
    probe.requires_grad = True
    last = net(probe)[0, -1]
    seen = set()
    for number in last:
        (gradient,) = torch.autograd.grad(number, probe, retain_graph=True)
        seen |= {t for t in range(x.shape[1]) if gradient[0, t].abs().max() > 0}
    return sorted(seen)
