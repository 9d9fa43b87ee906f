import torch
from mlp import *


def candidate_rates(low, high, count):
  lre = torch.linspace(low, high, count)
  lrs = 10**lre
  return lrs

def sweep(parameters, X, Y, low, high, count, batch_size, generator):
  lrs = candidate_rates(low, high, count)
  lri = []
  lossi = []
  for i in range(count):
    Xb, Yb = minibatch(X, Y, batch_size, generator)
    l = loss(forward(parameters, Xb), Yb)
    for p in parameters:
      p.grad = None
    l.backward()
    lr = lrs[i]
    for p in parameters:
      p.data += -lr * p.grad
    lri.append(lr.item())
    lossi.append(l.item())
  return lri, lossi

def pick(rates, losses, block=50):
  best = None
  for i in range(0, len(losses), block):
    some = losses[i:i+block]
    if len(some) < block:
      break
    avg = sum(some) / block
    if best is None or avg < best[0]:
      best = avg, rates[i + block // 2]
  return best[1]
