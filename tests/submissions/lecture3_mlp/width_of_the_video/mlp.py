import torch
import torch.nn.functional as F


def init_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    C = torch.randn((vocab_size, n_embd), generator=generator)
    W1 = torch.randn((block_size * n_embd, n_hidden), generator=generator)
    b1 = torch.randn(n_hidden, generator=generator)
    W2 = torch.randn((n_hidden, vocab_size), generator=generator)
    b2 = torch.randn(vocab_size, generator=generator)
    parameters = [C, W1, b1, W2, b2]
    for p in parameters:
        p.requires_grad = True
    return parameters


def embed(C, X):
    return C[X]


def forward(parameters, X):
    C, W1, b1, W2, b2 = parameters
    emb = embed(C, X)
    embcat = emb.view(-1, 6)
    h = torch.tanh(embcat @ W1 + b1)
    logits = h @ W2 + b2
    return logits


def loss(logits, Y):
    return F.cross_entropy(logits, Y)


def minibatch(X, Y, batch_size, generator):
    ix = torch.randint(0, X.shape[0], (batch_size,), generator=generator)
    return X[ix], Y[ix]


def sgd_step(parameters, lr):
    for p in parameters:
        p.data += -lr * p.grad


def train(parameters, X, Y, steps, batch_size, schedule, generator):
    losses = []
    for step in range(steps):
        Xb, Yb = minibatch(X, Y, batch_size, generator)
        l = loss(forward(parameters, Xb), Yb)
        losses.append(l.item())
        for p in parameters:
            p.grad = None
        l.backward()
        sgd_step(parameters, schedule(step))
    return losses


def evaluate(parameters, X, Y):
    with torch.no_grad():
        return loss(forward(parameters, X), Y).item()


def sample_names(parameters, itos, block_size, count, generator):
    names = []
    for _ in range(count):
        out = []
        context = [0] * block_size
        while True:
            logits = forward(parameters, torch.tensor([context]))
            probs = F.softmax(logits, dim=1)
            ix = torch.multinomial(probs, num_samples=1, generator=generator).item()
            if ix == 0:
                break
            out.append(itos[ix])
            context = context[1:] + [ix]
        names.append("".join(out))
    return names
