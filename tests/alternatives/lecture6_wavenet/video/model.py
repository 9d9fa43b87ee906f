import torch
import torch.nn.functional as F

from layers import *


def prepare(model):
  with torch.no_grad():
    model.layers[-1].weight *= 0.1
  for p in model.parameters():
    p.requires_grad = True
  return model


def build_flat(vocab_size, block_size, n_embd, n_hidden, generator):
  g = generator
  model = Sequential([
    Embedding(vocab_size, n_embd, g),
    Flatten(),
    Linear(n_embd * block_size, n_hidden, bias=False, generator=g), BatchNorm1d(n_hidden), Tanh(),
    Linear(n_hidden, vocab_size, generator=g),
  ])
  return prepare(model)


def build_model(vocab_size, block_size, n_embd, n_hidden, generator):
  g = generator
  layers = [Embedding(vocab_size, n_embd, g)]
  n_in = n_embd
  size = block_size
  while size != 1:
    layers.append(FlattenConsecutive(2))
    layers.append(Linear(n_in * 2, n_hidden, bias=False, generator=g))
    layers.append(BatchNorm1d(n_hidden))
    layers.append(Tanh())
    n_in = n_hidden
    size = size // 2
  layers.append(Linear(n_hidden, vocab_size, generator=g))
  return prepare(Sequential(layers))


def eval_mode(model):
  for layer in model.layers:
    layer.training = False


def train_mode(model):
  for layer in model.layers:
    layer.training = True


@torch.no_grad()
def split_loss(model, X, Y):
  eval_mode(model)
  logits = model(X)
  loss = F.cross_entropy(logits, Y)
  return loss.item()


def train(model, X, Y, steps, batch_size, schedule, generator):
  train_mode(model)
  parameters = model.parameters()
  lossi = []
  for i in range(steps):
    ix = torch.randint(0, X.shape[0], (batch_size,), generator=generator)
    Xb, Yb = X[ix], Y[ix]
    logits = model(Xb)
    loss = F.cross_entropy(logits, Yb)
    for p in parameters:
      p.grad = None
    loss.backward()
    lr = schedule(i)
    for p in parameters:
      p.data += -lr * p.grad
    lossi.append(loss.item())
  return lossi


def smooth_losses(losses, block):
  n = len(losses) - len(losses) % block
  return torch.tensor(losses)[:n].view(-1, block).mean(1)


def sample_names(model, itos, block_size, count, generator):
  eval_mode(model)
  names = []
  for _ in range(count):
    out = []
    context = [0] * block_size
    while True:
      logits = model(torch.tensor([context]))
      probs = F.softmax(logits, dim=1)
      ix = torch.multinomial(probs, num_samples=1, generator=generator).item()
      context = context[1:] + [ix]
      out.append(ix)
      if ix == 0:
        break
    names.append(''.join(itos[i] for i in out[:-1]))
  return names
