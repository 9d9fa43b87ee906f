import torch
import torch.nn.functional as F

from forward import forward_pieces
from fused import batchnorm_backward, cross_entropy_backward
from pieces import dC, dW1, dW2, db1, db2, dbnbias, dbngain, demb, dembcat, dh, dhpreact


def backward_by_hand(parameters, Xb, Yb):
    C, W1, _, W2, _, bngain, _ = parameters
    steps = forward_pieces(parameters, Xb, Yb)
    second = (steps["h"], W2, cross_entropy_backward(steps["logits"], Yb))
    affine = (bngain, steps["bnraw"], dhpreact(steps["hpreact"], steps["h"], dh(*second)))
    first = (steps["embcat"], W1, batchnorm_backward(affine[2], steps["bnraw"], steps["bnvar_inv"], bngain))
    letters = dC(C, Xb, demb(steps["emb"], dembcat(*first)))
    grads = [letters, dW1(*first), db1(*first), dW2(*second), db2(*second), dbngain(*affine), dbnbias(*affine)]
    return steps["loss"].item(), grads


def train_manual(parameters, Xtr, Ytr, steps, batch_size, schedule, generator):
    losses = []
    optimizer = torch.optim.SGD([{"params": [p]} for p in parameters], lr=1.0)
    for step in range(steps):
        ix = torch.randint(0, Xtr.shape[0], (batch_size,), generator=generator)
        loss, grads = backward_by_hand(parameters, torch.index_select(Xtr, 0, ix), torch.index_select(Ytr, 0, ix))
        for group, grad in zip(optimizer.param_groups, grads):
            group["lr"] = schedule(step)
            group["params"][0].add_(grad, alpha=-group["lr"])
        losses.append(loss)
    return losses


def calibrate_batchnorm(parameters, Xtr):
    C, W1, b1 = parameters[:3]
    x = torch.addmm(b1, F.embedding(Xtr, C).flatten(1), W1)
    return torch.mean(x, dim=0, keepdim=True), torch.var(x, dim=0, keepdim=True, correction=1)


def calibrated_loss(parameters, X, Y, bnmean, bnvar):
    C, W1, b1, W2, b2, bngain, bnbias = parameters
    x = torch.addmm(b1, F.embedding(X, C).flatten(1), W1)
    norm = F.batch_norm(x, bnmean.flatten(), bnvar.flatten(), bngain.flatten(), bnbias.flatten(), False, 0.1, 1e-5)
    return F.cross_entropy(F.linear(torch.tanh(norm), W2.t(), b2), Y).item()
