import torch
import torch.nn.functional as F


def bigram_dataset(words, stoi):
    xs, ys = [], []
    for w in words:
        chs = ['.'] + list(w) + ['.']
        for ch1, ch2 in zip(chs, chs[1:]):
            ix1 = stoi[ch1]
            ix2 = stoi[ch2]
            xs.append(ix1)
            ys.append(ix2)
    xs = torch.tensor(xs)
    ys = torch.tensor(ys)
    return xs, ys


def one_hot(xs, classes):
    return F.one_hot(xs, num_classes=classes).float()


def probabilities(xs, W):
    xenc = one_hot(xs, W.shape[0])
    logits = xenc @ W # predict log-counts
    counts = logits.exp() # counts, equivalent to N
    probs = counts / counts.sum(1, keepdims=True) # probabilities for next character
    return probs


def nll_loss(xs, ys, W, l2):
    probs = probabilities(xs, W)
    return -probs[torch.arange(len(xs)), ys].log().mean() + l2*(W**2).mean()


def train(xs, ys, W, steps, lr, l2):
    losses = []
    for k in range(steps):
        loss = nll_loss(xs, ys, W, l2)
        losses.append(loss.item())
        W.grad = None # set to zero the gradient
        loss.backward()
        W.data += -lr * W.grad
    return losses


def sample_names(W, itos, count, generator):
    names = []
    for i in range(count):
        out = []
        ix = 0
        while True:
            p = probabilities(torch.tensor([ix]), W)
            ix = torch.multinomial(p, num_samples=1, replacement=True, generator=generator).item()
            if ix == 0:
                break
            out.append(itos[ix])
        names.append(''.join(out))
    return names
