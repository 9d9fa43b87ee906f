import torch
from mlp import init_parameters


def uniform_loss(vocab_size):
  return -torch.tensor(1.0/vocab_size).log().item()

def uniform_start(vocab_size, block_size, n_embd, n_hidden, generator):
  g = generator
  C = torch.randn((vocab_size, n_embd), generator=g)
  W1 = torch.randn((n_embd * block_size, n_hidden), generator=g)
  b1 = torch.randn(n_hidden, generator=g)
  W2 = torch.randn((n_hidden, vocab_size), generator=g) * 0.0005
  b2 = torch.randn(vocab_size, generator=g) * 0
  parameters = [C, W1, b1, W2, b2]
  for p in parameters:
    p.requires_grad = True
  return parameters

def forward_direct(parameters, X):
  C, W1, b1, W2, b2, W3 = parameters
  emb = C[X]
  embcat = emb.view(emb.shape[0], -1)
  h = torch.tanh(embcat @ W1 + b1)
  logits = h @ W2 + embcat @ W3 + b2
  return logits
