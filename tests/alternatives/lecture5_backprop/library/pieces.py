import torch
import torch.nn.functional as F


def same_shape(grad, like):
    assert grad.shape == like.shape, f"{tuple(grad.shape)} is not {tuple(like.shape)}"
    return grad


def dlogprobs(logprobs, Yb):
    return same_shape(torch.diag_embed(torch.ones_like(logprobs))[range(len(Yb)), Yb] * (-1 / len(Yb)), logprobs)


def dprobs(probs, dlogprobs):
    return same_shape(torch.addcdiv(torch.zeros_like(probs), dlogprobs, probs), probs)


def dcounts_sum_inv(counts, dprobs):
    return torch.linalg.vecdot(counts, dprobs, dim=1).unsqueeze(1)


def dcounts_sum(counts_sum, dcounts_sum_inv):
    return same_shape(torch.mul(dcounts_sum_inv, torch.pow(counts_sum, -2)).neg(), counts_sum)


def dcounts(counts, counts_sum_inv, dprobs, dcounts_sum):
    return same_shape(torch.addcmul(dcounts_sum, dprobs, counts_sum_inv), counts)


def dnorm_logits(counts, dcounts):
    return torch.mul(dcounts, counts)


def dlogit_maxes(dnorm_logits):
    return torch.sum(torch.neg(dnorm_logits), dim=-1, keepdim=True)


def dlogits(logits, dnorm_logits, dlogit_maxes):
    first = torch.topk(logits, k=logits.shape[1], dim=1).values[:, :1] == logits
    first = first & (torch.cumsum(first, dim=1) == 1)
    return same_shape(torch.where(first, dnorm_logits + dlogit_maxes, dnorm_logits), logits)


def dh(h, W2, dlogits):
    return same_shape(F.linear(dlogits, W2), h)


def dW2(h, W2, dlogits):
    return same_shape(torch.matmul(h.transpose(0, 1), dlogits), W2)


def db2(h, W2, dlogits):
    return torch.matmul(torch.ones(dlogits.shape[0], dtype=dlogits.dtype), dlogits)


def dhpreact(hpreact, h, dh):
    return torch.addcmul(dh, dh, h.square(), value=-1)


def dbngain(bngain, bnraw, dhpreact):
    return same_shape(torch.mul(bnraw, dhpreact).sum(dim=0, keepdim=True), bngain)


def dbnbias(bngain, bnraw, dhpreact):
    return same_shape(torch.sum(dhpreact, dim=0, keepdim=True), bngain)


def dbnraw(bngain, bnraw, dhpreact):
    return same_shape(torch.matmul(dhpreact, torch.diag(bngain.flatten())), bnraw)


def dbnvar_inv(bndiff, dbnraw):
    return torch.linalg.vecdot(bndiff, dbnraw, dim=0).unsqueeze(0)


def dbnvar(bnvar, dbnvar_inv):
    return same_shape(torch.mul(dbnvar_inv, torch.rsqrt(bnvar + 1e-5).pow(3)).mul(-0.5), bnvar)


def dbndiff2(bndiff2, dbnvar):
    return same_shape(dbnvar.div(bndiff2.shape[0] - 1).expand_as(bndiff2).contiguous(), bndiff2)


def dbndiff(bndiff, bnvar_inv, dbnraw, dbndiff2):
    return same_shape(torch.addcmul(torch.mul(dbnraw, bnvar_inv), bndiff, dbndiff2, value=2), bndiff)


def dbnmeani(dbndiff):
    return torch.neg(torch.sum(dbndiff, dim=0, keepdim=True))


def dhprebn(hprebn, dbndiff, dbnmeani):
    return same_shape(torch.add(dbndiff, dbnmeani, alpha=1 / hprebn.shape[0]), hprebn)


def dembcat(embcat, W1, dhprebn):
    return same_shape(F.linear(dhprebn, W1), embcat)


def dW1(embcat, W1, dhprebn):
    return same_shape(torch.matmul(embcat.transpose(0, 1), dhprebn), W1)


def db1(embcat, W1, dhprebn):
    return torch.matmul(torch.ones(dhprebn.shape[0], dtype=dhprebn.dtype), dhprebn)


def demb(emb, dembcat):
    return torch.stack(torch.split(dembcat, emb.shape[2], dim=1), dim=1)


def dC(C, Xb, demb):
    index = Xb.flatten().unsqueeze(1).expand(-1, C.shape[1])
    return torch.zeros_like(C).scatter_reduce(0, index, demb.flatten(0, 1), reduce="sum")
