import math
from dataclasses import dataclass
from enum import Enum

import torch


class Gain(Enum):
    TANH = 5 / 3
    RELU = math.sqrt(2)
    LINEAR = 1.0


@dataclass(frozen=True)
class Sizes:
    vocab_size: int
    block_size: int
    n_embd: int
    n_hidden: int

    @property
    def fan_in(self):
        return self.n_embd * self.block_size


class Source:
    """Where random numbers come from."""

    def __init__(self, generator):
        self.generator = generator

    def normal(self, *shape, std=1.0):
        return torch.randn(*shape, generator=self.generator) * std


@dataclass
class Parameters:
    C: torch.Tensor
    W1: torch.Tensor
    b1: torch.Tensor
    W2: torch.Tensor
    b2: torch.Tensor

    @classmethod
    def calm(cls, sizes, source):
        return cls(
            C=source.normal(sizes.vocab_size, sizes.n_embd),
            W1=source.normal(sizes.fan_in, sizes.n_hidden, std=kaiming_std(sizes.fan_in, "tanh")),
            b1=source.normal(sizes.n_hidden, std=0.01),
            W2=source.normal(sizes.n_hidden, sizes.vocab_size, std=0.01),
            b2=torch.zeros(sizes.vocab_size),
        )

    def as_list(self):
        return [p.requires_grad_() for p in vars(self).values()]


class Activations:
    def __init__(self, h, threshold):
        self.flat = torch.logical_or(h > threshold, h < -threshold)

    def share(self):
        return torch.count_nonzero(self.flat).item() / self.flat.numel()

    def dead(self):
        return sum(all(column) for column in self.flat.T.tolist())


def expected_initial_loss(vocab_size):
    return -math.log(1 / vocab_size)


def kaiming_std(fan_in, nonlinearity):
    return Gain[nonlinearity.upper()].value / math.sqrt(fan_in)


def init_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    return Parameters.calm(Sizes(vocab_size, block_size, n_embd, n_hidden), Source(generator)).as_list()


def saturated_fraction(h, threshold=0.99):
    return Activations(h, threshold).share()


def dead_neurons(h, threshold=0.99):
    return Activations(h, threshold).dead()
