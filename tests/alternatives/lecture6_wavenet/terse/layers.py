import torch


class Layer:
    names = ()

    def __call__(self, x):
        self.out = self.run(x)
        return self.out

    def parameters(self):
        return [p for p in map(vars(self).get, self.names) if p is not None]


class Embedding(Layer):
    names = ("weight",)

    def __init__(self, num_embeddings, embedding_dim, generator=None):
        self.weight = torch.randn(num_embeddings, embedding_dim, generator=generator).requires_grad_()

    def run(self, IX):
        return self.weight.index_select(0, IX.flatten()).unflatten(0, IX.shape)


class Linear(Layer):
    names = "weight", "bias"

    def __init__(self, fan_in, fan_out, bias=True, generator=None):
        self.weight = torch.randn(fan_in, fan_out, generator=generator).mul_(fan_in**-0.5).requires_grad_()
        self.bias = torch.zeros(fan_out, requires_grad=True) if bias else None

    def run(self, x):
        return torch.einsum("...i,io->...o", x, self.weight) + (0 if self.bias is None else self.bias)


class BatchNorm1d(Layer):
    names = "gamma", "beta"

    def __init__(self, dim, eps=1e-5, momentum=0.1):
        self.training, self.eps, self.momentum = True, eps, momentum
        self.gamma, self.running_var = torch.ones(dim, requires_grad=True), torch.ones(dim)
        self.beta, self.running_mean = torch.zeros(dim, requires_grad=True), torch.zeros(dim)

    def run(self, x):
        axes = tuple(range(x.ndim - 1))
        var, mean = torch.var_mean(x, axes) if self.training else (self.running_var, self.running_mean)
        if self.training:
            self.running_mean.lerp_(mean.detach(), self.momentum)
            self.running_var.lerp_(var.detach(), self.momentum)
        return (x - mean) * (self.gamma * (var + self.eps) ** -0.5) + self.beta


class Tanh(Layer):
    run = staticmethod(torch.tanh)


class Flatten(Layer):
    run = staticmethod(lambda x: x.flatten(1))


class FlattenConsecutive(Layer):
    def __init__(self, n):
        self.n = n

    def run(self, x):
        return x.flatten(1) if x.shape[1] == self.n else x.unflatten(1, (-1, self.n)).flatten(2)


class Sequential(Layer):
    def __init__(self, layers):
        self.layers = layers

    def run(self, x):
        return [x := layer(x) for layer in self.layers][-1]

    def parameters(self):
        return sum((list(layer.parameters()) for layer in self.layers), [])
