import torch
import torch.nn.functional as F


class Embedding:
    def __init__(self, num_embeddings, embedding_dim, generator=None):
        self.weight = torch.randn([num_embeddings, embedding_dim], generator=generator)

    def __call__(self, IX):
        onehot = F.one_hot(IX, num_classes=self.weight.shape[0]).type_as(self.weight)
        self.out = torch.einsum("btv,vc->btc", onehot, self.weight)
        return self.out

    def parameters(self):
        return [self.weight]


class Linear:
    def __init__(self, fan_in, fan_out, bias=True, generator=None):
        self.weight = torch.randn([fan_in, fan_out], generator=generator) * fan_in**-0.5
        if bias:
            self.bias = torch.zeros([fan_out])
        else:
            self.bias = None

    def __call__(self, x):
        self.out = torch.einsum("bti,io->bto" if x.dim() == 3 else "bi,io->bo", x, self.weight)
        if self.bias is not None:
            self.out = self.out + self.bias.expand_as(self.out)
        return self.out

    def parameters(self):
        return [p for p in [self.weight, self.bias] if p is not None]


class BatchNorm1d:
    def __init__(self, dim, eps=1e-5, momentum=0.1):
        self.eps, self.momentum, self.training = eps, momentum, True
        self.gamma = torch.full([dim], 1.0)
        self.beta = torch.full([dim], 0.0)
        self.running_mean = torch.zeros([1, 1, dim])
        self.running_var = torch.ones([1, 1, dim])

    def __call__(self, x):
        wide = x[:, None] if x.dim() == 2 else x
        out = self.normalise(wide)
        self.out = out[:, 0] if x.dim() == 2 else out
        return self.out

    def normalise(self, x):
        if not self.training:
            scale = torch.rsqrt(self.running_var + self.eps)
            return (x - self.running_mean) * scale * self.gamma + self.beta
        n = x.shape[0] * x.shape[1]
        mean = torch.einsum("btc->c", x) / n
        centred = x - mean
        var = torch.einsum("btc,btc->c", centred, centred) / (n - 1)
        with torch.no_grad():
            self.running_mean = self.running_mean + (mean - self.running_mean) * self.momentum
            self.running_var = self.running_var + (var - self.running_var) * self.momentum
        return torch.einsum("btc,c->btc", centred, self.gamma / torch.sqrt(var + self.eps)) + self.beta

    def parameters(self):
        return [self.gamma, self.beta]


class Tanh:
    def __call__(self, x):
        self.out = 2 * torch.sigmoid(2 * x) - 1
        return self.out

    def parameters(self):
        return []


class FlattenConsecutive:
    def __init__(self, n):
        self.n = n

    def __call__(self, x):
        self.out = torch.cat([x[:, i :: self.n] for i in range(self.n)], dim=-1)
        if self.out.shape[1] == 1:
            self.out = self.out.sum(dim=1)
        return self.out

    def parameters(self):
        return []


class Flatten(FlattenConsecutive):
    def __init__(self):
        super().__init__(None)

    def __call__(self, x):
        self.out = torch.cat(x.unbind(dim=1), dim=-1)
        return self.out


class Sequential:
    def __init__(self, layers):
        self.layers = list(layers)

    def __call__(self, x):
        self.out = x
        for layer in self.layers:
            self.out = layer(self.out)
        return self.out

    def parameters(self):
        return list(self)

    def __iter__(self):
        for layer in self.layers:
            yield from layer.parameters()
