import torch
from torch import einsum
from torch.nn.functional import one_hot

from forward import forward_pieces
from fused import batchnorm_backward, cross_entropy_backward


def backward_by_hand(parameters, Xb, Yb):
    C, W1, b1, W2, b2, bngain, bnbias = parameters
    v = forward_pieces(parameters, Xb, Yb)
    up = cross_entropy_backward(v["logits"], Yb)
    grads = {"W2": einsum("nh,nv->hv", v["h"], up), "b2": einsum("nv->v", up)}
    up = einsum("nv,hv->nh", up, W2) * (1 - v["h"].square())
    grads |= {"bngain": einsum("nh,nh->h", v["bnraw"], up)[None], "bnbias": einsum("nh->h", up)[None]}
    up = batchnorm_backward(up, v["bnraw"], v["bnvar_inv"], bngain)
    grads |= {"W1": einsum("nd,nh->dh", v["embcat"], up), "b1": einsum("nh->h", up)}
    up = einsum("nh,dh->nd", up, W1).reshape(v["emb"].shape)
    grads["C"] = einsum("ntv,nte->ve", one_hot(Xb, len(C)).to(up.dtype), up)
    return v["loss"], [grads[name] for name in ("C", "W1", "b1", "W2", "b2", "bngain", "bnbias")]


def train_manual(parameters, Xtr, Ytr, steps, batch_size, schedule, generator):
    losses = []
    for step in range(steps):
        ix = torch.randint(len(Xtr), (batch_size,), generator=generator)
        loss, grads = backward_by_hand(parameters, Xtr[ix], Ytr[ix])
        torch._foreach_add_(parameters, grads, alpha=-schedule(step))
        losses.append(loss.item())
    return losses


def inner(parameters, X):
    C, W1, b1 = parameters[:3]
    return einsum("nte,teh->nh", C[X], W1.unflatten(0, (X.shape[1], C.shape[1]))) + b1


def calibrate_batchnorm(parameters, Xtr):
    x = inner(parameters, Xtr)
    mean = einsum("nh->h", x) / len(x)
    return mean, einsum("nh,nh->h", x - mean, x - mean) / (len(x) - 1)


def calibrated_loss(parameters, X, Y, bnmean, bnvar):
    W2, b2, bngain, bnbias = parameters[3:]
    h = torch.addcmul(bnbias, bngain * (bnvar + 1e-5).rsqrt(), inner(parameters, X) - bnmean).tanh()
    logprobs = (einsum("nh,hv->nv", h, W2) + b2).log_softmax(1)
    return -einsum("nv,nv->", one_hot(Y, len(b2)).to(logprobs.dtype), logprobs).item() / len(Y)
