from dataclasses import dataclass

import torch
import torch.nn.functional as F

from layers import BatchNorm1d, Embedding, Flatten, FlattenConsecutive, Linear, Sequential, Tanh


@dataclass
class Builder:
    """Puts layers together, and knows how many numbers arrive at the next one."""

    generator: torch.Generator
    width: int = 0

    def __post_init__(self):
        self.layers = []

    def embedding(self, vocab_size, n_embd):
        self.layers.append(Embedding(vocab_size, n_embd, generator=self.generator))
        self.width = n_embd

    def grouped(self, layer, times):
        self.layers.append(layer)
        self.width *= times

    def linear(self, n, bias=True):
        self.layers.append(Linear(self.width, n, bias=bias, generator=self.generator))
        self.width = n

    def hidden(self, n_hidden):
        self.linear(n_hidden, bias=False)
        self.layers += [BatchNorm1d(n_hidden), Tanh()]

    def model(self):
        return prepare(Sequential(self.layers))


def prepare(model):
    *_, last = model.layers
    last.weight.data = last.weight.data / 10
    for p in model.parameters():
        p.requires_grad_(True)
    return model


def build_flat(vocab_size, block_size, n_embd, n_hidden, generator):
    builder = Builder(generator)
    builder.embedding(vocab_size, n_embd)
    builder.grouped(Flatten(), block_size)
    builder.hidden(n_hidden)
    builder.linear(vocab_size)
    return builder.model()


def build_model(vocab_size, block_size, n_embd, n_hidden, generator):
    builder, positions = Builder(generator), block_size
    builder.embedding(vocab_size, n_embd)
    while positions > 1:
        builder.grouped(FlattenConsecutive(2), 2)
        builder.hidden(n_hidden)
        positions //= 2
    builder.linear(vocab_size)
    return builder.model()


def eval_mode(model):
    for layer in model.layers:
        layer.mode(training=False) if not isinstance(layer, BatchNorm1d) else setattr(layer, "training", False)


def train_mode(model):
    for layer in model.layers:
        layer.mode(training=True) if not isinstance(layer, BatchNorm1d) else setattr(layer, "training", True)


class Trainer:
    def __init__(self, model, X, Y, generator):
        self.model, self.X, self.Y, self.generator = model, X, Y, generator
        self.losses = []

    def batch(self, size):
        rows = torch.randint(0, self.X.shape[0], (size,), generator=self.generator)
        return self.X[rows], self.Y[rows]

    def step(self, size, lr):
        Xb, Yb = self.batch(size)
        loss = F.cross_entropy(self.model(Xb), Yb)
        gradients = torch.autograd.grad(loss, self.model.parameters())
        with torch.no_grad():
            for p, gradient in zip(self.model.parameters(), gradients):
                p.sub_(lr * gradient)
        self.losses.append(loss.item())


def split_loss(model, X, Y):
    eval_mode(model)
    with torch.no_grad():
        return F.nll_loss(F.log_softmax(model(X), dim=-1), Y).item()


def train(model, X, Y, steps, batch_size, schedule, generator):
    train_mode(model)
    trainer = Trainer(model, X, Y, generator)
    for step in range(steps):
        trainer.step(batch_size, schedule(step))
    return trainer.losses


def smooth_losses(losses, block):
    curve = torch.tensor(losses)
    groups = curve[: len(curve) - len(curve) % block].reshape(-1, block)
    return groups.sum(dim=1) / block


class Writer:
    """Writes names with a model, one symbol at a time."""

    def __init__(self, model, itos, block_size, generator):
        self.model, self.itos, self.generator = model, itos, generator
        self.start = [0] * block_size

    def symbols(self):
        context = list(self.start)
        while (ix := self.draw(context)) != 0:
            yield self.itos[ix]
            context = [*context[1:], ix]

    @torch.no_grad()
    def draw(self, context):
        probs = torch.softmax(self.model(torch.tensor(context).unsqueeze(0)), dim=1)
        return int(torch.multinomial(probs, num_samples=1, generator=self.generator))


def sample_names(model, itos, block_size, count, generator):
    eval_mode(model)
    writer = Writer(model, itos, block_size, generator)
    return ["".join(writer.symbols()) for _ in range(count)]
