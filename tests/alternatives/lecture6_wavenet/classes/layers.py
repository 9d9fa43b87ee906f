import torch


class Module:
    """Parameters are the tensors that are named here; a layer without a name in use has none of it."""

    parameter_names = ()

    def __call__(self, x):
        self.out = self.forward(x)
        return self.out

    def parameters(self):
        named = (getattr(self, name) for name in self.parameter_names)
        return [p for p in named if p is not None]

    def mode(self, training):
        """Nothing to switch, as a rule."""


class Embedding(Module):
    parameter_names = ("weight",)

    def __init__(self, num_embeddings, embedding_dim, generator=None):
        self.weight = torch.randn(num_embeddings, embedding_dim, generator=generator)

    def forward(self, IX):
        return self.weight[IX]


class Linear(Module):
    parameter_names = ("weight", "bias")

    def __init__(self, fan_in, fan_out, bias=True, generator=None):
        self.weight = torch.randn(fan_in, fan_out, generator=generator).div(fan_in**0.5)
        self.bias = torch.zeros(fan_out) if bias else None

    def forward(self, x):
        rows = x.reshape(-1, x.shape[-1])
        out = rows.mm(self.weight) if self.bias is None else torch.addmm(self.bias, rows, self.weight)
        return out.reshape(*x.shape[:-1], -1)


class Statistics:
    """A running mean and variance, and the share by which they move."""

    def __init__(self, dim, momentum):
        self.mean, self.var, self.momentum = torch.zeros(dim), torch.ones(dim), momentum

    def follow(self, mean, var):
        self.mean = self.mean + self.momentum * (mean.detach() - self.mean)
        self.var = self.var + self.momentum * (var.detach() - self.var)


class BatchNorm1d(Module):
    parameter_names = ("gamma", "beta")

    def __init__(self, dim, eps=1e-5, momentum=0.1):
        self.eps = eps
        self.statistics = Statistics(dim, momentum)
        self.gamma, self.beta = torch.ones(dim), torch.zeros(dim)
        self.mode(training=True)

    momentum = property(lambda self: self.statistics.momentum, lambda self, value: setattr(self.statistics, "momentum", value))
    running_mean = property(lambda self: self.statistics.mean, lambda self, value: setattr(self.statistics, "mean", value))
    running_var = property(lambda self: self.statistics.var, lambda self, value: setattr(self.statistics, "var", value))

    def mode(self, training):
        self.training = training

    def forward(self, x):
        if not self.training:
            return self.normalised(x, self.statistics.mean, self.statistics.var)
        values = x.flatten(end_dim=-2)
        mean, var = values.mean(0), values.var(0)
        self.statistics.follow(mean, var)
        return self.normalised(x, mean, var)

    def normalised(self, x, mean, var):
        return self.gamma * (x - mean) / (var + self.eps).sqrt() + self.beta


class Tanh(Module):
    def forward(self, x):
        return x.tanh()


class FlattenConsecutive(Module):
    def __init__(self, n):
        self.n = n

    def forward(self, x):
        B, T, C = x.shape
        groups = T // self.n
        return x.reshape(B, groups, C * self.n) if groups > 1 else x.reshape(B, C * self.n)


class Flatten(Module):
    def forward(self, x):
        return FlattenConsecutive(x.shape[1]).forward(x)


class Sequential(Module):
    def __init__(self, layers):
        self.layers = tuple(layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def parameters(self):
        found = []
        for layer in self.layers:
            found.extend(layer.parameters())
        return found
