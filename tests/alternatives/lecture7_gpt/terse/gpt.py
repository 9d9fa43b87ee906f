import torch
from attention import Block, LayerNorm1d
from torch import nn
from torch.nn.functional import cross_entropy


class GPTLanguageModel(nn.Module):
    def __init__(self, V, C, H, L, T, dropout=0.0):
        super().__init__()
        self.token_embedding_table, self.position_embedding_table = nn.Embedding(V, C), nn.Embedding(T, C)
        self.blocks = nn.Sequential(*(Block(C, H, T, dropout) for _ in range(L)))
        self.ln_f, self.lm_head = LayerNorm1d(C), nn.Linear(C, V)

    def forward(self, idx, targets=None):
        places = self.position_embedding_table.weight[: idx.shape[1]]
        logits = self.lm_head(self.ln_f(self.blocks(self.token_embedding_table(idx) + places)))
        return logits, None if targets is None else cross_entropy(logits.flatten(0, 1), targets.flatten())

    def generate(self, idx, n, generator=None):
        T = self.position_embedding_table.num_embeddings
        for _ in range(n):
            p = self(idx[:, -T:])[0][:, -1].softmax(-1)
            idx = torch.cat([idx, torch.multinomial(p, 1, generator=generator)], 1)
        return idx
