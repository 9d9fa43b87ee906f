import torch
from data import get_batch
from torch import nn
from torch.nn import functional as F


class BigramLanguageModel(nn.Module):
    def __init__(self, vocab_size):
        super().__init__()
        self.token_embedding_table = nn.Embedding(vocab_size, vocab_size)

    def forward(self, idx, targets=None):
        logits = self.token_embedding_table(idx)
        loss = None
        if targets is not None:
            loss = F.cross_entropy(logits.view(-1, logits.size(-1)), targets.view(-1))
        return logits, loss

    @torch.no_grad()
    def generate(self, idx, max_new_tokens, generator=None):
        left = max_new_tokens
        while left > 0:
            logits, _ = self(idx)
            probs = F.softmax(logits[:, -1], dim=-1)
            idx = torch.cat([idx, torch.multinomial(probs, num_samples=1, generator=generator)], dim=1)
            left -= 1
        return idx


@torch.no_grad()
def estimate_loss(model, splits, block_size, batch_size, eval_iters, generator=None):
    model.eval()
    results = {}
    for name in splits:
        total = 0.0
        for _ in range(eval_iters):
            total += model(*get_batch(splits[name], block_size, batch_size, generator))[1].item()
        results[name] = total / eval_iters
    model.train()
    return results
