import torch

from . import initialisation as init


def normalise_batch(hpreact, bngain, bnbias, eps=1e-5):
    var, mean = torch.var_mean(hpreact, 0)
    return torch.addcmul(bnbias, bngain * (var + eps).rsqrt(), hpreact - mean)


@torch.no_grad()
def update_running(bnmean_running, bnstd_running, hpreact, momentum=0.001):
    return bnmean_running.lerp(hpreact.mean(0), momentum), bnstd_running.lerp(hpreact.std(0), momentum)


@torch.no_grad()
def calibrate(C, W1, splits):
    return torch.std_mean(C[splits["train"][0]].flatten(1) @ W1, 0)[::-1]


def predict(parameters, X, bnmean, bnstd, eps=1e-5):
    C, W1, W2, b2, bngain, bnbias = parameters
    scale = bngain / (bnstd.square() + eps).sqrt()
    return torch.addmm(b2, (C[X].flatten(1) @ (W1 * scale) + (bnbias - bnmean * scale)).tanh(), W2)


def bn_parameters(*sizes):
    vocab_size, block_size, n_embd, n_hidden, generator = sizes
    n, r = block_size * n_embd, lambda *s: torch.randn(s, generator=generator)
    p = [r(vocab_size, n_embd), r(n, n_hidden) * init.kaiming_std(n, "tanh"), r(n_hidden, vocab_size) / 100, r(vocab_size) * 0]
    return [t.requires_grad_() for t in p + [torch.ones(1, n_hidden), torch.zeros(1, n_hidden)]]


def bias_gradients(hpreact, b1, bngain, bnbias, upstream):
    b1, bnbias = b1.clone().requires_grad_(), bnbias.clone().requires_grad_()
    return torch.autograd.grad((normalise_batch(hpreact + b1, bngain, bnbias) * upstream).sum(), (b1, bnbias))
