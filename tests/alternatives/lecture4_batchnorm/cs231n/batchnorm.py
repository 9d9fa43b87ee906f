import torch

from initialisation import kaiming_std


def batchnorm_forward(x, gamma, beta, eps):
    N = x.shape[0]
    mu = x.sum(dim=0) / N
    xmu = x - mu
    var = (xmu**2).sum(dim=0) / (N - 1)
    ivar = 1 / torch.sqrt(var + eps)
    xhat = xmu * ivar
    out = gamma * xhat + beta
    return out, (xhat, gamma, ivar)


def batchnorm_backward(dout, cache):
    xhat, gamma, ivar = cache
    N = dout.shape[0]
    dbeta = dout.sum(dim=0)
    dgamma = (dout * xhat).sum(dim=0)
    dxhat = dout * gamma
    # through xhat, through the variance (N - 1), through the mean (N)
    dx = ivar * (dxhat - dxhat.mean(dim=0) - xhat * (dxhat * xhat).sum(dim=0) / (N - 1))
    return dx, dgamma, dbeta


class BatchNormFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, gamma, beta, eps):
        ctx.shapes = gamma.shape, beta.shape
        out, ctx.cache = batchnorm_forward(x, gamma, beta, eps)
        return out

    @staticmethod
    def backward(ctx, dout):
        dx, dgamma, dbeta = batchnorm_backward(dout, ctx.cache)
        return dx, dgamma.reshape(ctx.shapes[0]), dbeta.reshape(ctx.shapes[1]), None


def normalise_batch(hpreact, bngain, bnbias, eps=1e-5):
    return BatchNormFunction.apply(hpreact, bngain, bnbias, eps)


def update_running(bnmean_running, bnstd_running, hpreact, momentum=0.001):
    x = hpreact.detach()
    decay = 1.0 - momentum
    running_mean = decay * bnmean_running + momentum * x.mean(dim=0, keepdim=True)
    running_std = decay * bnstd_running + momentum * x.std(dim=0, keepdim=True)
    return running_mean, running_std


def calibrate(C, W1, splits):
    X, _ = splits["train"]
    N = len(X)
    with torch.no_grad():
        total = torch.zeros(W1.shape[1], dtype=W1.dtype)
        for x in X.split(4):
            total += (C[x].reshape(len(x), -1) @ W1).sum(dim=0)
        mean = total / N
        squares = torch.zeros_like(mean)
        for x in X.split(4):
            squares += ((C[x].reshape(len(x), -1) @ W1 - mean) ** 2).sum(dim=0)
    return mean[None, :], (squares / (N - 1)).sqrt()[None, :]


def predict(parameters, X, bnmean, bnstd, eps=1e-5):
    C, W1, W2, b2, gamma, beta = parameters
    x = C[X].reshape(X.shape[0], -1)
    a = torch.mm(x, W1)
    xhat = (a - bnmean) / torch.sqrt(bnstd * bnstd + eps)
    h = torch.tanh(gamma * xhat + beta)
    return torch.mm(h, W2) + b2


def bn_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    D, params = block_size * n_embd, {}
    params["C"] = torch.randn((vocab_size, n_embd), generator=generator)
    params["W1"] = kaiming_std(D, "tanh") * torch.randn((D, n_hidden), generator=generator)
    params["W2"] = 1e-2 * torch.randn((n_hidden, vocab_size), generator=generator)
    params["b2"] = torch.zeros(vocab_size)
    params["gamma"], params["beta"] = torch.ones(1, n_hidden), torch.zeros(1, n_hidden)
    return [p.requires_grad_(True) for p in params.values()]


def bias_gradients(hpreact, b1, bngain, bnbias, upstream):
    _, cache = batchnorm_forward(hpreact + b1, bngain, bnbias, 1e-5)
    dx, _, dbeta = batchnorm_backward(upstream, cache)
    return dx.sum(dim=0), dbeta.reshape(bnbias.shape)
