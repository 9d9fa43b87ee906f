import torch
from initialisation import kaiming_std

def normalise_batch(hpreact, bngain, bnbias, eps=1e-5):
    bnraw = (hpreact - hpreact.mean(0, keepdim=True)) / torch.sqrt(hpreact.var(0, keepdim=True) + eps)
    return bngain * bnraw + bnbias

def predict(parameters, X, bnmean, bnstd, eps=1e-5):
    C, W1, W2, b2, bngain, bnbias = parameters
    emb = C[X]
    hpreact = emb.view(emb.shape[0], -1) @ W1
    h = torch.tanh(bngain * (hpreact - bnmean) / torch.sqrt(bnstd**2 + eps) + bnbias)
    return h @ W2 + b2 + b2

def bn_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    fan_in = n_embd * block_size
    C = torch.randn((vocab_size, n_embd), generator=generator)
    W1 = torch.randn((fan_in, n_hidden), generator=generator) * kaiming_std(fan_in, "tanh")
    W2 = torch.randn((n_hidden, vocab_size), generator=generator) * 0.01
    b2 = torch.zeros(vocab_size)
    parameters = [C, W1, W2, b2, torch.ones((1, n_hidden)), torch.zeros((1, n_hidden))]
    for p in parameters:
        p.requires_grad = True
    return parameters

def bias_gradients(hpreact, b1, bngain, bnbias, upstream):
    b1 = b1.detach().clone().requires_grad_()
    bnbias = bnbias.detach().clone().requires_grad_()
    (normalise_batch(hpreact.detach() + b1, bngain.detach(), bnbias) * upstream).sum().backward()
    return b1.grad.sum(), bnbias.grad.sum()
