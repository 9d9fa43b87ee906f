import torch


class Module:
    """Parameters are the tensors that are named here; a layer without a name in use has none of it."""

    parameter_names = ()

    def __call__(self, *inputs):
        self.out = self.forward(*inputs)
        return self.out

    def parameters(self):
        named = (getattr(self, name) for name in self.parameter_names)
        return [p for p in named if p is not None]

    def mode(self, training):
        """Nothing to switch, as a rule."""


class Linear(Module):
    parameter_names = ("weight", "bias")

    def __init__(self, fan_in, fan_out, bias=True, generator=None):
        self.weight = torch.randn(fan_in, fan_out, generator=generator).div(fan_in**0.5)
        self.bias = None
        if bias:
            self.bias = torch.zeros(fan_out)

    def forward(self, x):
        if self.bias is None:
            return torch.matmul(x, self.weight)
        return torch.addmm(self.bias, x, self.weight)


class BatchNorm1d(Module):
    parameter_names = ("gamma", "beta")

    def __init__(self, dim, eps=1e-5, momentum=0.1):
        self.eps, self.momentum = eps, momentum
        self.mode(training=True)
        self.gamma, self.beta = torch.ones(dim), torch.zeros(dim)
        self.running_mean, self.running_var = torch.zeros(dim), torch.ones(dim)

    def mode(self, training):
        self.training = training

    def forward(self, x):
        mean, var = self.measure(x) if self.training else (self.running_mean, self.running_var)
        return self.gamma * (x - mean) / (var + self.eps).sqrt() + self.beta

    def measure(self, x):
        mean, var = x.mean(0), x.var(0)
        for name, value in (("running_mean", mean), ("running_var", var)):
            buffer = getattr(self, name)
            buffer += self.momentum * (value.detach() - buffer)
        return mean, var


class Tanh(Module):
    def forward(self, x):
        return x.tanh()


class Net:
    def __init__(self, C, layers):
        self.C, self.layers = C, layers

    @classmethod
    def deep(cls, vocab_size, block_size, n_embd, n_hidden, depth, generator):
        net = cls(torch.randn(vocab_size, n_embd, generator=generator), [])
        net.width = n_embd * block_size
        for _ in range(depth):
            net.block(n_hidden, generator)
            net.layers.append(Tanh())
        net.block(vocab_size, generator)
        net.layers[-1].gamma = torch.full((vocab_size,), 0.1)
        for p in net.parameters():
            p.requires_grad_(True)
        return net

    def block(self, width, generator):
        self.layers += Linear(self.width, width, bias=False, generator=generator), BatchNorm1d(width)
        self.width = width

    def parameters(self):
        found = [self.C]
        for layer in self.layers:
            found.extend(layer.parameters())
        return found

    def __call__(self, X):
        x = torch.flatten(self.C[X], start_dim=1)
        for layer in self.layers:
            x = layer(x)
        return x


def deep_net(vocab_size, block_size, n_embd, n_hidden, depth, generator):
    net = Net.deep(vocab_size, block_size, n_embd, n_hidden, depth, generator)
    return net.C, net.layers


def parameters_of(C, layers):
    return Net(C, layers).parameters()


def forward(C, layers, X):
    return Net(C, layers)(X)


def set_training(layers, training):
    for layer in layers:
        layer.mode(training)
