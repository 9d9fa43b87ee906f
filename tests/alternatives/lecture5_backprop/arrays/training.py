import numpy as np
import torch

import forward
import fused
import pieces


def backward_by_hand(parameters, Xb, Yb):
    C, W1, b1, W2, b2, bngain, bnbias = parameters
    v = forward.forward_pieces(parameters, Xb, Yb)
    d = {"logits": fused.cross_entropy_backward(v["logits"], Yb)}
    for name in ("W2", "b2", "h"):
        d[name] = getattr(pieces, "d" + name)(v["h"], W2, d["logits"])
    d["hpreact"] = pieces.dhpreact(v["hpreact"], v["h"], d["h"])
    for name in ("bngain", "bnbias"):
        d[name] = getattr(pieces, "d" + name)(bngain, v["bnraw"], d["hpreact"])
    d["hprebn"] = fused.batchnorm_backward(d["hpreact"], v["bnraw"], v["bnvar_inv"], bngain)
    for name in ("W1", "b1", "embcat"):
        d[name] = getattr(pieces, "d" + name)(v["embcat"], W1, d["hprebn"])
    d["C"] = pieces.dC(C, Xb, pieces.demb(v["emb"], d["embcat"]))
    return v["loss"].item(), tuple(d[name] for name in ("C", "W1", "b1", "W2", "b2", "bngain", "bnbias"))


def train_manual(parameters, Xtr, Ytr, steps, batch_size, schedule, generator):
    losses = np.zeros(steps)
    views = [p.detach().numpy() for p in parameters]
    for step in range(steps):
        ix = torch.randint(0, Xtr.shape[0], (batch_size,), generator=generator)
        losses[step], grads = backward_by_hand(parameters, Xtr[ix], Ytr[ix])
        for view, grad in zip(views, grads):
            view -= schedule(step) * grad.numpy()  # the same memory as the parameter
    return losses.tolist()


def calibrate_batchnorm(parameters, Xtr):
    C, W1, b1 = (p.detach().numpy() for p in parameters[:3])
    x = C[Xtr.numpy()].reshape(len(Xtr), -1) @ W1 + b1
    return torch.from_numpy(x.mean(axis=0, keepdims=True)), torch.from_numpy(x.var(axis=0, ddof=1, keepdims=True))


def calibrated_loss(parameters, X, Y, bnmean, bnvar):
    C, W1, b1, W2, b2, bngain, bnbias = (p.detach().numpy() for p in parameters)
    x = C[X.numpy()].reshape(len(X), -1) @ W1 + b1
    x = bngain * (x - bnmean.numpy()) / np.sqrt(bnvar.numpy() + 1e-5) + bnbias
    logits = np.tanh(x) @ W2 + b2
    total = np.logaddexp.reduce(logits, axis=1)
    return float(np.mean(total - logits[np.arange(len(Y)), Y.numpy()]))
