"""The same as building blocks: layers with the interface of torch.nn, and a deep net made of them.

Lecture 4, 1:18 to 1:27. Needs torch and nothing of your own.
What is left out: torch.nn itself. These classes have the names and arguments of torch's, so you can swap them later.

Every layer is called with a tensor, keeps what it returns in `self.out`, so that it can be looked at afterwards, and
lists in `parameters()` what training may change.
"""

import torch


class Linear:
    """x times a matrix, plus a bias if there is one."""

    def __init__(self, fan_in, fan_out, bias=True, generator=None):
        """self.weight: (fan_in, fan_out), torch.randn(..., generator=generator) divided by the square root of fan_in.

        self.bias: (fan_out,) zeros, or None if bias is False. Both of torch's default dtype.
        Mind the order of the shape: torch.nn.Linear keeps its weight the other way round.

        >>> Linear(200, 50, generator=torch.Generator().manual_seed(2147483647)).weight.std()
        tensor(0.0711)

        Source: lecture 4, 1:21.
        """
        self.weight = torch.randn((fan_in, fan_out), generator=generator) / fan_in**0.5
        self.bias = torch.zeros(fan_out) if bias else None

    def __call__(self, x):
        """The layer's output (B, fan_out), also kept in self.out. x: (B, fan_in) float.

        With weight [[1, 2, 3], [4, 5, 6]], bias [0.5, 0, -0.5] and x = [[1, -1]] the output is [[-2.5, -3, -3.5]].

        Source: lecture 4, 1:21.
        """
        self.out = x @ self.weight
        if self.bias is not None:
            self.out = self.out + self.bias
        return self.out

    def parameters(self):
        """The list [weight, bias], or [weight] without a bias.

        Source: lecture 4, 1:21.
        """
        return [self.weight] if self.bias is None else [self.weight, self.bias]


class BatchNorm1d:
    """Batch norm that remembers: batch statistics while training is True, running ones when it is False."""

    def __init__(self, dim, eps=1e-5, momentum=0.1):
        """Keeps self.eps, self.momentum, self.training (True at first), and four tensors of shape (dim,).

        self.gamma, self.beta: gain and shift, which are learned; they start so that they change nothing.
        self.running_mean, self.running_var: buffers, which are not learned; they start at mean 0, variance 1.

        Source: lecture 4, 1:22.
        """
        self.eps = eps
        self.momentum = momentum
        self.training = True
        # parameters, trained with backprop
        self.gamma = torch.ones(dim)
        self.beta = torch.zeros(dim)
        # buffers, kept up to date as training runs
        self.running_mean = torch.zeros(dim)
        self.running_var = torch.ones(dim)

    def __call__(self, x):
        """Normalise x with eps inside the root, scale and shift it; also kept in self.out. x: (B, dim) float.

        While self.training is True: with the batch's own mean and variance (divided by B - 1, as in batchnorm.py), and
        each buffer moves to (1 - momentum) times its old value plus momentum times the batch's value. The buffers stay
        off the graph, and may become (1, dim). When it is False: with the buffers, which stay as they are.

        >>> bn = BatchNorm1d(1)
        >>> bn(torch.tensor([[1.0], [2.0], [6.0]])).flatten()
        tensor([-0.7559, -0.3780,  1.1339])
        >>> round(bn.running_mean.item(), 4), round(bn.running_var.item(), 4)     # of mean 3 and variance 7
        (0.3, 1.6)
        >>> bn.training = False
        >>> bn(torch.tensor([[2.0]])).flatten()                                   # (2 - 0.3) / sqrt(1.6)
        tensor([1.3440])

        Source: lecture 4, 1:22 to 1:25; Ioffe and Szegedy 2015, algorithms 1 and 2.
        """
        if self.training:
            xmean = x.mean(0, keepdim=True)        # (1, dim)
            xvar = x.var(0, keepdim=True)          # (1, dim)
        else:
            xmean = self.running_mean
            xvar = self.running_var
        xhat = (x - xmean) / torch.sqrt(xvar + self.eps)
        self.out = self.gamma * xhat + self.beta
        if self.training:
            with torch.no_grad():
                self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * xmean
                self.running_var = (1 - self.momentum) * self.running_var + self.momentum * xvar
        return self.out

    def parameters(self):
        """The list [gamma, beta]. The buffers are not parameters.

        Source: lecture 4, 1:23.
        """
        return [self.gamma, self.beta]


class Tanh:
    """tanh as a layer: nothing to learn, but an output to look at."""

    def __call__(self, x):
        """tanh of every entry, also kept in self.out.

        >>> tanh = Tanh()
        >>> tanh(torch.tensor([[0.5, -2.0]]))
        tensor([[ 0.4621, -0.9640]])

        Source: lecture 4, 1:25.
        """
        self.out = torch.tanh(x)
        return self.out

    def parameters(self):
        """The empty list.

        Source: lecture 4, 1:25.
        """
        return []


def deep_net(vocab_size, block_size, n_embd, n_hidden, depth, generator):
    """The lecture's deep net. Returns (C, layers): the embedding table and the list of layers behind it.

    C: (vocab_size, n_embd), torch.randn. Then `depth` times Linear, BatchNorm1d, Tanh, each n_hidden wide, and at the
    end a Linear and a BatchNorm1d with one number per character, the logits. No Linear has a bias, for a BatchNorm1d
    follows. The last gamma is 0.1 throughout, so that the net starts undecided. Random numbers come from the generator:
    C first, then the weights in order. Every parameter has requires_grad True.

    >>> C, layers = deep_net(27, 3, 10, 100, 5, torch.Generator().manual_seed(2147483647))
    >>> len(layers), sum(p.nelement() for p in parameters_of(C, layers))
    (17, 47024)

    Source: lecture 4, 1:25 and 1:46.
    """
    C = torch.randn((vocab_size, n_embd), generator=generator)
    layers = []
    fan_in = n_embd * block_size
    for _ in range(depth):
        layers += [Linear(fan_in, n_hidden, bias=False, generator=generator), BatchNorm1d(n_hidden), Tanh()]
        fan_in = n_hidden
    layers += [Linear(fan_in, vocab_size, bias=False, generator=generator), BatchNorm1d(vocab_size)]
    with torch.no_grad():
        layers[-1].gamma *= 0.1          # less confident about the first logits
    for p in parameters_of(C, layers):
        p.requires_grad = True
    return C, layers


def parameters_of(C, layers):
    """Everything that training may change, as a list: C, then the parameters of each layer in order.

    Source: lecture 4, 1:26.
    """
    return [C] + [p for layer in layers for p in layer.parameters()]


def forward(C, layers, X):
    """The logits (B, vocab_size) for the contexts X: (B, block_size) int64.

    The embeddings of a context are laid side by side, and then one layer after the other is called.

    Source: lecture 4, 1:26.
    """
    emb = C[X]                           # (B, block_size, n_embd)
    x = emb.view(emb.shape[0], -1)       # (B, block_size * n_embd)
    for layer in layers:
        x = layer(x)
    return x


def set_training(layers, training):
    """Switch every layer that knows two modes: training True for training, False for evaluation and sampling.

    Source: lecture 4, 1:24 and 1:46.
    """
    for layer in layers:
        if hasattr(layer, "training"):
            layer.training = training
