"""The simplest model of a text: each character alone says what comes next. And the loss, measured without noise.

Lecture 7, 0:22 to 0:42. Needs data.py.
What is left out: the training loop. It is that of the lectures before, with torch.optim.AdamW.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F

from data import get_batch


class BigramLanguageModel(nn.Module):
    """A table with a row of logits for each character."""

    def __init__(self, vocab_size):
        """self.token_embedding_table: nn.Embedding(vocab_size, vocab_size).

        Source: lecture 7, 0:24.
        """
        ### BEGIN SOLUTION bigram-forward
        super().__init__()
        self.token_embedding_table = nn.Embedding(vocab_size, vocab_size)
        ### END SOLUTION

    def forward(self, idx, targets=None):
        """The logits for what comes next at each position, and the loss. idx, targets: (B, T) int64.

        Without targets: logits (B, T, vocab_size), and None for the loss. With targets: the loss is the mean cross
        entropy over all B * T positions, and the logits are (B, T, vocab_size) or (B * T, vocab_size), as you like.
        Returns (logits, loss).

        A table of zeros says nothing about 65 characters: its loss is log(65), 4.1744.

        Source: lecture 7, 0:24 to 0:29.
        """
        ### BEGIN SOLUTION bigram-forward
        logits = self.token_embedding_table(idx)            # (B, T, C), C is vocab_size
        if targets is None:
            return logits, None
        B, T, C = logits.shape
        logits = logits.view(B * T, C)                      # cross_entropy wants one row for each prediction
        loss = F.cross_entropy(logits, targets.view(B * T))
        return logits, loss
        ### END SOLUTION

    def generate(self, idx, max_new_tokens, generator=None):
        """Continue each row of idx, (B, T) int64, by max_new_tokens characters. Returns (B, T + max_new_tokens).

        Per character: call the model with what there is so far; the softmax of the logits of the last position, (B,
        vocab_size); one draw of torch.multinomial(probs, num_samples=1, generator=generator) for all rows; append it.

        Source: lecture 7, 0:30 to 0:34.
        """
        ### BEGIN SOLUTION bigram-generate
        for _ in range(max_new_tokens):
            logits, _ = self(idx)
            logits = logits[:, -1, :]                       # (B, C), the last position alone
            probs = F.softmax(logits, dim=-1)
            idx_next = torch.multinomial(probs, num_samples=1, generator=generator)    # (B, 1)
            idx = torch.cat((idx, idx_next), dim=1)         # (B, T + 1)
        return idx
        ### END SOLUTION


def estimate_loss(model, splits, block_size, batch_size, eval_iters, generator=None):
    """The mean loss of eval_iters batches of each split. Returns a dict from the split's name to a float.

    splits: a dict from name to data, such as {"train": ..., "val": ...}. For each split in order, eval_iters batches of
    get_batch(data, block_size, batch_size, generator); the loss of each is the second thing that model(x, y) returns.
    The model is in evaluation mode meanwhile, and in training mode afterwards. Nothing is put on the graph.

    >>> model, data = BigramLanguageModel(3), torch.zeros(9, dtype=torch.int64)
    >>> model.token_embedding_table.weight.data = torch.log(torch.tensor([[4.0, 2, 2], [1, 1, 1], [1, 1, 1]]))
    >>> {name: round(loss, 4) for name, loss in estimate_loss(model, {"train": data}, 4, 2, 3).items()}
    {'train': 0.6931}

    Source: lecture 7, 0:40.
    """
    ### BEGIN SOLUTION estimate-loss
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
    ### END SOLUTION
