import math
import torch

def uniform_loss(vocab_size):
    return [math.log(vocab_size)]

def uniform_start(vocab_size, block_size, n_embd, n_hidden, generator):
    C = torch.randn((vocab_size, n_embd), generator=generator)
    W1 = torch.randn((block_size * n_embd, n_hidden), generator=generator)
    b1 = torch.randn(n_hidden, generator=generator)
    W2 = torch.randn((n_hidden, vocab_size), generator=generator) * 0.01
    parameters = [C, W1, b1, W2]
    for p in parameters:
        p.requires_grad = True
    return parameters
