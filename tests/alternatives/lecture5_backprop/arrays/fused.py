import numpy as np

from pieces import in_numpy


@in_numpy
def cross_entropy_backward(logits, Yb):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    found = e / e.sum(axis=1, keepdims=True)
    found[np.arange(len(Yb)), Yb] -= 1
    return found / len(Yb)


@in_numpy
def batchnorm_backward(dhpreact, bnraw, bnvar_inv, bngain):
    n = len(dhpreact)
    d = dhpreact * bngain
    along = np.sum(d * bnraw, axis=0) / (n - 1)
    return (d - np.mean(d, axis=0) - bnraw * along) * bnvar_inv
