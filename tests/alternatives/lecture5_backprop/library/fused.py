import torch


def cross_entropy_backward(logits, Yb):
    lse = torch.logsumexp(logits, dim=1, keepdim=True)
    probs = torch.exp(logits - lse)
    return torch.scatter_add(probs, 1, Yb.unsqueeze(1), torch.full_like(probs[:, :1], -1)).div(logits.shape[0])


def batchnorm_backward(dhpreact, bnraw, bnvar_inv, bngain):
    centred = dhpreact - torch.mean(dhpreact, dim=0, keepdim=True)
    along = torch.linalg.vecdot(dhpreact, bnraw, dim=0).div(dhpreact.shape[0] - 1)
    return torch.mul(torch.addcmul(centred, bnraw, along, value=-1), bngain * bnvar_inv)
