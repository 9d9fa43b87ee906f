"""torch.nn.functional does the work."""

import torch
import torch.nn.functional as F
from torch import multinomial


def init_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    g = generator
    C = torch.randn(vocab_size, n_embd, generator=g)
    W1 = torch.normal(0.0, 1.0, (block_size * n_embd, n_hidden), generator=g)
    b1 = torch.randn(n_hidden, generator=g)
    W2 = torch.normal(0.0, 1.0, (n_hidden, vocab_size), generator=g)
    b2 = torch.randn(vocab_size, generator=g)
    return [torch.nn.Parameter(p) for p in (C, W1, b1, W2, b2)]


def embed(C, X):
    return F.embedding(X, C)


def forward(parameters, X, verbose=False):
    C, W1, b1, W2, b2 = parameters
    embcat = torch.cat(torch.unbind(embed(C, X), 1), 1)
    h = torch.addmm(b1, embcat, W1).tanh()
    logits = F.linear(h, W2.T, b2)
    if verbose:
        print(embcat.shape, h.shape, logits.shape)
    return logits


def loss(logits, Y, reduction="mean"):
    return F.nll_loss(F.log_softmax(logits, dim=-1), Y, reduction=reduction)


def minibatch(X, Y, batch_size, generator):
    ix = torch.randint(high=Y.numel(), size=(batch_size,), generator=generator)
    return X[ix], Y[ix]


def sgd_step(parameters, lr):
    torch._foreach_add_([p.data for p in parameters], [p.grad for p in parameters], alpha=-lr)


def train(parameters, X, Y, steps, batch_size, schedule, generator):
    losses = []
    for step in range(steps):
        Xb, Yb = minibatch(X, Y, batch_size, generator)
        l = loss(forward(parameters, Xb), Yb)
        grads = torch.autograd.grad(l, list(parameters))
        with torch.no_grad():
            for p, g in zip(parameters, grads):
                p.add_(g, alpha=-schedule(step))
        losses.append(l.item())
    return losses


@torch.no_grad()
def evaluate(parameters, X, Y, chunk=13):
    """In pieces, for large sets: sums first, one division at the end."""
    total = sum(loss(forward(parameters, x), y, "sum") for x, y in zip(X.split(chunk), Y.split(chunk)))
    return (total / len(Y)).item()


@torch.inference_mode()
def sample_names(parameters, itos, block_size, count, generator):
    def name():
        context = torch.zeros(1, block_size, dtype=torch.int64)
        while True:
            probs = torch.log_softmax(forward(parameters, context), -1).exp()
            ix = multinomial(probs, 1, generator=generator)
            if not ix.item():
                return
            yield itos[ix.item()]
            context = torch.cat([context[:, 1:], ix], 1)

    return ["".join(name()) for _ in range(count)]
