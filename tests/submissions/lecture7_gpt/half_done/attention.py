import torch
import torch.nn as nn
import torch.nn.functional as F

class Head(nn.Module):

    def __init__(self, n_embd, head_size, block_size, dropout=0.0):
        super().__init__()
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)
        self.register_buffer('tril', torch.tril(torch.ones(block_size, block_size)))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        T = x.shape[1]
        k = self.key(x)
        q = self.query(x)
        wei = q @ k.transpose(-2, -1) * k.shape[-1] ** (-0.5)
        wei = wei.masked_fill(self.tril[:T, :T] == 0, float('-inf'))
        wei = F.softmax(wei, dim=-1)
        wei = self.dropout(wei)
        v = self.value(x)
        return wei @ v

class MultiHeadAttention(nn.Module):
    """Several heads side by side, and a Linear that mixes what they found."""

    def __init__(self, n_embd, num_heads, head_size, block_size, dropout=0.0):
        """self.heads: nn.ModuleList of num_heads Heads. self.proj: nn.Linear(num_heads * head_size, n_embd).

        Source: lecture 7, 1:22 and 1:30.
        """
        raise NotImplementedError("multi-head")  # TODO: your code goes here

    def forward(self, x):
        """The results of all heads beside each other, in order, then proj, then dropout. x and result: (B, T, n_embd).

        Source: lecture 7, 1:22 to 1:24; Vaswani et al. 2017, section 3.2.2.
        """
        raise NotImplementedError("multi-head")  # TODO: your code goes here


class FeedForward(nn.Module):
    """Each position thinks for itself about what it has gathered."""

    def __init__(self, n_embd, dropout=0.0):
        """Two Linears with biases, n_embd to 4 * n_embd and back, in any attributes you like.

        Source: lecture 7, 1:24 and 1:30.
        """
        raise NotImplementedError("feed-forward")  # TODO: your code goes here

    def forward(self, x):
        """The first Linear, relu, the second Linear, then dropout. x and result: (B, T, n_embd).

        Source: lecture 7, 1:24; Vaswani et al. 2017, equation 2.
        """
        raise NotImplementedError("feed-forward")  # TODO: your code goes here


class LayerNorm1d(nn.Module):
    """Batch norm turned by a quarter: each position of each row is normalised by itself, over its channels."""

    def __init__(self, dim, eps=1e-5):
        """self.gamma, self.beta: nn.Parameter of shape (dim,), ones and zeros at first. Keeps eps.

        Source: lecture 7, 1:33.
        """
        raise NotImplementedError("layer-norm")  # TODO: your code goes here

    def forward(self, x):
        """Normalise over the last axis with eps inside the root, scale by gamma, shift by beta. x: (..., dim).

        The variance of dim numbers is divided by dim, as in torch.nn.LayerNorm. The class that the lecture makes out
        of lecture 4's batch norm divides by dim - 1.

        >>> LayerNorm1d(2, eps=3.0)(torch.tensor([[1.0, 3.0]])).tolist()     # mean 2, variance 1; 1 / 4 ** 0.5 is 0.5
        [[-0.5, 0.5]]

        Source: lecture 7, 1:33; Ba et al. 2016, equation 4.
        """
        raise NotImplementedError("layer-norm")  # TODO: your code goes here


class Block(nn.Module):
    """Positions talk to each other, then each thinks for itself; what they had before is kept and added to."""

    def __init__(self, n_embd, n_head, block_size, dropout=0.0):
        """self.sa: MultiHeadAttention of n_head heads, each n_embd // n_head wide. self.ffwd: FeedForward.

        self.ln1, self.ln2: LayerNorm1d, or nn.LayerNorm, of n_embd.

        Source: lecture 7, 1:26 and 1:35.
        """
        raise NotImplementedError("block")  # TODO: your code goes here

    def forward(self, x):
        """To x is added what sa makes of ln1 of x; to that, what ffwd makes of ln2 of it. x and result: (B, T, n_embd).

        If all weights and biases of sa and ffwd are zero, x comes out as it went in.

        Source: lecture 7, 1:27 to 1:37; He et al. 2015, figure 2.
        """
        raise NotImplementedError("block")  # TODO: your code goes here
