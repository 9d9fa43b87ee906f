import torch
import torch.nn.functional as F

from layers import BatchNorm1d, Embedding, Flatten, FlattenConsecutive, Linear, Sequential, Tanh


def prepare(model):
    for p in model.parameters():
        p.requires_grad = True
    with torch.no_grad():
        model.layers[-1].weight /= 10
    return model


def unit(fan_in, fan_out, generator):
    yield Linear(fan_in, fan_out, generator=generator, bias=False)
    yield BatchNorm1d(fan_out)
    yield Tanh()


def build_flat(vocab_size, block_size, n_embd, n_hidden, generator):
    return prepare(Sequential([
        Embedding(vocab_size, n_embd, generator),
        Flatten(),
        *unit(block_size * n_embd, n_hidden, generator),
        Linear(n_hidden, vocab_size, generator=generator),
    ]))


def build_model(vocab_size, block_size, n_embd, n_hidden, generator):
    def layers():
        yield Embedding(vocab_size, n_embd, generator)
        fan_in = n_embd
        for _ in bin(block_size)[3:]:
            yield FlattenConsecutive(2)
            yield from unit(2 * fan_in, n_hidden, generator)
            fan_in = n_hidden
        yield Linear(fan_in, vocab_size, generator=generator)

    return prepare(Sequential(list(layers())))


def eval_mode(model):
    for layer in model.layers:
        if type(layer).__name__ == "BatchNorm1d":
            layer.training = False


def train_mode(model):
    for layer in model.layers:
        if type(layer).__name__ == "BatchNorm1d":
            layer.training = True


def loss_of(model, X, Y):
    logprobs = F.log_softmax(model(X), dim=1)
    targets = F.one_hot(Y, logprobs.shape[1]).type_as(logprobs)
    return -torch.einsum("nv,nv->", logprobs, targets) / len(Y)


def split_loss(model, X, Y):
    eval_mode(model)
    return loss_of(model, X, Y).item()


def train(model, X, Y, steps, batch_size, schedule, generator):
    train_mode(model)
    losses = torch.zeros(steps, dtype=torch.float64)
    for step in range(steps):
        ix = torch.randint(X.shape[0], [batch_size], generator=generator)
        loss = loss_of(model, X[ix], Y[ix])
        for p in model.parameters():
            if p.grad is not None:
                p.grad.zero_()
        loss.backward()
        lr = schedule(step)
        for p in model.parameters():
            p.data -= lr * p.grad
        losses[step] = loss.item()
    return losses.tolist()


def smooth_losses(losses, block):
    n = len(losses) // block
    weights = torch.zeros(n, len(losses))
    for g in range(n):
        weights[g, g * block : (g + 1) * block] = 1 / block
    return torch.einsum("gn,n->g", weights, torch.tensor(losses))


def sample_names(model, itos, block_size, count, generator):
    eval_mode(model)
    names = [""] * count
    for k in range(count):
        context = torch.zeros([1, block_size], dtype=torch.int64)
        ix = -1
        while ix:
            counts = torch.exp(model(context).detach())
            probs = counts / torch.einsum("nv->n", counts)[:, None]
            ix = int(torch.multinomial(probs, 1, generator=generator))
            names[k] += itos[ix] if ix else ""
            context = torch.cat([context, torch.tensor([[ix]])], dim=1)[:, 1:]
    return names
