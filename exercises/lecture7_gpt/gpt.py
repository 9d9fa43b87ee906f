"""The whole language model: characters and positions in, blocks in between, logits out.

Lecture 7, 1:00 to 1:42. Needs attention.py.
What is left out: how the weights start. Any start will do here; the checks put in numbers of their own.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F

from attention import Block, LayerNorm1d


class GPTLanguageModel(nn.Module):
    """A transformer that only looks back."""

    def __init__(self, vocab_size, n_embd, n_head, n_layer, block_size, dropout=0.0):
        """Keeps block_size, and the parts in the order in which they are used:

        self.token_embedding_table: nn.Embedding(vocab_size, n_embd). self.position_embedding_table:
        nn.Embedding(block_size, n_embd). self.blocks: nn.Sequential, or nn.ModuleList, of n_layer Blocks with this
        dropout. self.ln_f: LayerNorm1d, or nn.LayerNorm, of n_embd. self.lm_head: nn.Linear(n_embd, vocab_size).

        >>> model = GPTLanguageModel(65, 64, 4, 4, 32)
        >>> sum(p.nelement() for p in model.parameters())
        209729

        Source: lecture 7, 1:00 and 1:38.
        """
        raise NotImplementedError("gpt-forward")  # TODO: your code goes here

    def forward(self, idx, targets=None):
        """The logits for what comes next at each position, and the loss. idx, targets: (B, T) int64, T <= block_size.

        To each character's row of the one table its place's row of the other is added: row 0 for the first position,
        and so on. Then the blocks, ln_f, lm_head. Returns (logits, loss), in the shapes of BigramLanguageModel.

        Source: lecture 7, 1:00 to 1:02 and 1:37.
        """
        raise NotImplementedError("gpt-forward")  # TODO: your code goes here

    def generate(self, idx, max_new_tokens, generator=None):
        """Continue each row of idx, (B, T) int64, by max_new_tokens characters. Returns (B, T + max_new_tokens).

        As in the bigram model, but the model is called with the last block_size characters only, since it knows no
        positions beyond. The result holds all of them. T is at least 1 and may be larger than block_size.

        Source: lecture 7, 1:01.
        """
        raise NotImplementedError("gpt-generate")  # TODO: your code goes here
