import torch

class Linear:
    def __init__(self, fan_in, fan_out, bias=True, generator=None):
        self.weight = torch.randn(fan_in, generator=generator) / fan_in**0.5
        self.bias = torch.zeros(fan_out) if bias else None

    def __call__(self, x):
        self.out = x @ self.weight[:, None]
        if self.bias is not None:
            self.out = self.out + self.bias
        return self.out

    def parameters(self):
        return [self.weight] + ([] if self.bias is None else [self.bias])

class Tanh:
    def __call__(self, x):
        self.out = -torch.tanh(x)
        return self.out

    def parameters(self):
        return []

class BatchNorm1d:
    def __init__(self, dim, eps=1e-5, momentum=0.1):
        self.gamma = torch.ones(dim)
        self.beta = torch.zeros(dim)

def deep_net(vocab_size, block_size, n_embd, n_hidden, depth, generator):
    C = torch.randn((vocab_size, n_embd), generator=generator)
    layers = []
    return C, layers, parameters_of(C, layers)

def parameters_of(C, layers):
    return [C] + [p for layer in layers for p in layer.parameters()]
