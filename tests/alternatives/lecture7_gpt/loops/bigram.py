import torch
import torch.nn as nn

from data import get_batch


class BigramLanguageModel(nn.Module):
    def __init__(self, vocab_size):
        super().__init__()
        self.vocab_size = vocab_size
        self.token_embedding_table = nn.Embedding(vocab_size, vocab_size)

    def forward(self, idx, targets=None):
        rows = []
        for row in idx:
            rows.append(torch.stack([self.token_embedding_table.weight[i] for i in row]))
        logits = torch.stack(rows)
        if targets is None:
            return logits, None
        total = 0.0
        for b in range(idx.shape[0]):
            for t in range(idx.shape[1]):
                total = total - torch.log_softmax(logits[b, t], dim=0)[targets[b, t]]
        return logits, total / (idx.shape[0] * idx.shape[1])

    def generate(self, idx, max_new_tokens, generator=None):
        count = 0
        while count < max_new_tokens:
            logits, loss = self(idx)
            last = logits[:, idx.shape[1] - 1]
            exped = (last - last.max(1, keepdim=True).values).exp()
            probs = exped / exped.sum(1, keepdim=True)
            new = torch.multinomial(probs, num_samples=1, generator=generator)
            longer = torch.zeros((idx.shape[0], idx.shape[1] + 1), dtype=idx.dtype)
            longer[:, :-1] = idx
            longer[:, -1:] = new
            idx = longer
            count += 1
        return idx


def estimate_loss(model, splits, block_size, batch_size, eval_iters, generator=None):
    out = {}
    for split in splits:
        model.eval()
        total = 0.0
        for k in range(eval_iters):
            x, y = get_batch(splits[split], block_size, batch_size, generator)
            with torch.no_grad():
                logits, loss = model(x, y)
            total += loss.item()
        out[split] = total / eval_iters
        model.train()
    return out
