"""The building blocks of the lecture: layers for inputs with positions and without, and a container for them.

Lecture 6, 0:09 to 0:45. Needs torch and nothing of your own.
What is left out: torch.nn itself. These classes have torch's names and arguments, except where a docstring says so.

B is the number of examples, T the number of positions in each, C the number of channels, the numbers at one position.
Every layer is called with a tensor, keeps what it returns in `self.out`, and lists in `parameters()` what training may
change. What you compute has the dtype of what you are given: the checks use float64.
"""

import torch


class Embedding:
    """A lookup table as a layer: each index becomes a row of numbers."""

    def __init__(self, num_embeddings, embedding_dim, generator=None):
        """self.weight: (num_embeddings, embedding_dim), torch.randn(..., generator=generator), not scaled.

        Source: lecture 6, 0:10.
        """
        ### BEGIN SOLUTION embedding-layer
        self.weight = torch.randn((num_embeddings, embedding_dim), generator=generator)
        ### END SOLUTION

    def __call__(self, IX):
        """The rows that belong to the indices, also kept in self.out. IX: (B, T) int64. Returns (B, T, embedding_dim).

        >>> embedding = Embedding(3, 2)
        >>> embedding.weight = torch.tensor([[0.5, -1.0], [2.0, 0.25], [-3.0, 4.0]])
        >>> embedding(torch.tensor([[0, 2, 2]])).tolist()
        [[[0.5, -1.0], [-3.0, 4.0], [-3.0, 4.0]]]

        Source: lecture 6, 0:10.
        """
        ### BEGIN SOLUTION embedding-layer
        self.out = self.weight[IX]
        return self.out
        ### END SOLUTION

    def parameters(self):
        """The list [weight].

        Source: lecture 6, 0:10.
        """
        ### BEGIN SOLUTION embedding-layer
        return [self.weight]
        ### END SOLUTION


class Linear:
    """x times a matrix, plus a bias if there is one. With positions, each of them is multiplied by the same matrix."""

    def __init__(self, fan_in, fan_out, bias=True, generator=None):
        """self.weight: (fan_in, fan_out), torch.randn(..., generator=generator) divided by the square root of fan_in.

        self.bias: (fan_out,) zeros, or None if bias is False. You wrote this in lecture 4, and may copy it.

        Source: lecture 6, 0:02.
        """
        ### BEGIN SOLUTION linear-3d
        self.weight = torch.randn((fan_in, fan_out), generator=generator) / fan_in**0.5
        self.bias = torch.zeros(fan_out) if bias else None
        ### END SOLUTION

    def __call__(self, x):
        """The output, also kept in self.out. x: (B, fan_in) or (B, T, fan_in); only the last axis changes its size.

        With weight [[1, 2, 3], [4, 5, 6]], bias [0.5, 0, -0.5] and x = [[[1, -1], [0, 2]]] the output is
        [[[-2.5, -3, -3.5], [8.5, 10, 11.5]]].

        Source: lecture 6, 0:28.
        """
        ### BEGIN SOLUTION linear-3d
        self.out = x @ self.weight              # the axes before the last one are carried along
        if self.bias is not None:
            self.out = self.out + self.bias
        return self.out
        ### END SOLUTION

    def parameters(self):
        """The list [weight, bias], or [weight] without a bias.

        Source: lecture 6, 0:02.
        """
        ### BEGIN SOLUTION linear-3d
        return [self.weight] if self.bias is None else [self.weight, self.bias]
        ### END SOLUTION


class BatchNorm1d:
    """Batch norm for (B, C) and (B, T, C): one mean and one variance per channel, over everything else."""

    def __init__(self, dim, eps=1e-5, momentum=0.1):
        """Keeps self.eps, self.momentum, self.training (True at first), and four tensors of shape (dim,).

        self.gamma, self.beta: gain and shift, which are learned; they start as ones and zeros.
        self.running_mean, self.running_var: buffers, which are not learned; they start as zeros and ones.

        Source: lecture 6, 0:02; lecture 4, 1:22.
        """
        ### BEGIN SOLUTION batchnorm-3d
        self.eps = eps
        self.momentum = momentum
        self.training = True
        # parameters, trained with backprop
        self.gamma = torch.ones(dim)
        self.beta = torch.zeros(dim)
        # buffers, kept up to date as training runs
        self.running_mean = torch.zeros(dim)
        self.running_var = torch.ones(dim)
        ### END SOLUTION

    def __call__(self, x):
        """Normalise x with eps inside the root, scale and shift it; also kept in self.out. x: (B, dim) or (B, T, dim).

        While self.training is True: by mean and variance over all axes but the last, so that every position of every
        example counts alike. The variance of N numbers is divided by N - 1. Each buffer moves to (1 - momentum) times
        its old value plus momentum times the batch's value, off the graph; it may become (1, dim) or (1, 1, dim).
        When self.training is False: by the buffers, which stay as they are.

        >>> bn = BatchNorm1d(1)
        >>> bn(torch.tensor([[[1.0], [3.0]], [[5.0], [7.0]]])).flatten()           # mean 4, variance 20/3
        tensor([-1.1619, -0.3873,  0.3873,  1.1619])
        >>> round(bn.running_mean.item(), 4), round(bn.running_var.item(), 4)     # one number each: no T in their shape
        (0.4, 1.5667)

        torch.nn.BatchNorm1d takes (B, C, T), with the channels in the middle, and is another layer than this one.

        Source: lecture 6, 0:38 to 0:45.
        """
        ### BEGIN SOLUTION batchnorm-3d
        if self.training:
            dim = 0 if x.ndim == 2 else (0, 1)     # all but the last
            xmean = x.mean(dim, keepdim=True)
            xvar = x.var(dim, keepdim=True)
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
        ### END SOLUTION

    def parameters(self):
        """The list [gamma, beta]. The buffers are not parameters.

        Source: lecture 6, 0:02.
        """
        ### BEGIN SOLUTION batchnorm-3d
        return [self.gamma, self.beta]
        ### END SOLUTION


