import torch

from mlp import Loader, Trainer


def candidate_rates(low, high, count):
    return torch.pow(10.0, torch.linspace(low, high, steps=count))


class Scan:
    def __init__(self, rates):
        self.rates = rates
        self.losses = []

    def run(self, trainer):
        for rate in self.rates:
            self.losses.append(trainer.step(rate))
        return self


class Blocks:
    """Losses block by block; what is left over at the end belongs to none."""

    def __init__(self, losses, size):
        self.size = size
        self.means = [sum(losses[k : k + size]) / size for k in range(0, len(losses) - size + 1, size)]

    @property
    def best(self):
        return self.means.index(min(self.means))

    @property
    def middle_of_best(self):
        return self.best * self.size + self.size // 2


def sweep(parameters, X, Y, low, high, count, batch_size, generator):
    scan = Scan([float(rate) for rate in candidate_rates(low, high, count)])
    scan.run(Trainer(parameters, Loader(X, Y, batch_size, generator)))
    return scan.rates, scan.losses


def pick(rates, losses, block=50):
    return rates[Blocks(losses, block).middle_of_best]
