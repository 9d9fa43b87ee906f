import functools

import numpy as np
import torch


def in_numpy(function):
    """Arrays in, an array out; tensors outside."""

    @functools.wraps(function)
    def wrapped(*tensors):
        return torch.from_numpy(np.array(function(*(t.detach().numpy() for t in tensors))))

    return wrapped


@in_numpy
def dlogprobs(logprobs, Yb):
    found = np.zeros_like(logprobs)
    np.put_along_axis(found, Yb[:, None], -1 / len(Yb), axis=1)
    return found


@in_numpy
def dprobs(probs, dlogprobs):
    return np.divide(dlogprobs, probs)


@in_numpy
def dcounts_sum_inv(counts, dprobs):
    return np.add.reduce(counts * dprobs, axis=1, keepdims=True)


@in_numpy
def dcounts_sum(counts_sum, dcounts_sum_inv):
    return np.negative(dcounts_sum_inv) / np.square(counts_sum)


@in_numpy
def dcounts(counts, counts_sum_inv, dprobs, dcounts_sum):
    return np.multiply(dprobs, counts_sum_inv) + np.broadcast_to(dcounts_sum, counts.shape)


@in_numpy
def dnorm_logits(counts, dcounts):
    return np.multiply(counts, dcounts)


@in_numpy
def dlogit_maxes(dnorm_logits):
    return np.negative(dnorm_logits.sum(axis=1, keepdims=True))


@in_numpy
def dlogits(logits, dnorm_logits, dlogit_maxes):
    found = dnorm_logits.copy()
    np.add.at(found, (np.arange(len(found)), np.argmax(logits, axis=1)), dlogit_maxes[:, 0])
    return found


@in_numpy
def dh(h, W2, dlogits):
    return np.inner(dlogits, W2)


@in_numpy
def dW2(h, W2, dlogits):
    return np.tensordot(h, dlogits, axes=(0, 0))


@in_numpy
def db2(h, W2, dlogits):
    return np.add.reduce(dlogits)


@in_numpy
def dhpreact(hpreact, h, dh):
    return dh / np.square(np.cosh(hpreact))


@in_numpy
def dbngain(bngain, bnraw, dhpreact):
    return np.sum(bnraw * dhpreact, axis=0, keepdims=True)


@in_numpy
def dbnbias(bngain, bnraw, dhpreact):
    return np.sum(dhpreact, axis=0, keepdims=True)


@in_numpy
def dbnraw(bngain, bnraw, dhpreact):
    return np.multiply(dhpreact, bngain)


@in_numpy
def dbnvar_inv(bndiff, dbnraw):
    return np.sum(bndiff * dbnraw, axis=0, keepdims=True)


@in_numpy
def dbnvar(bnvar, dbnvar_inv):
    root = np.sqrt(bnvar + 1e-5)
    return dbnvar_inv * -0.5 / root**3


@in_numpy
def dbndiff2(bndiff2, dbnvar):
    return np.repeat(dbnvar / (len(bndiff2) - 1), len(bndiff2), axis=0)


@in_numpy
def dbndiff(bndiff, bnvar_inv, dbnraw, dbndiff2):
    return np.multiply(bnvar_inv, dbnraw) + 2 * np.multiply(bndiff, dbndiff2)


@in_numpy
def dbnmeani(dbndiff):
    return np.negative(np.sum(dbndiff, axis=0, keepdims=True))


@in_numpy
def dhprebn(hprebn, dbndiff, dbnmeani):
    return dbndiff + np.tile(dbnmeani, (len(hprebn), 1)) / len(hprebn)


@in_numpy
def dembcat(embcat, W1, dhprebn):
    return np.inner(dhprebn, W1)


@in_numpy
def dW1(embcat, W1, dhprebn):
    return np.tensordot(embcat, dhprebn, axes=(0, 0))


@in_numpy
def db1(embcat, W1, dhprebn):
    return np.add.reduce(dhprebn)


@in_numpy
def demb(emb, dembcat):
    return np.reshape(dembcat, emb.shape)


@in_numpy
def dC(C, Xb, demb):
    found = np.zeros_like(C)
    np.add.at(found, Xb, demb)
    return found
