import torch
from torch import nn

from attention import Block


class GPTLanguageModel(nn.Module):
    def __init__(self, vocab_size, n_embd, n_head, n_layer, block_size, dropout=0.0):
        super().__init__()
        self.token_embedding_table = nn.Embedding(vocab_size, n_embd)
        self.position_embedding_table = nn.Embedding(block_size, n_embd)
        self.blocks = nn.ModuleList([])
        for _ in range(n_layer):
            self.blocks.append(Block(n_embd, n_head, block_size, dropout))
        self.ln_f = nn.LayerNorm(n_embd)
        self.lm_head = nn.Linear(n_embd, vocab_size)
        self.register_buffer("places", torch.arange(block_size), persistent=False)

    def forward(self, idx, targets=None):
        x = self.token_embedding_table(idx) + self.position_embedding_table(self.places[: idx.shape[1]])
        for block in self.blocks:
            x = block(x)
        logits = self.lm_head(self.ln_f(x))
        if targets is None:
            return logits, None
        return logits, nn.CrossEntropyLoss()(logits.permute(0, 2, 1), targets)

    def generate(self, idx, max_new_tokens, generator=None):
        pieces = [idx]
        for _ in range(max_new_tokens):
            seen = torch.cat(pieces, dim=1)[:, -len(self.places) :]
            probs = torch.softmax(self(seen)[0][:, -1, :], dim=-1)
            pieces.append(torch.multinomial(probs, num_samples=1, generator=generator))
        return torch.cat(pieces, dim=1)
