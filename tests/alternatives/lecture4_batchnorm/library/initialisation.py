import torch
import torch.nn as nn
import torch.nn.functional as F


def expected_initial_loss(vocab_size):
    return F.cross_entropy(torch.zeros(1, vocab_size), torch.tensor([0])).item()


def kaiming_std(fan_in, nonlinearity):
    return nn.init.calculate_gain(nonlinearity) / fan_in**0.5


def init_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    def normal(*shape, std):
        return nn.Parameter(nn.init.normal_(torch.empty(shape), 0.0, std, generator=generator))

    fan_in = n_embd * block_size
    return [
        normal(vocab_size, n_embd, std=1.0),
        normal(fan_in, n_hidden, std=kaiming_std(fan_in, "tanh")),
        normal(n_hidden, std=0.01),
        normal(n_hidden, vocab_size, std=0.01),
        nn.Parameter(torch.zeros(vocab_size)),
    ]


def saturated_fraction(h, threshold=0.99):
    return (h.abs() > threshold).to(h.dtype).mean()


def dead_neurons(h, threshold=0.99):
    return torch.sum(torch.all(torch.abs(h) > threshold, dim=0)).item()
