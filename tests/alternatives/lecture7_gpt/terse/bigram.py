import data
import torch
from torch import nn, no_grad
from torch.nn.functional import cross_entropy


class BigramLanguageModel(nn.Module):
    def __init__(self, vocab_size):
        super().__init__()
        self.token_embedding_table = nn.Embedding(vocab_size, vocab_size)

    def forward(self, idx, targets=None):
        logits = self.token_embedding_table(idx)
        return logits, None if targets is None else cross_entropy(logits.mT, targets)

    def generate(self, idx, n, generator=None):
        if n == 0:
            return idx
        new = self(idx)[0][:, -1].softmax(1).multinomial(1, generator=generator)
        return self.generate(torch.hstack([idx, new]), n - 1, generator)


@no_grad()
def estimate_loss(model, splits, *sizes, **options):
    *sizes, eval_iters, generator = sizes if len(sizes) == 4 else (*sizes, options.get("generator"))
    model.eval()
    ask = lambda d: model(*data.get_batch(d, *sizes, generator))[1].item()
    found = {name: sum(ask(d) for _ in range(eval_iters)) / eval_iters for name, d in splits.items()}
    model.train()
    return found
