import torch
import torch.nn as nn
import torch.nn.functional as F

from initialisation import kaiming_std


def normalise_batch(hpreact, bngain, bnbias, eps=1e-5):
    # the library divides by n: its eps and gain are changed so that n - 1 comes out
    n = hpreact.shape[0]
    biased_eps = eps * (n - 1) / n
    gain = bngain.view(-1) * ((n - 1) / n) ** 0.5
    return F.batch_norm(hpreact, None, None, gain, bnbias.view(-1), training=True, eps=biased_eps)


def update_running(bnmean_running, bnstd_running, hpreact, momentum=0.001):
    hpreact = hpreact.detach()
    mean = torch.lerp(bnmean_running, hpreact.mean(dim=0, keepdim=True), momentum)
    std = torch.lerp(bnstd_running, hpreact.std(dim=0, keepdim=True), momentum)
    return mean, std


def calibrate(C, W1, splits):
    with torch.inference_mode():
        hpreact = F.linear(F.embedding(splits["train"][0], C).flatten(1), W1.T)
        return hpreact.mean(0, keepdim=True), hpreact.std(0, keepdim=True)


def predict(parameters, X, bnmean, bnstd, eps=1e-5):
    C, W1, W2, b2, bngain, bnbias = parameters
    hpreact = F.linear(F.embedding(X, C).flatten(1), W1.T)
    flat = [t.reshape(-1) for t in (bnmean, bnstd**2, bngain, bnbias)]
    h = torch.tanh(F.batch_norm(hpreact, *flat, training=False, eps=eps))
    return F.linear(h, W2.T, b2)


def bn_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    def normal(*shape, std=1.0):
        return nn.Parameter(torch.normal(0.0, std, shape, generator=generator))

    fan_in = n_embd * block_size
    C, W1 = normal(vocab_size, n_embd), normal(fan_in, n_hidden, std=kaiming_std(fan_in, "tanh"))
    W2 = normal(n_hidden, vocab_size, std=0.01)
    rest = torch.zeros(vocab_size), torch.ones(1, n_hidden), torch.zeros(1, n_hidden)
    return [C, W1, W2, *map(nn.Parameter, rest)]


def bias_gradients(hpreact, b1, bngain, bnbias, upstream):
    b1, bnbias = nn.Parameter(b1), nn.Parameter(bnbias)
    return torch.autograd.grad(torch.sum(normalise_batch(hpreact + b1, bngain, bnbias) * upstream), [b1, bnbias])