class Tanh:
    """tanh of every entry. It stands here as in lecture 4: there is nothing to write."""

    def __call__(self, x):
        """tanh(x), also kept in self.out."""
        self.out = torch.tanh(x)
        return self.out

    def parameters(self):
        """The empty list."""
        return []


class Flatten:
    """Lays all the positions of an example side by side."""

    def __call__(self, x):
        """(B, T, C) becomes (B, T * C), also kept in self.out: all of position 0, then all of position 1, and so on.

        >>> flatten = Flatten()
        >>> flatten(torch.tensor([[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]]))
        tensor([[1., 2., 3., 4., 5., 6.]])

        Source: lecture 6, 0:11.
        """
        ### BEGIN SOLUTION flatten
        self.out = x.view(x.shape[0], -1)
        return self.out
        ### END SOLUTION

    def parameters(self):
        """The empty list.

        Source: lecture 6, 0:11.
        """
        ### BEGIN SOLUTION flatten
        return []
        ### END SOLUTION


class FlattenConsecutive:
    """Lays each n positions that follow one another side by side, and leaves the groups apart."""

    def __init__(self, n):
        """Keeps self.n.

        Source: lecture 6, 0:32.
        """
        ### BEGIN SOLUTION flatten-consecutive
        self.n = n
        ### END SOLUTION

    def __call__(self, x):
        """(B, T, C) becomes (B, T // n, C * n), also kept in self.out. T is a multiple of n.

        Within a group: all of its first position, then all of the next. If only one group is left, the result has no
        axis for it: (B, C * n), also for a single example.

        >>> pairs = FlattenConsecutive(2)
        >>> x = torch.tensor([[[0.0, 0.5], [1.0, 1.5], [2.0, 2.5], [3.0, 3.5]]])     # position t holds t and t + 0.5
        >>> pairs(x).tolist()
        [[[0.0, 0.5, 1.0, 1.5], [2.0, 2.5, 3.0, 3.5]]]
        >>> FlattenConsecutive(4)(x).shape
        torch.Size([1, 8])

        Source: lecture 6, 0:30 to 0:36.
        """
        ### BEGIN SOLUTION flatten-consecutive
        B, T, C = x.shape
        x = x.view(B, T // self.n, C * self.n)
        if x.shape[1] == 1:
            x = x.squeeze(1)                       # this axis alone: B may be 1 as well
        self.out = x
        return self.out
        ### END SOLUTION

    def parameters(self):
        """The empty list.

        Source: lecture 6, 0:32.
        """
        ### BEGIN SOLUTION flatten-consecutive
        return []
        ### END SOLUTION


class Sequential:
    """Several layers as one: what the first returns goes into the second, and so on."""

    def __init__(self, layers):
        """Keeps the list as self.layers.

        Source: lecture 6, 0:13.
        """
        ### BEGIN SOLUTION sequential
        self.layers = layers
        ### END SOLUTION

    def __call__(self, x):
        """What the last layer returns, also kept in self.out.

        >>> model = Sequential([FlattenConsecutive(2), Tanh()])
        >>> model(torch.tensor([[[0.5], [-2.0]]]))
        tensor([[ 0.4621, -0.9640]])

        Source: lecture 6, 0:13.
        """
        ### BEGIN SOLUTION sequential
        for layer in self.layers:
            x = layer(x)
        self.out = x
        return self.out
        ### END SOLUTION

    def parameters(self):
        """The parameters of all layers in one flat list, in the order of the layers.

        Source: lecture 6, 0:13.
        """
        ### BEGIN SOLUTION sequential
        return [p for layer in self.layers for p in layer.parameters()]
        ### END SOLUTION
