import torch

from fused import BatchNorm, CrossEntropy
from pieces import Linear, Lookup


class Net:
    def __init__(self, parameters):
        self.parameters = parameters

    def hidden_inputs(self, X):
        C, W1, b1 = self.parameters[:3]
        emb = C[X]
        return emb, emb.view(len(X), -1), emb.view(len(X), -1) @ W1 + b1

    def logits(self, x, mean, var):
        W2, b2, bngain, bnbias = self.parameters[3:]
        inv = torch.rsqrt(var + 1e-5)
        raw = (x - mean) * inv
        h = torch.tanh(raw * bngain + bnbias)
        return raw, inv, h, h @ W2 + b2

    def loss(self, logits, Y):
        return torch.nn.functional.cross_entropy(logits, Y)

    def backward(self, X, Y):
        C, W1, b1, W2, b2, bngain, bnbias = self.parameters
        emb, flat, x = self.hidden_inputs(X)
        var, mean = torch.var_mean(x, dim=0)
        raw, inv, h, logits = self.logits(x, mean, var)
        dh, dW2, db2 = Linear(h, W2).backward(CrossEntropy(logits, Y).backward())
        dout = dh * (1 - h * h)
        dflat, dW1, db1 = Linear(flat, W1).backward(BatchNorm(raw, inv, bngain).backward(dout))
        dbngain, dbnbias = (raw * dout).sum(0, keepdim=True), dout.sum(0, keepdim=True)
        dC = Lookup(C, X).backward(dflat.view_as(emb))
        return self.loss(logits, Y).item(), [dC, dW1, db1, dW2, db2, dbngain, dbnbias]


class Descent:
    def __init__(self, net, schedule):
        self.net, self.schedule, self.taken = net, schedule, 0

    def step(self, grads):
        for p, grad in zip(self.net.parameters, grads):
            p.copy_(p - self.schedule(self.taken) * grad)
        self.taken += 1


def backward_by_hand(parameters, Xb, Yb):
    return Net(parameters).backward(Xb, Yb)


def train_manual(parameters, Xtr, Ytr, steps, batch_size, schedule, generator):
    net = Net(parameters)
    descent = Descent(net, schedule)
    losses = []
    for _ in range(steps):
        ix = torch.randint(0, Xtr.shape[0], (batch_size,), generator=generator)
        loss, grads = net.backward(Xtr[ix], Ytr[ix])
        descent.step(grads)
        losses.append(loss)
    return losses


def calibrate_batchnorm(parameters, Xtr):
    x = Net(parameters).hidden_inputs(Xtr)[2]
    return x.mean(0), x.std(0) ** 2


def calibrated_loss(parameters, X, Y, bnmean, bnvar):
    net = Net(parameters)
    return net.loss(net.logits(net.hidden_inputs(X)[2], bnmean, bnvar)[3], Y).item()
