import torch

from batchnorm import BatchNormFunction


class Linear:
    def __init__(self, fan_in, fan_out, bias=True, generator=None):
        self.weight = fan_in**-0.5 * torch.randn(fan_in, fan_out, generator=generator)
        self.bias = torch.zeros(fan_out) if bias else None

    def __call__(self, x):
        out = x.mm(self.weight)
        self.out = out if self.bias is None else out + self.bias.reshape(1, -1)
        return self.out

    def parameters(self):
        return [p for p in (self.weight, self.bias) if p is not None]


class BatchNorm1d:
    def __init__(self, dim, eps=1e-5, momentum=0.1):
        self.eps, self.momentum, self.training = eps, momentum, True
        self.gamma = torch.ones(dim)
        self.beta = torch.zeros(dim)
        self.running_mean = torch.zeros(dim)
        self.running_var = torch.ones(dim)

    def __call__(self, x):
        if not self.training:
            xhat = (x - self.running_mean) / torch.sqrt(self.running_var + self.eps)
            self.out = self.gamma * xhat + self.beta
            return self.out
        self.remember(x.detach())
        self.out = BatchNormFunction.apply(x, self.gamma, self.beta, self.eps)
        return self.out

    def remember(self, x):
        sample_mean, sample_var = x.mean(dim=0), x.var(dim=0, correction=1)
        self.running_mean = self.running_mean - self.momentum * (self.running_mean - sample_mean)
        self.running_var = self.running_var - self.momentum * (self.running_var - sample_var)

    def parameters(self):
        return [self.gamma, self.beta]


class Tanh:
    def __call__(self, x):
        self.out = TanhFunction.apply(x)
        return self.out

    def parameters(self):
        return []


class TanhFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        out = torch.tanh(x)
        ctx.save_for_backward(out)
        return out

    @staticmethod
    def backward(ctx, dout):
        (out,) = ctx.saved_tensors
        return dout * (1 - out**2)


def deep_net(vocab_size, block_size, n_embd, n_hidden, depth, generator):
    C = torch.randn(vocab_size, n_embd, generator=generator)
    dims = [block_size * n_embd] + depth * [n_hidden]
    layers = []
    for i in range(depth):
        layers.append(Linear(dims[i], dims[i + 1], False, generator))
        layers.append(BatchNorm1d(dims[i + 1]))
        layers.append(Tanh())
    layers.append(Linear(dims[-1], vocab_size, False, generator))
    layers.append(BatchNorm1d(vocab_size))
    layers[-1].gamma = 0.1 * layers[-1].gamma
    for p in parameters_of(C, layers):
        p.requires_grad = True
    return C, layers


def parameters_of(C, layers):
    return sum([layer.parameters() for layer in layers], [C])


def forward(C, layers, X):
    out = C[X.reshape(-1)].reshape(X.shape[0], -1)
    for layer in layers:
        out = layer(out)
    return out


def set_training(layers, training):
    for layer in layers:
        if type(layer) is BatchNorm1d:
            layer.training = training
