from dataclasses import dataclass

import torch
import torch.nn as nn
from attention import Block, LayerNorm1d
from torch.nn import functional as F


@dataclass
class GPTConfig:
    vocab_size: int
    n_embd: int
    n_head: int
    n_layer: int
    block_size: int
    dropout: float = 0.0


class GPTLanguageModel(nn.Module):
    def __init__(self, *arguments, **options):
        super().__init__()
        self.config = config = GPTConfig(*arguments, **options)
        self.token_embedding_table = nn.Embedding(config.vocab_size, config.n_embd)
        self.position_embedding_table = nn.Embedding(config.block_size, config.n_embd)
        self.blocks = nn.Sequential(
            *(Block(config.n_embd, config.n_head, config.block_size, config.dropout) for _ in range(config.n_layer))
        )
        self.ln_f = LayerNorm1d(config.n_embd)
        self.lm_head = nn.Linear(config.n_embd, config.vocab_size)

    def forward(self, idx, targets=None):
        device = idx.device
        b, t = idx.size()
        pos = torch.arange(0, t, dtype=torch.long, device=device)
        x = self.blocks(self.token_embedding_table(idx) + self.position_embedding_table(pos))
        logits = self.lm_head(self.ln_f(x))
        if targets is None:
            return logits, None
        return logits, F.cross_entropy(logits.view(b * t, -1), targets.view(-1))

    @torch.no_grad()
    def generate(self, idx, max_new_tokens, generator=None):
        for _ in range(max_new_tokens):
            block_size = self.config.block_size
            idx_cond = idx if idx.size(1) <= block_size else idx[:, -block_size:]
            logits, _ = self(idx_cond)
            probs = F.softmax(logits[:, -1, :], dim=-1)
            idx_next = torch.multinomial(probs, num_samples=1, generator=generator)
            idx = torch.cat((idx, idx_next), dim=1)
        return idx
