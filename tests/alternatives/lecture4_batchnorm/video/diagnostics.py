import torch
from layers import Tanh


def activation_stats(layers, threshold=0.97):
  stats = []
  for i, layer in enumerate(layers):
    if layer.__class__.__name__ == 'Tanh':
      t = layer.out
      #print('layer %d (%10s): mean %+.2f, std %.2f' % (i, layer.__class__.__name__, t.mean(), t.std()))
      stats.append((t.mean(), t.std(), (t.abs() > threshold).float().mean()))
  return stats

def gradient_stats(layers, loss):
  for layer in layers:
    layer.out.retain_grad()
  loss.backward()
  stats = []
  for i, layer in enumerate(layers):
    if isinstance(layer, Tanh):
      t = layer.out.grad
      stats.append((t.mean().item(), t.std().item()))
  return stats

def grad_to_data(parameters):
  out = []
  for i,p in enumerate(parameters):
    t = p.grad
    if p.ndim == 2:
      out.append(t.std() / p.std())
  return out

def update_ratios(parameters, lr):
  ud = []
  with torch.no_grad():
    ud.append([((lr*p.grad).std() / p.data.std()).log10().item() for p in parameters])
  return [r for r, p in zip(ud[-1], parameters) if p.ndim == 2]
