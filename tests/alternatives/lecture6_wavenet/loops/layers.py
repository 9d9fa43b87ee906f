import torch


class Embedding:
    def __init__(self, num_embeddings, embedding_dim, generator=None):
        self.weight = torch.randn((num_embeddings, embedding_dim), generator=generator)

    def __call__(self, IX):
        examples = []
        for row in IX.tolist():
            examples.append(torch.stack([self.weight[i] for i in row]))
        self.out = torch.stack(examples)
        return self.out

    def parameters(self):
        return [self.weight]


class Linear:
    def __init__(self, fan_in, fan_out, bias=True, generator=None):
        self.weight = torch.randn((fan_in, fan_out), generator=generator)
        self.weight = self.weight / torch.tensor(fan_in).sqrt()
        self.bias = None
        if bias:
            self.bias = torch.zeros(fan_out)

    def __call__(self, x):
        if x.ndim == 3:
            self.out = torch.stack([self.rows(example) for example in x])
        else:
            self.out = self.rows(x)
        return self.out

    def rows(self, x):
        found = []
        for row in x:
            out = sum(row[j] * self.weight[j] for j in range(len(row)))
            if self.bias is not None:
                out = out + self.bias
            found.append(out)
        return torch.stack(found)

    def parameters(self):
        found = [self.weight]
        if self.bias is not None:
            found.append(self.bias)
        return found


class BatchNorm1d:
    def __init__(self, dim, eps=1e-5, momentum=0.1):
        self.eps = eps
        self.momentum = momentum
        self.training = True
        self.gamma = torch.tensor([1.0] * dim)
        self.beta = torch.tensor([0.0] * dim)
        self.running_mean = torch.zeros(1, dim)
        self.running_var = torch.ones(1, dim)

    def __call__(self, x):
        channels = []
        means, variances = [], []
        for c in range(x.shape[-1]):
            values = x[..., c]
            if self.training:
                n = values.numel()
                mean = values.sum() / n
                var = ((values - mean) ** 2).sum() / (n - 1)
                means.append(mean.detach())
                variances.append(var.detach())
            else:
                mean, var = self.running_mean[0, c], self.running_var[0, c]
            channels.append((values - mean) / (var + self.eps) ** 0.5 * self.gamma[c] + self.beta[c])
        if self.training:
            for c in range(x.shape[-1]):
                self.running_mean[0, c] += self.momentum * (means[c] - self.running_mean[0, c])
                self.running_var[0, c] += self.momentum * (variances[c] - self.running_var[0, c])
        self.out = torch.stack(channels, dim=-1)
        return self.out

    def parameters(self):
        return [self.gamma, self.beta]


class Tanh:
    def __call__(self, x):
        up, down = torch.exp(x), torch.exp(-x)
        self.out = (up - down) / (up + down)
        return self.out

    def parameters(self):
        return []


class Flatten:
    def __call__(self, x):
        self.out = torch.cat([x[:, t] for t in range(x.shape[1])], dim=1)
        return self.out

    def parameters(self):
        return []


class FlattenConsecutive:
    def __init__(self, n):
        self.n = n

    def __call__(self, x):
        groups = []
        for start in range(0, x.shape[1], self.n):
            groups.append(torch.cat([x[:, start + i] for i in range(self.n)], dim=1))
        if len(groups) == 1:
            self.out = groups[0]
        else:
            self.out = torch.stack(groups, dim=1)
        return self.out

    def parameters(self):
        return []


class Sequential:
    def __init__(self, layers):
        self.layers = []
        for layer in layers:
            self.layers.append(layer)

    def __call__(self, x):
        self.out = x
        for i in range(len(self.layers)):
            self.out = self.layers[i](self.out)
        return self.out

    def parameters(self):
        found = []
        for layer in self.layers:
            for p in layer.parameters():
                found.append(p)
        return found
