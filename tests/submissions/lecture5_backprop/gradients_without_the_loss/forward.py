"""The forward pass in pieces: one operation per line, each result kept under its name.

Lecture 5, 0:07 to 0:13. Needs torch and nothing of your own.
What is left out: F.cross_entropy and a batch norm layer. They come back in fused.py, as one formula each.

`parameters` is everywhere the list [C, W1, b1, W2, b2, bngain, bnbias]:
    C  (vocab_size, n_embd)               one row per symbol
    W1 (block_size * n_embd, n_hidden)    b1 (n_hidden,), which batch norm makes useless: its gradient will be 0
    W2 (n_hidden, vocab_size)             b2 (vocab_size,)
    bngain (1, n_hidden)                  bnbias (1, n_hidden)
Below, n is the number of examples, V is vocab_size, H is n_hidden, and D is block_size * n_embd.
"""

import torch


def forward_pieces(parameters, Xb, Yb):
    C, W1, b1, W2, b2, bngain, bnbias = parameters
    n = Xb.shape[0]
    # embed, and the first linear layer
    emb = C[Xb]
    embcat = emb.view(emb.shape[0], -1)
    hprebn = embcat @ W1 + b1
    # batch norm
    bnmeani = 1 / n * hprebn.sum(0, keepdim=True)
    bndiff = hprebn - bnmeani
    bndiff2 = bndiff**2
    bnvar = 1 / (n - 1) * bndiff2.sum(0, keepdim=True)     # Bessel's correction: n - 1 and not n
    bnvar_inv = (bnvar + 1e-5) ** -0.5
    bnraw = bndiff * bnvar_inv
    hpreact = bngain * bnraw + bnbias
    # the nonlinearity, and the second linear layer
    h = torch.tanh(hpreact)
    logits = h @ W2 + b2
    # cross entropy
    logit_maxes = logits.max(1, keepdim=True).values
    norm_logits = logits - logit_maxes
    counts = norm_logits.exp()
    counts_sum = counts.sum(1, keepdim=True)
    counts_sum_inv = counts_sum**-1
    probs = counts * counts_sum_inv
    logprobs = probs.log()
    loss = -logprobs[range(n), Yb].mean()
    return {
        "emb": emb, "embcat": embcat, "hprebn": hprebn,
        "bnmeani": bnmeani, "bndiff": bndiff, "bndiff2": bndiff2, "bnvar": bnvar, "bnvar_inv": bnvar_inv,
        "bnraw": bnraw, "hpreact": hpreact,
        "h": h, "logits": logits,
        "logit_maxes": logit_maxes, "norm_logits": norm_logits, "counts": counts, "counts_sum": counts_sum,
        "counts_sum_inv": counts_sum_inv, "probs": probs, "logprobs": logprobs, "loss": loss,
    }
