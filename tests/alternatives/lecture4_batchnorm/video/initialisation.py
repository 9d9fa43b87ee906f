import torch


def expected_initial_loss(vocab_size):
  return -torch.tensor(1/vocab_size, dtype=torch.float64).log().item()

def kaiming_std(fan_in, nonlinearity):
  if nonlinearity == 'tanh':
    gain = 5/3
  elif nonlinearity == 'relu':
    gain = 2**0.5
  else:
    gain = 1
  return gain / (fan_in**0.5)

def init_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
  g = generator
  C  = torch.randn((vocab_size, n_embd),            generator=g)
  W1 = torch.randn((n_embd * block_size, n_hidden), generator=g) * (5/3)/((n_embd * block_size)**0.5) #* 0.2
  b1 = torch.randn(n_hidden,                        generator=g) * 0.01
  W2 = torch.randn((n_hidden, vocab_size),          generator=g) * 0.01
  b2 = torch.randn(vocab_size,                      generator=g) * 0

  parameters = [C, W1, b1, W2, b2]
  for p in parameters:
    p.requires_grad = True
  return parameters

def saturated_fraction(h, threshold=0.99):
  return ((h.abs() > threshold).sum() / h.nelement()).item()

def dead_neurons(h, threshold=0.99):
  white = h.abs() > threshold
  n = 0
  for j in range(h.shape[1]):
    if white[:, j].all():
      n += 1
  return n
