import torch
import torch.nn.functional as F
from layers import BatchNorm1d, Embedding, Flatten, FlattenConsecutive, Linear, Sequential, Tanh

def prepare(model):
    with torch.no_grad():
        model.layers[-1].weight *= 0.1
    for p in model.parameters():
        p.requires_grad = True
    return model

def build_flat(vocab_size, block_size, n_embd, n_hidden, generator):
    return prepare(Sequential([Embedding(vocab_size, n_embd, generator=generator), Flatten(), Linear(block_size * n_embd, n_hidden, bias=False, generator=generator), BatchNorm1d(n_hidden), Tanh(), Linear(n_hidden, vocab_size, generator=generator)]))

def build_model(vocab_size, block_size, n_embd, n_hidden, generator):
    layers = [Embedding(vocab_size, n_embd, generator=generator)]
    fan_in, positions = (n_embd, block_size)
    while positions > 1:
        layers += [FlattenConsecutive(2), Linear(2 * fan_in, n_hidden, bias=False, generator=generator), BatchNorm1d(n_hidden), Tanh()]
        fan_in, positions = (n_hidden, positions // 2)
    layers += [Linear(fan_in, vocab_size, generator=generator)]
    return prepare(Sequential(layers))

def eval_mode(model):
    for layer in model.layers:
        if hasattr(layer, 'training'):
            layer.training = False

def train_mode(model):
    for layer in model.layers:
        if hasattr(layer, 'training'):
            layer.training = True

def split_loss(model, X, Y):
    eval_mode(model)
    with torch.no_grad():
        return F.cross_entropy(model(X), Y).item()

def train(model, X, Y, steps, batch_size, schedule, generator):
    train_mode(model)
    losses = []
    for step in range(steps):
        ix = torch.randint(0, X.shape[0], (batch_size,), generator=generator)
        loss = F.cross_entropy(model(X[ix]), Y[ix])
        losses.append(loss.item())
        for p in model.parameters():
            p.grad = None
        loss.backward()
        for p in model.parameters():
            p.data += -schedule(step) * p.grad
    return losses

def smooth_losses(losses, block):
    whole = len(losses) // block * block
    return torch.tensor(losses[:whole]).view(-1, block).mean(1)

def sample_names(model, itos, block_size, count, generator):
    eval_mode(model)
    names = []
    for _ in range(count):
        out = []
        context = [0] * block_size
        while True:
            logits = model(torch.tensor(context))
            probs = F.softmax(logits, dim=1)
            ix = torch.multinomial(probs, num_samples=1, generator=generator).item()
            if ix == 0:
                break
            out.append(itos[ix])
            context = context[1:] + [ix]
        names.append(''.join(out))
    return names
