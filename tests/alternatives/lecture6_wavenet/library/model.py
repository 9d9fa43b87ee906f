import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import TensorDataset

import layers as L


def prepare(model):
    last = model.layers[-1].weight
    with torch.no_grad():
        last.copy_(last * 0.1)
    for p in model.parameters():
        p.requires_grad_()
    return model


def block(fan_in, width, generator):
    return L.Linear(fan_in, width, bias=False, generator=generator), L.BatchNorm1d(width), L.Tanh()


def build_flat(vocab_size, block_size, n_embd, n_hidden, generator):
    table = L.Embedding(vocab_size, n_embd, generator=generator)
    hidden = block(n_embd * block_size, n_hidden, generator)
    return prepare(L.Sequential([table, L.Flatten(), *hidden, L.Linear(n_hidden, vocab_size, generator=generator)]))


def build_model(vocab_size, block_size, n_embd, n_hidden, generator):
    modules = [L.Embedding(vocab_size, n_embd, generator=generator)]
    widths = [n_embd] + [n_hidden] * (block_size.bit_length() - 1)
    for fan_in, width in zip(widths, widths[1:]):
        modules.extend([L.FlattenConsecutive(2), *block(2 * fan_in, width, generator)])
    modules.append(L.Linear(widths[-1], vocab_size, generator=generator))
    return prepare(L.Sequential(modules))


def eval_mode(model):
    for module in model.layers:
        module.eval()


def train_mode(model):
    for module in model.layers:
        module.train()


@torch.inference_mode()
def split_loss(model, X, Y):
    eval_mode(model)
    return nn.CrossEntropyLoss()(model(X), Y).item()


def train(model, X, Y, steps, batch_size, schedule, generator):
    train_mode(model)
    rows = TensorDataset(X, Y)
    optimiser = torch.optim.SGD(list(model.parameters()), lr=1.0)
    losses = []
    for step in range(steps):
        xb, yb = rows[torch.randint(len(rows), (batch_size,), generator=generator)]
        loss = F.cross_entropy(model(xb), yb)
        optimiser.param_groups[0]["lr"] = schedule(step)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(float(loss.detach()))
    return losses


def smooth_losses(losses, block):
    return F.avg_pool1d(torch.tensor(losses).view(1, 1, -1), block).flatten()


@torch.no_grad()
def sample_names(model, itos, block_size, count, generator):
    eval_mode(model)
    names = []
    while len(names) < count:
        context, name = torch.zeros(1, block_size, dtype=torch.long), ""
        while True:
            nxt = torch.multinomial(model(context).softmax(-1), 1, generator=generator)
            if not nxt:
                break
            name += itos[nxt.item()]
            context = torch.cat([context[:, 1:], nxt], 1)
        names.append(name)
    return names
