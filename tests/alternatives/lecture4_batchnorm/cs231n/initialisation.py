import numpy as np
import torch

GAINS = {"tanh": 5.0 / 3.0, "relu": np.sqrt(2.0), "linear": 1.0}


def expected_initial_loss(vocab_size):
    scores = np.zeros(vocab_size)
    return float(np.log(np.exp(scores).sum()) - scores[0])


def kaiming_std(fan_in, nonlinearity):
    return float(GAINS[nonlinearity] / np.sqrt(fan_in))


def init_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    D = block_size * n_embd
    shapes_and_scales = {
        "C": ((vocab_size, n_embd), 1.0),
        "W1": ((D, n_hidden), kaiming_std(D, "tanh")),
        "b1": ((n_hidden,), 1e-2),
        "W2": ((n_hidden, vocab_size), 1e-2),
        "b2": ((vocab_size,), 0.0),
    }
    params = {name: scale * torch.randn(shape, generator=generator) for name, (shape, scale) in shapes_and_scales.items()}
    for p in params.values():
        p.requires_grad = True
    return list(params.values())


def saturated_fraction(h, threshold=0.99):
    return float(np.mean(np.abs(h.numpy()) > threshold))


def dead_neurons(h, threshold=0.99):
    mask = np.abs(h.numpy()) > threshold
    return int(np.sum(np.all(mask, axis=0)))
