import torch
from torch import einsum
from torch.nn.functional import log_softmax, one_hot


def cross_entropy_backward(logits, Yb):
    probs = log_softmax(logits, dim=1).exp()
    return torch.sub(probs, one_hot(Yb, logits.shape[1])) / len(Yb)


def batchnorm_backward(dhpreact, bnraw, bnvar_inv, bngain):
    n = len(dhpreact)
    # what moves a column as a whole, and what stretches it, is taken off: a matrix for each unit
    eye = torch.eye(n, dtype=bnraw.dtype)
    keep = eye - 1 / n - einsum("ih,jh->hij", bnraw, bnraw) / (n - 1)
    return einsum("h,h,hij,jh->ih", bngain[0], bnvar_inv[0], keep, dhpreact)
