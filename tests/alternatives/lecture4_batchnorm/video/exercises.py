import torch
import torch.nn.functional as F
from layers import Linear

NAMES = ["C", "W1", "b1", "W2", "b2"]


# E01
def predicted_to_move(zeroed):
  h_is_zero = 'b1' in zeroed and ('W1' in zeroed or 'C' in zeroed)
  dh_is_zero = 'W2' in zeroed
  moves = ['b2']
  if not h_is_zero:
    moves.append('W2')
  if not dh_is_zero:
    moves.append('b1')
    if 'C' not in zeroed:
      moves.append('W1')
    if 'W1' not in zeroed:
      moves.append('C')
  return sorted(moves, key=NAMES.index)

def seen_to_move(parameters, X, Y):
  C, W1, b1, W2, b2 = parameters
  emb = C[X]
  embcat = emb.view(emb.shape[0], -1)
  hpreact = embcat @ W1 + b1
  h = torch.tanh(hpreact)
  logits = h @ W2 + b2
  loss = F.cross_entropy(logits, Y)
  for p in parameters:
    p.grad = None
  loss.backward()
  out = []
  for name, p in zip(NAMES, parameters):
    if p.grad.abs().sum() > 0:
      out.append(name)
  return out

def zero_start_limit(Y, vocab_size):
  counts = torch.zeros(vocab_size)
  for y in Y:
    counts[y] += 1
  probs = counts / counts.sum()
  return -probs[Y].log().mean().item()

# E02
def fold_batchnorm(linear, bn):
  fan_in, fan_out = linear.weight.shape
  new = Linear(fan_in, fan_out)
  bnstd = torch.sqrt(bn.running_var + bn.eps)
  # y = gamma * (x @ W + b - mean) / std + beta
  new.weight = linear.weight.detach() * bn.gamma.detach() / bnstd
  b = torch.zeros(fan_out) if linear.bias is None else linear.bias.detach()
  new.bias = (bn.gamma.detach() * (b - bn.running_mean) / bnstd + bn.beta.detach()).view(fan_out)
  return new
