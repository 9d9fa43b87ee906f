import torch


# ---- layers: forward returns (out, cache), backward takes (dout, cache)


def embedding_forward(X, C):
    N, T = X.shape
    out = C.detach()[X.reshape(-1)].reshape(N, T, -1)
    return out, (X, tuple(C.shape))


def embedding_backward(dout, cache):
    X, shape = cache
    dC = torch.zeros(shape, dtype=dout.dtype)
    dC.index_add_(0, X.reshape(-1), dout.reshape(-1, shape[1]))
    return dC


def affine_forward(x, w, b):
    out = torch.mm(x.reshape(x.shape[0], -1), w) + b
    return out, (x, w)


def affine_backward(dout, cache):
    x, w = cache
    dx = torch.mm(dout, w.t()).reshape(x.shape)
    dw = torch.mm(x.reshape(x.shape[0], -1).t(), dout)
    db = dout.sum(dim=0)
    return dx, dw, db


def tanh_forward(x):
    out = torch.tanh(x)
    return out, out


def tanh_backward(dout, cache):
    return dout * (1 - cache * cache)


def softmax_loss(x, y):
    N = x.shape[0]
    shifted = x - x.max(dim=1, keepdim=True).values
    Z = torch.exp(shifted).sum(dim=1, keepdim=True)
    log_probs = shifted - torch.log(Z)
    loss = -log_probs[torch.arange(N), y].sum() / N
    dx = torch.exp(log_probs)
    dx[torch.arange(N), y] -= 1
    dx /= N
    return loss, dx


class TwoLayerNet:
    """embedding - affine - tanh - affine"""

    def __init__(self, parameters):
        self.params = dict(zip(("C", "W1", "b1", "W2", "b2"), (p.detach() for p in parameters)))

    def forward(self, X):
        p = self.params
        emb, cache0 = embedding_forward(X, p["C"])
        a, cache1 = affine_forward(emb, p["W1"], p["b1"])
        h, cache2 = tanh_forward(a)
        scores, cache3 = affine_forward(h, p["W2"], p["b2"])
        return scores, (cache0, cache1, cache2, cache3)

    def backward(self, dscores, caches):
        cache0, cache1, cache2, cache3 = caches
        grads = {}
        dh, grads["W2"], grads["b2"] = affine_backward(dscores, cache3)
        da = tanh_backward(dh, cache2)
        demb, grads["W1"], grads["b1"] = affine_backward(da, cache1)
        grads["C"] = embedding_backward(demb, cache0)
        return [grads[name] for name in self.params]

    def loss(self, X, y):
        scores, caches = self.forward(X)
        loss, dscores = softmax_loss(scores, y)
        return loss, self.backward(dscores, caches)


# ---- the same for torch, which calls backward by itself


class EmbeddingFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, C, X):
        out, ctx.cache = embedding_forward(X, C)
        return out

    @staticmethod
    def backward(ctx, dout):
        return embedding_backward(dout, ctx.cache), None


class ScoresFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, X, *parameters):
        ctx.net = TwoLayerNet(parameters)
        scores, ctx.caches = ctx.net.forward(X)
        return scores

    @staticmethod
    def backward(ctx, dout):
        return (None, *ctx.net.backward(dout, ctx.caches))


class SoftmaxLossFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, y):
        loss, ctx.dx = softmax_loss(x, y)
        return loss

    @staticmethod
    def backward(ctx, dout):
        return dout * ctx.dx, None


# ---- what the exercises ask for


def init_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    sizes = {
        "C": (vocab_size, n_embd),
        "W1": (block_size * n_embd, n_hidden),
        "b1": (n_hidden,),
        "W2": (n_hidden, vocab_size),
        "b2": (vocab_size,),
    }
    params = {}
    for name, shape in sizes.items():
        params[name] = torch.randn(*shape, generator=generator)
        params[name].requires_grad_(True)
    return list(params.values())


def embed(C, X):
    return EmbeddingFunction.apply(C, X)


def forward(parameters, X):
    return ScoresFunction.apply(X, *parameters)


def loss(logits, Y):
    return SoftmaxLossFunction.apply(logits, Y)


def minibatch(X, Y, batch_size, generator):
    num_train = X.shape[0]
    batch_indices = torch.randint(num_train, (batch_size,), generator=generator).numpy()
    return X[batch_indices], Y[batch_indices]


def sgd_step(parameters, lr):
    for p in parameters:
        p.data = p.data - lr * p.grad


def train(parameters, X, Y, steps, batch_size, schedule, generator):
    loss_history = []
    for it in range(steps):
        X_batch, y_batch = minibatch(X, Y, batch_size, generator)
        found, grads = TwoLayerNet(parameters).loss(X_batch, y_batch)
        loss_history.append(float(found))
        for p, grad in zip(parameters, grads):
            p.grad = grad
        sgd_step(parameters, schedule(it))
    return loss_history


def evaluate(parameters, X, Y):
    scores, _ = TwoLayerNet(parameters).forward(X)
    found, _ = softmax_loss(scores, Y)
    return float(found)


def sample_names(parameters, itos, block_size, count, generator):
    net = TwoLayerNet(parameters)
    names = []
    for _ in range(count):
        captions = torch.zeros((1, block_size), dtype=torch.int64)
        while captions.shape[1] == block_size or captions[0, -1] != 0:
            scores, _ = net.forward(captions[:, -block_size:])
            exp_scores = torch.exp(scores - scores.max())
            drawn = torch.multinomial(exp_scores / exp_scores.sum(), num_samples=1, generator=generator)
            captions = torch.cat([captions, drawn], dim=1)
        names.append("".join(itos[i] for i in captions[0, block_size:-1].tolist()))
    return names
