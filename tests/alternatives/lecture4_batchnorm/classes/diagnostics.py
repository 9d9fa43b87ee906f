import math
from dataclasses import astuple, dataclass

from layers import Tanh


@dataclass
class Spread:
    mean: float
    std: float

    @classmethod
    def of(cls, tensor):
        numbers = tensor.detach().flatten().tolist()
        mean = math.fsum(numbers) / len(numbers)
        return cls(mean, math.sqrt(math.fsum((x - mean) ** 2 for x in numbers) / (len(numbers) - 1)))


@dataclass
class Activation(Spread):
    saturated: float = 0.0

    @classmethod
    def of(cls, tensor, threshold):
        spread = Spread.of(tensor)
        flat = sum(abs(x) > threshold for row in tensor.tolist() for x in row)
        return cls(spread.mean, spread.std, flat / tensor.numel())


class Watch:
    """Keeps the gradient that arrives at a tensor."""

    def __init__(self, tensor):
        self.grad = None
        tensor.register_hook(self)

    def __call__(self, grad):
        self.grad = grad


def tanhs(layers):
    return (layer for layer in layers if isinstance(layer, Tanh))


def matrices(parameters):
    return (p for p in parameters if len(p.shape) == 2)


def activation_stats(layers, threshold=0.97):
    return [astuple(Activation.of(layer.out, threshold)) for layer in tanhs(layers)]


def gradient_stats(layers, loss):
    watches = [Watch(layer.out) for layer in tanhs(layers)]
    loss.backward()
    return [astuple(Spread.of(watch.grad)) for watch in watches]


def grad_to_data(parameters):
    return [Spread.of(p.grad).std / Spread.of(p).std for p in matrices(parameters)]


def update_ratios(parameters, lr):
    return [math.log10(lr) + math.log10(ratio) for ratio in grad_to_data(parameters)]
