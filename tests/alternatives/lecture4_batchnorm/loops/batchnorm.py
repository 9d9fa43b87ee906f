import torch
import initialisation


def column_statistics(h):
    """Mean and variance of each column, from the sums."""
    n = h.shape[0]
    mean = sum(h[i] for i in range(n)) / n
    var = sum((h[i] - mean) ** 2 for i in range(n)) / (n - 1)
    return mean, var


def times(X, W):
    """A matrix product, row by row."""
    rows = []
    for x in X:
        total = x[0] * W[0]
        for i in range(1, len(x)):
            total = total + x[i] * W[i]
        rows.append(total)
    return torch.stack(rows)


def normalise_batch(hpreact, bngain, bnbias, eps=1e-5):
    mean, var = column_statistics(hpreact)
    rows = []
    for i in range(hpreact.shape[0]):
        rows.append(bngain[0] * (hpreact[i] - mean) / (var + eps) ** 0.5 + bnbias[0])
    return torch.stack(rows)


def update_running(bnmean_running, bnstd_running, hpreact, momentum=0.001):
    mean, var = column_statistics(hpreact.detach())
    new_mean = bnmean_running + momentum * (mean - bnmean_running)
    new_std = bnstd_running - momentum * (bnstd_running - var**0.5)
    return [new_mean, new_std]


def calibrate(C, W1, splits):
    X, Y = splits["train"]
    with torch.no_grad():
        rows = []
        for context in X.tolist():
            rows.append(torch.cat([C[ix] for ix in context]))
        mean, var = column_statistics(times(torch.stack(rows), W1))
    return mean, var.sqrt()


def predict(parameters, X, bnmean, bnstd, eps=1e-5):
    C, W1, W2, b2, bngain, bnbias = parameters
    emb = torch.stack([torch.cat([C[ix] for ix in context]) for context in X.tolist()])
    hpreact = times(emb, W1)
    normal = (hpreact - bnmean) * (1 / torch.sqrt(bnstd * bnstd + eps))
    pre = normal * bngain + bnbias
    h = (torch.exp(2 * pre) - 1) / (torch.exp(2 * pre) + 1)
    return times(h, W2) + b2


def bn_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    C = torch.randn((vocab_size, n_embd), generator=generator)
    W1 = torch.randn((n_embd * block_size, n_hidden), generator=generator) * (5 / 3) / (n_embd * block_size) ** 0.5
    W2 = torch.randn((n_hidden, vocab_size), generator=generator) * 0.01
    b2 = torch.zeros(vocab_size)
    parameters = [C, W1, W2, b2, torch.ones(1, n_hidden), torch.zeros(1, n_hidden)]
    for p in parameters:
        p.requires_grad_()
    return parameters


def bias_gradients(hpreact, b1, bngain, bnbias, upstream):
    # worked out by hand: a constant is subtracted again, and the shift collects everything
    n = hpreact.shape[0]
    mean, var = column_statistics(hpreact + b1)
    scale = bngain[0] / (var + 1e-5) ** 0.5
    dnormal = upstream * scale
    centred = hpreact + b1 - mean
    db1 = torch.zeros(b1.shape[0])
    dbnbias = torch.zeros(b1.shape[0])
    for i in range(n):
        through_mean = sum(dnormal[k] for k in range(n)) / n
        through_var = centred[i] * sum(dnormal[k] * centred[k] for k in range(n)) / ((n - 1) * (var + 1e-5))
        db1 += dnormal[i] - through_mean - through_var
        dbnbias += upstream[i]
    return db1, dbnbias
