import torch


class CrossEntropy:
    def __init__(self, logits, targets):
        self.logprobs, self.targets = torch.log_softmax(logits, dim=-1), targets

    def backward(self):
        wanted = torch.zeros_like(self.logprobs)
        wanted[torch.arange(len(self.targets)), self.targets] = 1.0
        return (self.logprobs.exp() - wanted) / len(self.targets)


class BatchNorm:
    def __init__(self, bnraw, bnvar_inv, bngain):
        self.cache = bnraw, bnvar_inv, bngain

    def backward(self, dout):
        bnraw, bnvar_inv, bngain = self.cache
        n = dout.shape[0]
        dxhat = dout * bngain
        dvar = (dxhat * bnraw).sum(0) / (n - 1)
        dmean = dxhat.sum(0) / n
        return (dxhat - dmean - bnraw * dvar) * bnvar_inv


def cross_entropy_backward(logits, Yb):
    return CrossEntropy(logits, Yb).backward()


def batchnorm_backward(dhpreact, bnraw, bnvar_inv, bngain):
    return BatchNorm(bnraw, bnvar_inv, bngain).backward(dhpreact)
