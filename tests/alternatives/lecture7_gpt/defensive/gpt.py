from __future__ import annotations

import torch
import torch.nn as nn
import torch.nn.functional as F

from attention import Block, LayerNorm1d


class GPTLanguageModel(nn.Module):
    def __init__(
        self, vocab_size: int, n_embd: int, n_head: int, n_layer: int, block_size: int, dropout: float = 0.0
    ) -> None:
        super().__init__()
        self.vocab_size, self.block_size = vocab_size, block_size
        self.token_embedding_table = nn.Embedding(vocab_size, n_embd)
        self.position_embedding_table = nn.Embedding(block_size, n_embd)
        self.blocks = nn.Sequential(*[Block(n_embd, n_head, block_size, dropout) for _ in range(n_layer)])
        self.ln_f = LayerNorm1d(n_embd)
        self.lm_head = nn.Linear(n_embd, vocab_size)

    def forward(
        self, idx: torch.Tensor, targets: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor | None]:
        B, T = idx.shape
        if T > self.block_size:
            raise ValueError(f"{T} characters, but only {self.block_size} places")
        places = torch.arange(T, device=idx.device).expand(B, T)
        x = self.token_embedding_table(idx) + self.position_embedding_table(places)
        logits = self.lm_head(self.ln_f(self.blocks(x)))
        assert logits.shape == (B, T, self.vocab_size)
        if targets is None:
            return logits, None
        assert targets.shape == (B, T)
        return logits, F.cross_entropy(logits.reshape(B * T, self.vocab_size), targets.reshape(B * T))

    def generate(
        self, idx: torch.Tensor, max_new_tokens: int, generator: torch.Generator | None = None
    ) -> torch.Tensor:
        if idx.shape[1] < 1:
            raise ValueError("at least one character to begin with")
        with torch.no_grad():
            for _ in range(max_new_tokens):
                seen = idx[:, max(0, idx.shape[1] - self.block_size) :]
                logits, _ = self(seen)
                probs = F.softmax(logits[:, -1, :], dim=-1)
                idx = torch.cat((idx, torch.multinomial(probs, num_samples=1, generator=generator)), dim=1)
        return idx
