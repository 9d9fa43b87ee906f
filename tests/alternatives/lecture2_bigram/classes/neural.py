import torch
from torch import nn

from counts import NGrams, Sampler, Vocabulary


class OneLayer(nn.Module):
    """A net that has one matrix and nothing else."""

    def __init__(self, W):
        super().__init__()
        self.W = W  # the very tensor: no copy

    def forward(self, xs):
        return nn.functional.embedding(xs, self.W)

    def probabilities(self, xs):
        return torch.softmax(self(xs), dim=-1)

    def penalty(self):
        return self.W.pow(2).mean()

    def loss(self, xs, ys, l2):
        return nn.NLLLoss()(torch.log_softmax(self(xs), dim=-1), ys) + self.penalty() * l2


class Trainer:
    def __init__(self, net, lr, l2):
        self.net, self.l2 = net, l2
        self.optimizer = torch.optim.SGD([net.W], lr=lr)
        self.losses = []

    def step(self, xs, ys):
        self.optimizer.zero_grad()
        loss = self.net.loss(xs, ys, self.l2)
        loss.backward()
        self.optimizer.step()
        self.losses.append(loss.item())


def bigram_dataset(words, stoi):
    return NGrams(2, Vocabulary(stoi)).dataset(words)


def one_hot(xs, classes):
    rows = torch.zeros(len(xs), classes)
    rows.scatter_(1, xs.long().view(-1, 1), 1.0)
    return rows


def probabilities(xs, W):
    return OneLayer(W).probabilities(xs)


def nll_loss(xs, ys, W, l2):
    return OneLayer(W).loss(xs, ys, l2)


def train(xs, ys, W, steps, lr, l2):
    trainer = Trainer(OneLayer(W), lr, l2)
    for _ in range(steps):
        trainer.step(xs, ys)
    return trainer.losses


def sample_names(W, itos, count, generator):
    net = OneLayer(W)
    return Sampler(lambda ix: net.probabilities(torch.tensor(ix)), itos, generator).names(count)
