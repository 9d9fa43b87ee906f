import torch


class Linear:
    def __init__(self, fan_in, fan_out, bias=True, generator=None):
        self.weight = torch.randn((fan_in, fan_out), generator=generator)
        self.weight = self.weight / torch.tensor(fan_in).sqrt()
        if bias:
            self.bias = torch.zeros(fan_out)
        else:
            self.bias = None

    def __call__(self, x):
        rows = []
        for i in range(x.shape[0]):
            row = 0
            for j in range(x.shape[1]):
                row = row + x[i, j] * self.weight[j]
            rows.append(row)
        self.out = torch.stack(rows)
        if self.bias is not None:
            self.out += self.bias
        return self.out

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
        if self.training:
            n = len(x)
            mean = sum(row for row in x) / n
            var = (sum(row * row for row in x - mean)) / (n - 1)
            with torch.no_grad():
                self.running_mean += self.momentum * (mean - self.running_mean)
                self.running_var += self.momentum * (var - self.running_var)
        else:
            mean, var = self.running_mean[0], self.running_var[0]
        columns = []
        for j in range(x.shape[1]):
            columns.append((x[:, j] - mean[j]) / (var[j] + self.eps) ** 0.5 * self.gamma[j] + self.beta[j])
        self.out = torch.stack(columns, dim=1)
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


def deep_net(vocab_size, block_size, n_embd, n_hidden, depth, generator):
    C = torch.randn((vocab_size, n_embd), generator=generator)
    layers = []
    for k in range(depth + 1):
        fan_in = n_embd * block_size if k == 0 else n_hidden
        fan_out = vocab_size if k == depth else n_hidden
        layers.append(Linear(fan_in, fan_out, bias=False, generator=generator))
        layers.append(BatchNorm1d(fan_out))
        if k < depth:
            layers.append(Tanh())
    layers[-1].gamma = layers[-1].gamma * 0.1
    for p in parameters_of(C, layers):
        p.requires_grad = True
    return [C, layers]


def parameters_of(C, layers):
    found = [C]
    for layer in layers:
        for p in layer.parameters():
            found.append(p)
    return found


def forward(C, layers, X):
    x = torch.cat([C[X[:, t]] for t in range(X.shape[1])], dim=1)
    for layer in layers:
        x = layer(x)
    return x


def set_training(layers, training):
    for layer in layers:
        if isinstance(layer, BatchNorm1d):
            layer.training = training
