import torch
import torch.nn.functional as F


def dlogprobs(logprobs, Yb):
    n = logprobs.shape[0]
    dlogprobs = torch.zeros_like(logprobs)
    dlogprobs[range(n), Yb] = -1.0/n
    return dlogprobs


def dprobs(probs, dlogprobs):
    dprobs = (1.0 / probs) * dlogprobs
    return dprobs


def dcounts_sum_inv(counts, dprobs):
    dcounts_sum_inv = (counts * dprobs).sum(1, keepdim=True)
    return dcounts_sum_inv


def dcounts_sum(counts_sum, dcounts_sum_inv):
    dcounts_sum = (-counts_sum**-2) * dcounts_sum_inv
    return dcounts_sum


def dcounts(counts, counts_sum_inv, dprobs, dcounts_sum):
    dcounts = counts_sum_inv * dprobs
    dcounts += torch.ones_like(counts) * dcounts_sum
    return dcounts


def dnorm_logits(counts, dcounts):
    dnorm_logits = counts * dcounts
    return dnorm_logits


def dlogit_maxes(dnorm_logits):
    dlogit_maxes = (-dnorm_logits).sum(1, keepdim=True)
    return dlogit_maxes


def dlogits(logits, dnorm_logits, dlogit_maxes):
    dlogits = dnorm_logits.clone()
    dlogits += F.one_hot(logits.max(1).indices, num_classes=logits.shape[1]) * dlogit_maxes
    return dlogits


def dh(h, W2, dlogits):
    dh = dlogits @ W2.T
    return dh


def dW2(h, W2, dlogits):
    dW2 = h.T @ dlogits
    return dW2


def db2(h, W2, dlogits):
    db2 = dlogits.sum(0)
    return db2


def dhpreact(hpreact, h, dh):
    dhpreact = (1.0 - h**2) * dh
    return dhpreact


def dbngain(bngain, bnraw, dhpreact):
    dbngain = (bnraw * dhpreact).sum(0, keepdim=True)
    return dbngain


def dbnbias(bngain, bnraw, dhpreact):
    dbnbias = dhpreact.sum(0, keepdim=True)
    return dbnbias


def dbnraw(bngain, bnraw, dhpreact):
    dbnraw = bngain * dhpreact
    return dbnraw


def dbnvar_inv(bndiff, dbnraw):
    dbnvar_inv = (bndiff * dbnraw).sum(0, keepdim=True)
    return dbnvar_inv


def dbnvar(bnvar, dbnvar_inv):
    dbnvar = (-0.5*(bnvar + 1e-5)**-1.5) * dbnvar_inv
    return dbnvar


def dbndiff2(bndiff2, dbnvar):
    n = bndiff2.shape[0]
    dbndiff2 = (1.0/(n-1))*torch.ones_like(bndiff2) * dbnvar
    return dbndiff2


def dbndiff(bndiff, bnvar_inv, dbnraw, dbndiff2):
    dbndiff = bnvar_inv * dbnraw
    dbndiff += (2*bndiff) * dbndiff2
    return dbndiff


def dbnmeani(dbndiff):
    dbnmeani = (-dbndiff).sum(0)
    return dbnmeani


def dhprebn(hprebn, dbndiff, dbnmeani):
    n = hprebn.shape[0]
    dhprebn = dbndiff.clone()
    dhprebn += 1.0/n * (torch.ones_like(hprebn) * dbnmeani)
    return dhprebn


def dembcat(embcat, W1, dhprebn):
    dembcat = dhprebn @ W1.T
    return dembcat


def dW1(embcat, W1, dhprebn):
    dW1 = embcat.T @ dhprebn
    return dW1


def db1(embcat, W1, dhprebn):
    db1 = dhprebn.sum(0)
    return db1


def demb(emb, dembcat):
    demb = dembcat.view(emb.shape)
    return demb


def dC(C, Xb, demb):
    dC = torch.zeros_like(C)
    for k in range(Xb.shape[0]):
        for j in range(Xb.shape[1]):
            ix = Xb[k,j]
            dC[ix] += demb[k,j]
    return dC
