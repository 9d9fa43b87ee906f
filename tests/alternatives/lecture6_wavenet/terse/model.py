import torch
from torch.nn.functional import cross_entropy

from layers import BatchNorm1d, Embedding, Flatten, FlattenConsecutive, Linear, Sequential, Tanh


def prepare(model):
    model.layers[-1].weight.data.mul_(0.1)
    [p.requires_grad_() for p in model.parameters()]
    return model


def hidden(i, o, g):
    return [Linear(i, o, False, g), BatchNorm1d(o), Tanh()]


def build_flat(v, t, c, h, g=None, **k):
    g = k.get("generator", g)
    return prepare(Sequential([Embedding(v, c, g), Flatten(), *hidden(t * c, h, g), Linear(h, v, generator=g)]))


def build_model(v, t, c, h, g=None, **k):
    g = k.get("generator", g)
    first = Embedding(v, c, g)
    levels = lambda t, c: [] if t < 2 else [FlattenConsecutive(2), *hidden(2 * c, h, g), *levels(t // 2, h)]
    return prepare(Sequential([first, *levels(t, c), Linear(h, v, generator=g)]))


def switched(model, to):
    for layer in model.layers:
        layer.training = to


eval_mode = lambda model: switched(model, False)
train_mode = lambda model: switched(model, True)


@torch.no_grad()
def split_loss(model, X, Y):
    eval_mode(model)
    return -model(X).log_softmax(1).gather(1, Y[:, None]).mean().item()


def train(model, X, Y, steps, batch_size, schedule, generator):
    train_mode(model)
    ps, losses = [*model.parameters()], []
    for step in range(steps):
        ix = torch.randint(len(X), (batch_size,), generator=generator)
        losses.append(loss := cross_entropy(model(X[ix]), Y[ix]))
        for p, dp in zip(ps, torch.autograd.grad(loss, ps)):
            p.data.sub_(dp, alpha=schedule(step))
    return [loss.item() for loss in losses]


def smooth_losses(losses, block):
    return torch.tensor(losses).unfold(0, block, block).mean(1)


@torch.no_grad()
def sample_names(model, itos, block_size, count, generator):
    eval_mode(model)

    def name(context=(0,) * block_size):
        p = model(torch.tensor([context])).softmax(1)
        ix = p.multinomial(1, generator=generator).item()
        return itos[ix] + name((*context[1:], ix)) if ix else ""

    return [name() for _ in range(count)]
