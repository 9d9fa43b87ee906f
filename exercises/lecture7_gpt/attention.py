"""Attention, and the block that is stacked to make a GPT.

Lecture 7, 1:02 to 1:38. Needs torch and nothing of your own.
What is left out: all heads at once (exercises.py), and attention between two texts, as in translation.

B is the number of rows in the batch, T the number of positions, C the number of channels, n_embd. All classes are
modules of torch.nn, with the parameters that their docstrings name; what they compute has the dtype of what they get.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Head(nn.Module):
    """One head of causal self-attention."""

    def __init__(self, n_embd, head_size, block_size, dropout=0.0):
        """self.key, self.query, self.value: nn.Linear(n_embd, head_size, bias=False), each of them.

        block_size is the most positions that will ever come. dropout: which share of the weights is left out in
        training. The mask is a buffer, or made when it is needed, and no parameter.

        Source: lecture 7, 1:04 and 1:20.
        """
        raise NotImplementedError("head")  # TODO: your code goes here

    def forward(self, x):
        """What each position gathers from itself and those before it. x: (B, T, n_embd). Returns (B, T, head_size).

        The score of position s for position t is the product of t's query with s's key, divided by the root of
        head_size; only s <= t count. The softmax of the scores of one t gives the weights, of which some are left out
        in training (nn.Dropout). The result is the sum of the values, each times its weight. T is at most block_size.

        >>> head = Head(2, 2, block_size=3)
        >>> for layer in (head.key, head.query, head.value):
        ...     layer.weight.data = torch.eye(2)
        >>> head(torch.tensor([[[1.0, 0.0], [0.0, 1.0]]])).detach()       # 1 / (1 + exp(1 / 2 ** 0.5)) is 0.3302
        tensor([[[1.0000, 0.0000],
                 [0.3302, 0.6698]]])

        Source: lecture 7, 1:02 to 1:20; Vaswani et al. 2017, equation 1.
        """
        raise NotImplementedError("head")  # TODO: your code goes here


class MultiHeadAttention(nn.Module):
    """Several heads side by side, and a Linear that mixes what they found."""

    def __init__(self, n_embd, num_heads, head_size, block_size, dropout=0.0):
        """self.heads: nn.ModuleList of num_heads Heads. self.proj: nn.Linear(num_heads * head_size, n_embd).

        The heads get this dropout, each for its weights; that of the results comes last, after proj.

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

        Both get this dropout. self.ln1, self.ln2: LayerNorm1d, or nn.LayerNorm, of n_embd.

        Source: lecture 7, 1:26 and 1:35.
        """
        raise NotImplementedError("block")  # TODO: your code goes here

    def forward(self, x):
        """To x is added what sa makes of ln1 of x; to that, what ffwd makes of ln2 of it. x and result: (B, T, n_embd).

        If all weights and biases of sa and ffwd are zero, x comes out as it went in.

        Source: lecture 7, 1:27 to 1:37; He et al. 2015, figure 2.
        """
        raise NotImplementedError("block")  # TODO: your code goes here
