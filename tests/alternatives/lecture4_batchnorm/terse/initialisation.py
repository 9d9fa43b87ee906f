import torch
from math import log2, log

expected_initial_loss = lambda vocab_size: log2(vocab_size) * log(2)
kaiming_std = lambda fan_in, nonlinearity: (dict(tanh=25 / 9, relu=2, linear=1)[nonlinearity] / fan_in) ** 0.5


def init_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    shapes = (vocab_size, n_embd), (block_size * n_embd, n_hidden), (n_hidden,), (n_hidden, vocab_size), (vocab_size,)
    scales = 1, kaiming_std(block_size * n_embd, "tanh"), 1e-2, 1e-2, 0
    return [torch.randn(s, generator=generator).mul_(k).requires_grad_() for s, k in zip(shapes, scales)]


saturated_fraction = lambda h, threshold=0.99: (h.abs() > threshold).float().mean().item()
dead_neurons = lambda h, threshold=0.99: int((h.abs().amin(0) > threshold).count_nonzero())
