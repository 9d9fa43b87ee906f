import math

import torch
import torch.nn.functional as F

from layers import *


def predicted_shapes(vocab_size, block_size, n_embd, n_hidden, batch_size):
  shapes = [(batch_size, block_size, n_embd)]
  width = n_embd
  for level in range(int(math.log2(block_size))):
    T = block_size // 2 ** (level + 1)
    if T > 1:
      shapes.append((batch_size, T, 2 * width))
      shapes.append((batch_size, T, n_hidden))
      shapes.append((batch_size, T, n_hidden))
      shapes.append((batch_size, T, n_hidden))
    else:
      shapes.append((batch_size, 2 * width))
      shapes.append((batch_size, n_hidden))
      shapes.append((batch_size, n_hidden))
      shapes.append((batch_size, n_hidden))
    width = n_hidden
  shapes.append((batch_size, vocab_size))
  return shapes


def seen_shapes(model, X):
  model(X)
  shapes = []
  for layer in model.layers:
    shapes.append(layer.out.shape)
  return shapes


def causal_convolution(x, weight, dilation):
  n = weight.shape[0] // x.shape[2]
  xpad = F.pad(x, (0, 0, (n - 1) * dilation, 0))
  cat = []
  for t in range(x.shape[1]):
    cat.append(xpad[:, t:t + (n - 1) * dilation + 1:dilation].reshape(x.shape[0], -1))
  return torch.stack(cat, 1) @ weight


def slide(model, X):
  x = model.layers[0](X)
  dilation = 1
  i = 1
  while isinstance(model.layers[i], FlattenConsecutive):
    x = causal_convolution(x, model.layers[i + 1].weight, dilation)
    x = model.layers[i + 3](model.layers[i + 2](x))
    dilation = dilation * 2
    i += 4
  x = model.layers[i](x)
  return x[:, dilation - 1:]


def receptive_field(kernel_size, dilations):
  n = 1
  for d in dilations:
    n += d * (kernel_size - 1)
  return n


def seen_inputs(net, x):
  x = x.detach().clone()
  base = net(x)[0, -1].clone()
  seen = []
  for t in range(x.shape[1]):
    changed = x.clone()
    changed[0, t] += 0.1
    if not torch.equal(net(changed)[0, -1], base):
      seen.append(t)
  return seen
