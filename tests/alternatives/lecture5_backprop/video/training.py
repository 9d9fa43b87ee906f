import torch
import torch.nn.functional as F


def backward_by_hand(parameters, Xb, Yb):
    C, W1, b1, W2, b2, bngain, bnbias = parameters
    n = Xb.shape[0]
    # forward pass
    emb = C[Xb]
    embcat = emb.view(emb.shape[0], -1)
    hprebn = embcat @ W1 + b1
    bnmean = hprebn.mean(0, keepdim=True)
    bnvar = hprebn.var(0, keepdim=True, unbiased=True)
    bnvar_inv = (bnvar + 1e-5)**-0.5
    bnraw = (hprebn - bnmean) * bnvar_inv
    hpreact = bngain * bnraw + bnbias
    h = torch.tanh(hpreact)
    logits = h @ W2 + b2
    loss = F.cross_entropy(logits, Yb)
    # backward pass
    dlogits = F.softmax(logits, 1)
    dlogits[range(n), Yb] -= 1
    dlogits /= n
    dh = dlogits @ W2.T
    dW2 = h.T @ dlogits
    db2 = dlogits.sum(0)
    dhpreact = (1.0 - h**2) * dh
    dbngain = (bnraw * dhpreact).sum(0, keepdim=True)
    dbnbias = dhpreact.sum(0, keepdim=True)
    dhprebn = bngain*bnvar_inv/n * (n*dhpreact - dhpreact.sum(0) - n/(n-1)*bnraw*(dhpreact*bnraw).sum(0))
    dembcat = dhprebn @ W1.T
    dW1 = embcat.T @ dhprebn
    db1 = dhprebn.sum(0)
    demb = dembcat.view(emb.shape)
    dC = torch.zeros_like(C)
    for k in range(Xb.shape[0]):
        for j in range(Xb.shape[1]):
            ix = Xb[k,j]
            dC[ix] += demb[k,j]
    return loss.item(), [dC, dW1, db1, dW2, db2, dbngain, dbnbias]


def train_manual(parameters, Xtr, Ytr, steps, batch_size, schedule, generator):
    lossi = []
    with torch.no_grad():
        for i in range(steps):
            ix = torch.randint(0, Xtr.shape[0], (batch_size,), generator=generator)
            Xb, Yb = Xtr[ix], Ytr[ix]
            loss, grads = backward_by_hand(parameters, Xb, Yb)
            lr = schedule(i)
            for p, grad in zip(parameters, grads):
                p.data += -lr * grad
            lossi.append(loss)
    return lossi


def calibrate_batchnorm(parameters, Xtr):
    C, W1, b1, W2, b2, bngain, bnbias = parameters
    with torch.no_grad():
        emb = C[Xtr]
        embcat = emb.view(emb.shape[0], -1)
        hpreact = embcat @ W1 + b1
        bnmean = hpreact.mean(0, keepdim=True)
        bnvar = hpreact.var(0, keepdim=True, unbiased=True)
    return bnmean, bnvar


@torch.no_grad()
def calibrated_loss(parameters, X, Y, bnmean, bnvar):
    C, W1, b1, W2, b2, bngain, bnbias = parameters
    emb = C[X]
    embcat = emb.view(emb.shape[0], -1)
    hpreact = embcat @ W1 + b1
    hpreact = bngain * (hpreact - bnmean) * (bnvar + 1e-5)**-0.5 + bnbias
    h = torch.tanh(hpreact)
    logits = h @ W2 + b2
    loss = F.cross_entropy(logits, Y)
    return loss.item()


if __name__ == "__main__":
    # compare with torch, as the lecture does
    Xb, Yb = torch.randint(0, 5, (8, 3)), torch.randint(0, 5, (8,))
    shapes = (5, 2), (6, 7), (7,), (7, 5), (5,), (1, 7), (1, 7)
    parameters = [torch.randn(s).requires_grad_() for s in shapes]
    C, W1, b1, W2, b2, bngain, bnbias = parameters
    hprebn = C[Xb].view(8, -1) @ W1 + b1
    hpreact = bngain * (hprebn - hprebn.mean(0)) / (hprebn.var(0) + 1e-5).sqrt() + bnbias
    F.cross_entropy(hpreact.tanh() @ W2 + b2, Yb).backward()
    with torch.no_grad():
        for p, grad in zip(parameters, backward_by_hand(parameters, Xb, Yb)[1]):
            print((p.grad - grad).abs().max().item())
