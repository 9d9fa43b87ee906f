import torch
from torch import einsum
from torch.nn.functional import one_hot


def dlogprobs(logprobs, Yb):
    return one_hot(Yb, logprobs.shape[1]).to(logprobs.dtype) / -len(Yb)


def dprobs(probs, dlogprobs):
    return einsum("nv,nv->nv", probs.reciprocal(), dlogprobs)


def dcounts_sum_inv(counts, dprobs):
    return einsum("nv,nv->n", counts, dprobs)[:, None]


def dcounts_sum(counts_sum, dcounts_sum_inv):
    return -dcounts_sum_inv / counts_sum.square()


def dcounts(counts, counts_sum_inv, dprobs, dcounts_sum):
    return einsum("nv,n->nv", dprobs, counts_sum_inv[:, 0]) + dcounts_sum.expand_as(counts)


def dnorm_logits(counts, dcounts):
    return einsum("nv,nv->nv", counts, dcounts)


def dlogit_maxes(dnorm_logits):
    return einsum("nv->n", dnorm_logits).neg()[:, None]


def dlogits(logits, dnorm_logits, dlogit_maxes):
    top = one_hot(logits.argmax(1), logits.shape[1]).to(logits.dtype)
    return dnorm_logits + einsum("nv,n->nv", top, dlogit_maxes[:, 0])


def dh(h, W2, dlogits):
    return einsum("nv,hv->nh", dlogits, W2)


def dW2(h, W2, dlogits):
    return einsum("nh,nv->hv", h, dlogits)


def db2(h, W2, dlogits):
    return einsum("nv->v", dlogits)


def dhpreact(hpreact, h, dh):
    return dh - einsum("nh,nh,nh->nh", h, h, dh)


def dbngain(bngain, bnraw, dhpreact):
    return einsum("nh,nh->h", bnraw, dhpreact)


def dbnbias(bngain, bnraw, dhpreact):
    return einsum("nh->h", dhpreact)


def dbnraw(bngain, bnraw, dhpreact):
    return einsum("h,nh->nh", bngain[0], dhpreact)


def dbnvar_inv(bndiff, dbnraw):
    return einsum("nh,nh->h", bndiff, dbnraw)


def dbnvar(bnvar, dbnvar_inv):
    return dbnvar_inv * (bnvar + 1e-5).pow(-1.5) / -2


def dbndiff2(bndiff2, dbnvar):
    return (dbnvar / (len(bndiff2) - 1)).expand_as(bndiff2)


def dbndiff(bndiff, bnvar_inv, dbnraw, dbndiff2):
    return einsum("h,nh->nh", bnvar_inv[0], dbnraw) + 2 * einsum("nh,nh->nh", bndiff, dbndiff2)


def dbnmeani(dbndiff):
    return einsum("nh->h", dbndiff).neg()


def dhprebn(hprebn, dbndiff, dbnmeani):
    return torch.add(dbndiff, dbnmeani.expand_as(hprebn), alpha=1 / len(hprebn))


def dembcat(embcat, W1, dhprebn):
    return einsum("nh,dh->nd", dhprebn, W1)


def dW1(embcat, W1, dhprebn):
    return einsum("nd,nh->dh", embcat, dhprebn)


def db1(embcat, W1, dhprebn):
    return einsum("nh->h", dhprebn)


def demb(emb, dembcat):
    return dembcat.unflatten(1, emb.shape[1:])


def dC(C, Xb, demb):
    return einsum("ntv,nte->ve", one_hot(Xb, len(C)).to(demb.dtype), demb)
