import math

import torch

import pieces
from forward import forward_pieces
from fused import batchnorm_backward, cross_entropy_backward


def backward_by_hand(parameters, Xb, Yb):
    C, W1, b1, W2, b2, bngain, bnbias = parameters
    v = forward_pieces(parameters, Xb, Yb)
    at_logits = cross_entropy_backward(v["logits"], Yb)
    at_h = pieces.dh(v["h"], W2, at_logits)
    at_hpreact = pieces.dhpreact(v["hpreact"], v["h"], at_h)
    at_hprebn = batchnorm_backward(at_hpreact, v["bnraw"], v["bnvar_inv"], bngain)
    at_emb = pieces.demb(v["emb"], pieces.dembcat(v["embcat"], W1, at_hprebn))
    output, gain, hidden = (v["h"], W2, at_logits), (bngain, v["bnraw"], at_hpreact), (v["embcat"], W1, at_hprebn)
    return float(v["loss"]), [
        pieces.dC(C, Xb, at_emb),
        pieces.dW1(*hidden), pieces.db1(*hidden), pieces.dW2(*output), pieces.db2(*output),
        pieces.dbngain(*gain), pieces.dbnbias(*gain),
    ]


def train_manual(parameters, Xtr, Ytr, steps, batch_size, schedule, generator):
    losses = []
    step = 0
    while step < steps:
        rows = torch.randint(0, len(Xtr), (batch_size,), generator=generator).tolist()
        loss, grads = backward_by_hand(parameters, Xtr[rows], Ytr[rows])
        for k in range(len(parameters)):
            parameters[k] -= schedule(step) * grads[k]
        losses.append(loss)
        step += 1
    return losses


def hidden_inputs(parameters, X):
    C, W1, b1 = (p.tolist() for p in parameters[:3])
    found = []
    for row in X.tolist():
        numbers = [x for ix in row for x in C[ix]]
        found.append([b + sum(x * W1[k][j] for k, x in enumerate(numbers)) for j, b in enumerate(b1)])
    return found


def calibrate_batchnorm(parameters, Xtr):
    columns = list(zip(*hidden_inputs(parameters, Xtr)))
    means = [sum(column) / len(column) for column in columns]
    variances = [sum((x - mean) ** 2 for x in column) / (len(column) - 1) for column, mean in zip(columns, means)]
    dtype = parameters[0].dtype
    return torch.tensor([means], dtype=dtype), torch.tensor([variances], dtype=dtype)


def calibrated_loss(parameters, X, Y, bnmean, bnvar):
    W2, b2, gain, bias = (p.tolist() for p in parameters[3:])
    mean, var = bnmean.flatten().tolist(), bnvar.flatten().tolist()
    total = 0.0
    for row, y in zip(hidden_inputs(parameters, X), Y.tolist()):
        h = [math.tanh(g * (x - m) / math.sqrt(v + 1e-5) + b) for x, m, v, g, b in zip(row, mean, var, gain[0], bias[0])]
        logits = [b + sum(x * W2[k][j] for k, x in enumerate(h)) for j, b in enumerate(b2)]
        most = max(logits)
        total += most + math.log(sum(math.exp(x - most) for x in logits)) - logits[y]
    return total / len(Y)
