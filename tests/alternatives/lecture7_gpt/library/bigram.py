import statistics

import torch
from torch import nn

from data import get_batch


class BigramLanguageModel(nn.Module):
    def __init__(self, vocab_size):
        super().__init__()
        self.token_embedding_table = nn.Embedding(vocab_size, vocab_size)
        self.criterion = nn.CrossEntropyLoss()

    def forward(self, idx, targets=None):
        logits = nn.functional.embedding(idx, self.token_embedding_table.weight)
        if targets is None:
            return logits, None
        return logits, self.criterion(logits.flatten(end_dim=1), targets.flatten())

    def generate(self, idx, max_new_tokens, generator=None):
        with torch.inference_mode():
            for _ in range(max_new_tokens):
                probs = nn.functional.softmax(self.forward(idx)[0].select(1, -1), dim=1)
                idx = torch.column_stack([idx, probs.multinomial(num_samples=1, generator=generator)])
        return idx.clone()


@torch.inference_mode()
def estimate_loss(model, splits, block_size, batch_size, eval_iters, generator=None):
    model.eval()
    means = {}
    for name, data in splits.items():
        batches = (get_batch(data, block_size, batch_size, generator) for _ in range(eval_iters))
        means[name] = statistics.fmean(float(model(x, y)[1]) for x, y in batches)
    model.train()
    return means
