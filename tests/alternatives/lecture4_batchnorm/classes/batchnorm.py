from dataclasses import dataclass

import torch

from initialisation import Sizes, Source, kaiming_std


@dataclass(frozen=True)
class Statistics:
    """A mean and a standard deviation per unit, (1, n_hidden) each."""

    mean: torch.Tensor
    std: torch.Tensor

    @classmethod
    def of(cls, hpreact):
        n = hpreact.shape[0]
        mean = hpreact.sum(dim=0, keepdim=True) / n
        variance = (hpreact - mean).square().sum(dim=0, keepdim=True) / (n - 1)
        return cls(mean, variance.sqrt())

    def moved_towards(self, other, share):
        keep = 1 - share
        return Statistics(keep * self.mean + share * other.mean, keep * self.std + share * other.std)

    def as_pair(self):
        return self.mean, self.std


class Normaliser:
    def __init__(self, gain, bias, eps):
        self.gain, self.bias, self.eps = gain, bias, eps

    def __call__(self, x, mean, variance):
        return self.gain * ((x - mean) * torch.rsqrt(variance + self.eps)) + self.bias


class Net:
    def __init__(self, parameters):
        self.C, self.W1, self.W2, self.b2, self.bngain, self.bnbias = parameters

    def preactivations(self, X):
        rows = self.C[X]
        return rows.reshape(len(X), -1).matmul(self.W1)

    def logits(self, X, statistics, eps):
        normalise = Normaliser(self.bngain, self.bnbias, eps)
        h = normalise(self.preactivations(X), statistics.mean, statistics.std.pow(2)).tanh()
        return h.matmul(self.W2).add(self.b2)


def normalise_batch(hpreact, bngain, bnbias, eps=1e-5):
    centred = hpreact - hpreact.mean(0)
    variance = centred.square().sum(0) / (len(hpreact) - 1)
    return Normaliser(bngain, bnbias, eps)(hpreact, hpreact.mean(0), variance)


def update_running(bnmean_running, bnstd_running, hpreact, momentum=0.001):
    before = Statistics(bnmean_running, bnstd_running)
    return before.moved_towards(Statistics.of(hpreact.detach()), momentum).as_pair()


def calibrate(C, W1, splits):
    X, _ = splits["train"]
    net = Net([C.detach(), W1.detach(), None, None, None, None])
    return Statistics.of(net.preactivations(X)).as_pair()


def predict(parameters, X, bnmean, bnstd, eps=1e-5):
    return Net(parameters).logits(X, Statistics(bnmean, bnstd), eps)


def bn_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    sizes, source = Sizes(vocab_size, block_size, n_embd, n_hidden), Source(generator)
    made = [
        source.normal(vocab_size, n_embd),
        source.normal(sizes.fan_in, n_hidden, std=kaiming_std(sizes.fan_in, "tanh")),
        source.normal(n_hidden, vocab_size, std=0.01),
        torch.zeros(vocab_size),
        torch.ones(1, n_hidden),
        torch.zeros(1, n_hidden),
    ]
    return [torch.nn.Parameter(p) for p in made]


def bias_gradients(hpreact, b1, bngain, bnbias, upstream):
    leaves = [torch.nn.Parameter(b.clone()) for b in (b1, bnbias)]
    out = normalise_batch(hpreact + leaves[0], bngain, leaves[1])
    torch.sum(out * upstream).backward()
    return tuple(leaf.grad for leaf in leaves)
