import torch
from initialisation import kaiming_std

def normalise_batch(hpreact, bngain, bnbias, eps=1e-5):
    bnmeani = hpreact.mean(0, keepdim=True)
    bnvari = hpreact.var(0, keepdim=True)
    return bngain * (hpreact - bnmeani) / torch.sqrt(bnvari + eps) + bnbias

def update_running(bnmean_running, bnstd_running, hpreact, momentum=0.001):
    with torch.no_grad():
        bnmeani = hpreact.mean(0, keepdim=True)
        bnstdi = hpreact.std(0, keepdim=True)
        bnmean_running = (1 - momentum) * bnmean_running + momentum * bnmeani
        bnstd_running = (1 - momentum) * bnstd_running + momentum * bnstdi
    return bnmean_running, bnstd_running

@torch.no_grad()
def calibrate(C, W1, splits):
    Xtr, Ytr = splits["train"]
    emb = C[Xtr]
    hpreact = emb.view(emb.shape[0], -1) @ W1
    return hpreact.mean(0, keepdim=True), hpreact.std(0, keepdim=True)

def predict(parameters, X, bnmean, bnstd, eps=1e-5):
    C, W1, W2, b2, bngain, bnbias = parameters
    emb = C[X]
    hpreact = emb.view(emb.shape[0], -1) @ W1
    hpreact = bngain * (hpreact - bnmean) / torch.sqrt(bnstd**2 + eps) + bnbias
    return torch.tanh(hpreact) @ W2 + b2

def bn_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    g = generator
    C  = torch.randn((vocab_size, n_embd),            generator=g)
    W1 = torch.randn((n_embd * block_size, n_hidden), generator=g) * kaiming_std(n_embd * block_size, "tanh")
    W2 = torch.randn((n_hidden, vocab_size),          generator=g) * 0.01
    b2 = torch.randn(vocab_size,                      generator=g) * 0
    bngain = torch.ones((1, n_hidden))
    bnbias = torch.zeros((1, n_hidden))
    parameters = [C, W1, W2, b2, bngain, bnbias]
    for p in parameters:
        p.requires_grad = True
    return parameters

def bias_gradients(hpreact, b1, bngain, bnbias, upstream):
    b1 = b1.clone().requires_grad_()
    bnbias = bnbias.clone().requires_grad_()
    (normalise_batch(hpreact + b1, bngain, bnbias) * upstream).sum().backward()
    return b1.grad, bnbias.grad
