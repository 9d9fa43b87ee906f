import torch

from .counts import sample_names as sample_from_table


def bigram_dataset(words, stoi):
    text = torch.tensor([stoi[c] for c in "." + ".".join(words) + "."])
    return text[:-1], text[1:]


def one_hot(xs, classes):
    return torch.eye(classes)[xs]


def probabilities(xs, W):
    return (W[xs] - W[xs].logsumexp(1, keepdim=True)).exp()


def nll_loss(xs, ys, W, l2):
    return -W.log_softmax(1)[xs, ys].sum() / len(xs) + l2 * W.norm() ** 2 / W.numel()


def train(xs, ys, W, steps, lr, l2):
    losses = []
    for _ in range(steps):
        losses.append(nll_loss(xs, ys, W, l2))
        losses[-1].backward()
        W.data.sub_(W.grad, alpha=lr)
        W.grad.zero_()
    return [loss.detach() for loss in losses]


def sample_names(W, itos, count, generator):
    return sample_from_table(W.softmax(1), itos, count, generator)
