"""All together: a net that trains without loss.backward().

Lecture 5, 1:50 to 1:54. Needs `forward_pieces` from forward.py, the functions of pieces.py and those of fused.py.
What is left out: drawing the parameters (the README of this lecture has the lines) and sampling names, which is as in
lecture 3.

`parameters` is the list [C, W1, b1, W2, b2, bngain, bnbias] of forward.py: plain tensors, for which torch keeps no
graph.
"""

import torch
import torch.nn.functional as F

import pieces
from forward import forward_pieces
from fused import batchnorm_backward, cross_entropy_backward


def backward_by_hand(parameters, Xb, Yb):
    C, W1, _, W2, _, bngain, _ = parameters
    v = forward_pieces(parameters, Xb, Yb)
    # from the loss back to the letters
    dlogits = cross_entropy_backward(v["logits"], Yb)
    dW2 = pieces.dW2(v["h"], W2, dlogits)
    db2 = pieces.db2(v["h"], W2, dlogits)
    dh = pieces.dh(v["h"], W2, dlogits)
    dhpreact = pieces.dhpreact(v["hpreact"], v["h"], dh)
    dbngain = pieces.dbngain(bngain, v["bnraw"], dhpreact)
    dbnbias = pieces.dbnbias(bngain, v["bnraw"], dhpreact)
    dhprebn = batchnorm_backward(dhpreact, v["bnraw"], v["bnvar_inv"], bngain)
    dW1 = pieces.dW1(v["embcat"], W1, dhprebn)
    db1 = pieces.db1(v["embcat"], W1, dhprebn)
    dembcat = pieces.dembcat(v["embcat"], W1, dhprebn)
    demb = pieces.demb(v["emb"], dembcat)
    dC = pieces.dC(C, Xb, demb)
    return [dC, dW1, db1, dW2, db2, dbngain, dbnbias]


def train_manual(parameters, Xtr, Ytr, steps, batch_size, schedule, generator):
    losses = []
    for step in range(steps):
        ix = torch.randint(0, Xtr.shape[0], (batch_size,), generator=generator)
        loss, grads = backward_by_hand(parameters, Xtr[ix], Ytr[ix])
        losses.append(loss)
        lr = schedule(step)
        for p, grad in zip(parameters, grads):
            p.data += -lr * grad
    return losses


def calibrate_batchnorm(parameters, Xtr):
    C, W1, b1 = parameters[:3]
    emb = C[Xtr]
    hprebn = emb.view(emb.shape[0], -1) @ W1 + b1          # (N, n_hidden)
    return hprebn.mean(0, keepdim=True), hprebn.var(0, keepdim=True), hprebn.std(0, keepdim=True)


def calibrated_loss(parameters, X, Y, bnmean, bnvar):
    C, W1, b1, W2, b2, bngain, bnbias = parameters
    emb = C[X]
    hprebn = emb.view(emb.shape[0], -1) @ W1 + b1
    hpreact = bngain * (hprebn - bnmean) * (bnvar + 1e-5) ** -0.5 + bnbias
    logits = torch.tanh(hpreact) @ W2 + b2                 # (N, vocab_size)
    return F.cross_entropy(logits, Y).item()
