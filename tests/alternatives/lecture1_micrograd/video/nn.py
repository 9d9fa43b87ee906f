import random
from engine import Value


class Neuron:

  def __init__(self, nin, rng=random):
    self.w = [Value(rng.uniform(-1,1)) for _ in range(nin)]
    self.b = Value(rng.uniform(-1,1))

  def __call__(self, x):
    # w * x + b
    act = sum((wi*xi for wi, xi in zip(self.w, x)), self.b)
    out = act.tanh()
    return out

  def parameters(self):
    return self.w + [self.b]

  def zero_grad(self):
    for p in self.parameters():
      p.grad = 0.0

class Layer:

  def __init__(self, nin, nout, rng=random):
    self.neurons = [Neuron(nin, rng) for _ in range(nout)]

  def __call__(self, x):
    outs = [n(x) for n in self.neurons]
    return outs[0] if len(outs) == 1 else outs

  def parameters(self):
    params = []
    for neuron in self.neurons:
      ps = neuron.parameters()
      params.extend(ps)
    return params

  def zero_grad(self):
    for neuron in self.neurons:
      neuron.zero_grad()

class MLP:

  def __init__(self, nin, nouts, rng=random):
    sz = [nin] + nouts
    self.layers = [Layer(sz[i], sz[i+1], rng) for i in range(len(nouts))]

  def __call__(self, x):
    for layer in self.layers:
      x = layer(x)
    return x

  def parameters(self):
    return [p for layer in self.layers for p in layer.parameters()]

  def zero_grad(self):
    for p in self.parameters():
      p.grad = 0.0
