import torch
import torch.nn.functional as F

from counts import bigrams


def bigram_dataset(words, stoi):
    xs = torch.tensor([stoi[ch1] for w in words for ch1, _ in bigrams(w)], dtype=torch.int32)
    ys = torch.tensor([stoi[ch2] for w in words for _, ch2 in bigrams(w)], dtype=torch.int32)
    return xs, ys


def one_hot(xs, classes):
    return F.one_hot(xs, num_classes=classes).double()


def probabilities(xs, W):
    return F.log_softmax(F.linear(one_hot(xs, len(W)).to(W), W.T), dim=1).exp()


def nll_loss(xs, ys, W, l2):
    return F.nll_loss(F.log_softmax(F.embedding(xs, W), dim=-1), ys) + l2 * F.mse_loss(W, torch.zeros_like(W))


def train(xs, ys, W, steps, lr, l2):
    losses = []
    for k in range(steps):
        loss = nll_loss(xs, ys, W, l2)
        losses.append(loss.item())
        (grad,) = torch.autograd.grad(loss, W)
        with torch.no_grad():
            W -= lr * grad
    return losses


@torch.no_grad()
def sample_names(W, itos, count, generator):
    P = F.softmax(W, dim=1)
    names = []
    for _ in range(count):
        ix, out = 0, []
        while True:
            ix = torch.multinomial(P[ix : ix + 1], 1, generator=generator).squeeze().item()
            if not ix:
                break
            out += [itos[ix]]
        names += [''.join(out)]
    return names
