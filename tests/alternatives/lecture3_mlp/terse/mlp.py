import torch


def init_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    shapes = (vocab_size, n_embd), (block_size * n_embd, n_hidden), (n_hidden,), (n_hidden, vocab_size), (vocab_size,)
    return tuple(torch.randn(s, generator=generator, requires_grad=True) for s in shapes)


def embed(C, X):
    return torch.einsum("ntv,vc->ntc", torch.nn.functional.one_hot(X.long(), len(C)).to(C.dtype), C)


def forward(parameters, X):
    C, W1, b1, W2, b2 = parameters
    W = W1.unflatten(0, (X.shape[1], C.shape[1]))
    a = 2 * (torch.einsum("ntc,tch->nh", embed(C, X), W) + b1)
    h = 2 * torch.sigmoid(a) - 1          # tanh
    return torch.einsum("nh,hv->nv", h, W2) + b2


def loss(logits, Y):
    shifted = logits - logits.amax(1, keepdim=True).detach()
    return (shifted.exp().sum(1).log() - shifted.gather(1, Y[:, None].long())[:, 0]).sum() / len(Y)


def minibatch(X, Y, batch_size, generator):
    ix = torch.randint(len(X), [batch_size], generator=generator)
    return X.index_select(0, ix), Y.take(ix)


@torch.no_grad()
def sgd_step(parameters, lr):
    for p in parameters:
        p -= lr * p.grad


def train(parameters, X, Y, steps, batch_size, schedule, generator):
    lossi = []
    for i in range(steps):
        Xb, Yb = minibatch(X, Y, batch_size, generator)
        lossi.append(loss(forward(parameters, Xb), Yb))
        for p, g in zip(parameters, torch.autograd.grad(lossi[-1], parameters)):
            p.grad = g
        sgd_step(parameters, schedule(i))
    return [l.detach() for l in lossi]


def evaluate(parameters, X, Y):
    return loss(forward(parameters, X), Y)


def sample_names(parameters, itos, block_size, count, generator):
    names = []
    while len(names) < count:
        seen = [0] * block_size
        while len(seen) == block_size or seen[-1]:
            p = forward(parameters, torch.tensor([seen[-block_size:]]))[0].softmax(0)
            seen += p.multinomial(1, generator=generator).tolist()
        names += ["".join(map(itos.get, seen[block_size:-1]))]
    return names
