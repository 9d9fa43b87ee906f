import math
import torch


def expected_initial_loss(vocab_size):
    total = 0.0
    for _ in range(vocab_size):
        total += -math.log(1.0 / vocab_size) / vocab_size
    return torch.tensor(total)


def kaiming_std(fan_in, nonlinearity):
    if nonlinearity == "tanh":
        gain = 5.0 / 3.0
    elif nonlinearity == "relu":
        gain = math.sqrt(2.0)
    else:
        gain = 1
    return gain * math.sqrt(1.0 / fan_in)


def init_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    C = torch.randn((vocab_size, n_embd), generator=generator, dtype=torch.float32)
    W1 = torch.randn((n_embd * block_size, n_hidden), generator=generator)
    W1 = W1 * (5 / 3) / ((n_embd * block_size) ** 0.5)
    b1 = torch.randn(n_hidden, generator=generator) / 100
    W2 = torch.randn((n_hidden, vocab_size), generator=generator) / 100
    b2 = torch.randn(vocab_size, generator=generator) * 0
    for p in (C, W1, b1, W2, b2):
        p.requires_grad = True
    return (C, W1, b1, W2, b2)


def saturated_fraction(h, threshold=0.99):
    flat = 0
    rows = h.tolist()
    for row in rows:
        for x in row:
            if x > threshold or x < -threshold:
                flat += 1
    return flat / (len(rows) * len(rows[0]))


def dead_neurons(h, threshold=0.99):
    dead = 0
    for j in range(h.shape[1]):
        alive = False
        for i in range(h.shape[0]):
            if -threshold <= h[i, j].item() <= threshold:
                alive = True
        if not alive:
            dead += 1
    return torch.tensor(dead)
