from __future__ import annotations

from typing import Any

import torch
import torch.nn as nn
import torch.nn.functional as F

from data import get_batch


class BigramLanguageModel(nn.Module):
    def __init__(self, vocab_size: int) -> None:
        super().__init__()
        if vocab_size < 1:
            raise ValueError("a vocabulary has at least one character")
        self.token_embedding_table = nn.Embedding(vocab_size, vocab_size)

    def forward(self, idx: torch.Tensor, targets: torch.Tensor | None = None) -> tuple[torch.Tensor, Any]:
        assert idx.dim() == 2, idx.shape
        logits = self.token_embedding_table(idx)
        if targets is None:
            return logits, None
        assert targets.shape == idx.shape, (targets.shape, idx.shape)
        B, T, C = logits.shape
        loss = F.cross_entropy(logits.reshape(B * T, C), targets.reshape(B * T))
        assert loss.dim() == 0
        return logits, loss

    def generate(
        self, idx: torch.Tensor, max_new_tokens: int, generator: torch.Generator | None = None
    ) -> torch.Tensor:
        assert idx.dim() == 2, idx.shape
        result = idx.clone()
        for _ in range(max_new_tokens):
            logits, _ = self(result)
            probs = F.softmax(logits[:, -1, :], dim=-1)
            assert torch.allclose(probs.sum(-1), torch.ones_like(probs[:, 0]))
            new = torch.multinomial(probs, num_samples=1, generator=generator)
            result = torch.cat((result, new), dim=1)
        assert result.shape == (idx.shape[0], idx.shape[1] + max_new_tokens)
        return result


def estimate_loss(
    model: nn.Module,
    splits: dict[str, torch.Tensor],
    block_size: int,
    batch_size: int,
    eval_iters: int,
    generator: torch.Generator | None = None,
) -> dict[str, float]:
    if eval_iters < 1:
        raise ValueError("a mean needs at least one batch")
    before = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    model.eval()
    try:
        means = {}
        for name, data in splits.items():
            losses = []
            for _ in range(eval_iters):
                x, y = get_batch(data, block_size, batch_size, generator)
                losses.append(float(model(x, y)[1]))
            means[name] = sum(losses) / len(losses)
        return means
    finally:
        model.train()
        torch.set_grad_enabled(before)
