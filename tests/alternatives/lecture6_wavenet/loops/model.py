import math

import torch

from layers import BatchNorm1d, Embedding, Flatten, FlattenConsecutive, Linear, Sequential, Tanh


def prepare(model):
    weight = model.layers[-1].weight
    for i in range(weight.shape[0]):
        weight.data[i] = weight.data[i] * 0.1
    for p in model.parameters():
        p.requires_grad = True
    return model


def build_flat(vocab_size, block_size, n_embd, n_hidden, generator):
    layers = []
    layers.append(Embedding(vocab_size, n_embd, generator))
    layers.append(Flatten())
    layers.append(Linear(block_size * n_embd, n_hidden, False, generator))
    layers.append(BatchNorm1d(n_hidden))
    layers.append(Tanh())
    layers.append(Linear(n_hidden, vocab_size, True, generator))
    model = Sequential(layers)
    prepare(model)
    return model


def build_model(vocab_size, block_size, n_embd, n_hidden, generator):
    layers = []
    layers.append(Embedding(vocab_size, n_embd, generator))
    levels = 0
    while 2**levels < block_size:
        arriving = 2 * n_embd if levels == 0 else 2 * n_hidden
        layers.append(FlattenConsecutive(2))
        layers.append(Linear(arriving, n_hidden, False, generator))
        layers.append(BatchNorm1d(n_hidden))
        layers.append(Tanh())
        levels += 1
    layers.append(Linear(n_hidden, vocab_size, True, generator))
    model = Sequential(layers)
    prepare(model)
    return model


def eval_mode(model):
    for layer in model.layers:
        if isinstance(layer, BatchNorm1d):
            layer.training = False


def train_mode(model):
    for layer in model.layers:
        if isinstance(layer, BatchNorm1d):
            layer.training = True


def cross_entropy(logits, Y):
    total = 0.0
    for row, y in zip(logits, Y.tolist()):
        shifted = row - row.max().detach()
        total = total + shifted.exp().sum().log() - shifted[y]
    return total / len(Y)


def split_loss(model, X, Y):
    eval_mode(model)
    with torch.no_grad():
        total = 0.0
        for i in range(len(X)):
            total += cross_entropy(model(X[i : i + 1]), Y[i : i + 1]).item()
    return total / len(X)


def train(model, X, Y, steps, batch_size, schedule, generator):
    train_mode(model)
    losses = []
    for step in range(steps):
        ix = torch.randint(0, len(X), (batch_size,), generator=generator)
        Xb = torch.stack([X[i] for i in ix])
        Yb = torch.stack([Y[i] for i in ix])
        loss = cross_entropy(model(Xb), Yb)
        for p in model.parameters():
            p.grad = torch.zeros_like(p)
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= schedule(step) * p.grad
        losses.append(loss.item())
    return losses


def smooth_losses(losses, block):
    means = []
    start = 0
    while start + block <= len(losses):
        total = 0.0
        for i in range(block):
            total += losses[start + i]
        means.append(total / block)
        start += block
    return torch.tensor(means)


def sample_names(model, itos, block_size, count, generator):
    eval_mode(model)
    names = []
    for _ in range(count):
        symbols = [0] * block_size
        name = ""
        ix = None
        while ix != 0:
            logits = model(torch.tensor(symbols[-block_size:]).view(1, -1))[0]
            biggest = max(logits.tolist())
            weights = [math.exp(x - biggest) for x in logits.tolist()]
            probs = torch.tensor([[w / sum(weights) for w in weights]])
            ix = torch.multinomial(probs, num_samples=1, generator=generator)[0, 0].item()
            symbols.append(ix)
            if ix != 0:
                name = name + itos[ix]
        names.append(name)
    return names
