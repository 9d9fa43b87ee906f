import torch
import torch.nn as nn

from attention import Block, LayerNorm1d


class GPTLanguageModel(nn.Module):
    def __init__(self, vocab_size, n_embd, n_head, n_layer, block_size, dropout=0.0):
        super().__init__()
        self.block_size = block_size
        self.token_embedding_table = nn.Embedding(vocab_size, n_embd)
        self.position_embedding_table = nn.Embedding(block_size, n_embd)
        blocks = []
        for _ in range(n_layer):
            blocks.append(Block(n_embd, n_head, block_size, dropout))
        self.blocks = nn.Sequential(*blocks)
        self.ln_f = LayerNorm1d(n_embd)
        self.lm_head = nn.Linear(n_embd, vocab_size)

    def forward(self, idx, targets=None):
        rows = []
        for row in idx:
            vectors = []
            for t, i in enumerate(row):
                vectors.append(self.token_embedding_table.weight[i] + self.position_embedding_table.weight[t])
            rows.append(torch.stack(vectors))
        logits = self.lm_head(self.ln_f(self.blocks(torch.stack(rows))))
        if targets is None:
            return logits, None
        losses = []
        for b in range(idx.shape[0]):
            for t in range(idx.shape[1]):
                losses.append(-torch.log_softmax(logits[b, t], dim=0)[targets[b, t]])
        return logits, sum(losses) / len(losses)

    def generate(self, idx, max_new_tokens, generator=None):
        for _ in range(max_new_tokens):
            first = max(0, idx.shape[1] - self.block_size)
            logits, loss = self(idx[:, first:])
            rows = []
            for b in range(idx.shape[0]):
                rows.append(torch.softmax(logits[b, -1], dim=0))
            new = torch.multinomial(torch.stack(rows), num_samples=1, generator=generator)
            idx = torch.cat([idx, new], dim=1)
        return idx
