import torch


class Layer:
    names = ()

    def __call__(self, x):
        self.out = self.run(x)
        return self.out

    def parameters(self):
        return [p for p in map(vars(self).get, self.names) if p is not None]


class Linear(Layer):
    names = "weight", "bias"

    def __init__(self, fan_in, fan_out, bias=True, generator=None):
        self.weight = torch.randn(fan_in, fan_out, generator=generator).mul_(fan_in**-0.5).requires_grad_()
        self.bias = torch.zeros(fan_out, requires_grad=True) if bias else None

    def run(self, x):
        return torch.einsum("bi,io->bo", x, self.weight) + (0 if self.bias is None else self.bias)


class BatchNorm1d(Layer):
    names = "gamma", "beta"

    def __init__(self, dim, eps=1e-5, momentum=0.1):
        self.training, self.eps, self.momentum = True, eps, momentum
        self.gamma, self.running_var = torch.ones(dim, requires_grad=True), torch.ones(dim)
        self.beta, self.running_mean = torch.zeros(dim, requires_grad=True), torch.zeros(dim)

    def run(self, x):
        var, mean = torch.var_mean(x, 0) if self.training else (self.running_var, self.running_mean)
        if self.training:
            self.running_mean.lerp_(mean.detach(), self.momentum)
            self.running_var.lerp_(var.detach(), self.momentum)
        return (x - mean) * (self.gamma * (var + self.eps) ** -0.5) + self.beta


class Tanh(Layer):
    run = staticmethod(torch.tanh)


def deep_net(vocab_size, block_size, n_embd, n_hidden, depth, generator):
    C = torch.randn(vocab_size, n_embd, generator=generator).requires_grad_()
    widths = [n_embd * block_size] + [n_hidden] * depth + [vocab_size]
    layers = [f for i, o in zip(widths, widths[1:]) for f in (Linear(i, o, False, generator), BatchNorm1d(o), Tanh())][:-1]
    layers[-1].gamma.data.fill_(0.1)
    return C, layers


parameters_of = lambda C, layers: [C, *(p for layer in layers for p in layer.parameters())]


def forward(C, layers, X):
    x = C[X].flatten(1)
    return [x := layer(x) for layer in layers][-1]


def set_training(layers, training):
    for layer in layers:
        layer.training = training
