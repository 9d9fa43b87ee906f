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
            return (logits, None)
        B, T, C = logits.shape
        logits = logits.view(B * T, C)
        loss = F.cross_entropy(logits, targets.view(B * T))
        return (logits, loss)

    def generate(self, idx, max_new_tokens, generator=None):
        for _ in range(max_new_tokens):
            logits, _ = self(idx)
            logits = logits[:, -1, :]
            probs = F.softmax(logits, dim=-1)
            idx_next = torch.multinomial(probs, num_samples=1, generator=generator)
            idx = torch.cat((idx, idx_next), dim=0)
        return idx

def estimate_loss(model, splits, block_size, batch_size, eval_iters, generator=None):
    out = {}
    model.eval()
    with torch.no_grad():
        for split, data in splits.items():
            losses = torch.zeros(eval_iters)
            for k in range(eval_iters):
                x, y = get_batch(data, block_size, batch_size, generator)
                _, loss = model(x, y)
                losses[k] = loss.item()
            out[split] = losses.mean().item()
    model.train()
    return out
