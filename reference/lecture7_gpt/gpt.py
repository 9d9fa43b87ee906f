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
        ### BEGIN SOLUTION gpt-forward
        super().__init__()
        self.block_size = block_size
        self.token_embedding_table = nn.Embedding(vocab_size, n_embd)
        self.position_embedding_table = nn.Embedding(block_size, n_embd)
        self.blocks = nn.Sequential(*[Block(n_embd, n_head, block_size, dropout) for _ in range(n_layer)])
        self.ln_f = LayerNorm1d(n_embd)
        self.lm_head = nn.Linear(n_embd, vocab_size)
        ### END SOLUTION

    def forward(self, idx, targets=None):
        """The logits for what comes next at each position, and the loss. idx, targets: (B, T) int64, T <= block_size.

        To each character's row of the one table its place's row of the other is added: row 0 for the first position,
        and so on. Then the blocks, ln_f, lm_head. Returns (logits, loss), in the shapes of BigramLanguageModel.

        Source: lecture 7, 1:00 to 1:02 and 1:37.
        """
        ### BEGIN SOLUTION gpt-forward
        B, T = idx.shape
        tok_emb = self.token_embedding_table(idx)                           # (B, T, n_embd)
        pos_emb = self.position_embedding_table(torch.arange(T))            # (T, n_embd)
        x = self.blocks(tok_emb + pos_emb)
        logits = self.lm_head(self.ln_f(x))                                 # (B, T, vocab_size)
        if targets is None:
            return logits, None
        logits = logits.view(B * T, -1)
        return logits, F.cross_entropy(logits, targets.view(B * T))
        ### END SOLUTION

    def generate(self, idx, max_new_tokens, generator=None):
        """Continue each row of idx, (B, T) int64, by max_new_tokens characters. Returns (B, T + max_new_tokens).

        As in the bigram model, but the model is called with the last block_size characters only, since it knows no
        positions beyond. The result holds all of them. T is at least 1 and may be larger than block_size.

        Source: lecture 7, 1:01.
        """
        ### BEGIN SOLUTION gpt-generate
        for _ in range(max_new_tokens):
            idx_cond = idx[:, -self.block_size :]
            logits, _ = self(idx_cond)
            probs = F.softmax(logits[:, -1, :], dim=-1)                     # (B, vocab_size)
            idx_next = torch.multinomial(probs, num_samples=1, generator=generator)
            idx = torch.cat((idx, idx_next), dim=1)
        return idx
        ### END SOLUTION
