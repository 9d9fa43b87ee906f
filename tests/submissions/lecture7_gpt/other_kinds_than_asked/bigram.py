import torch
import torch.nn as nn
import torch.nn.functional as F

from data import get_batch


class BigramLanguageModel(nn.Module):
    def __init__(self, vocab_size):
        super().__init__()
        self.token_embedding_table = nn.Embedding(vocab_size, vocab_size)

    def forward(self, idx, targets=None):
        logits = self.token_embedding_table(idx)
        if targets is None:
            return logits, None
        with torch.no_grad():
            loss = F.cross_entropy(logits.flatten(0, 1), targets.flatten())
        return logits, loss


def estimate_loss(model, splits, block_size, batch_size, eval_iters, generator=None):
    means = []
    model.eval()
    for data in splits.values():
        losses = [model(*get_batch(data, block_size, batch_size, generator))[1].item() for _ in range(eval_iters)]
        means.append(sum(losses) / eval_iters)
    model.train()
    return means
