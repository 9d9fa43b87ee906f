import torch

from counts import NGrams, Table, Vocabulary
from neural import OneLayer


class Trigrams(NGrams):
    def __init__(self, stoi):
        super().__init__(3, Vocabulary(stoi))


class Split:
    PARTS = {"train": (0, 80), "dev": (80, 90), "test": (90, 100)}

    def __init__(self, words, rng):
        self.words = rng.sample(words, k=len(words))

    def __getattr__(self, part):
        start, stop = (len(self.words) * percent // 100 for percent in self.PARTS[part])
        return self.words[start:stop]


class Tuning:
    def __init__(self, train, dev):
        vocabulary = Vocabulary.of(train + dev)
        trigrams = NGrams(3, vocabulary)
        self.N = trigrams.counts(train)
        self.train, self.dev = trigrams.dataset(train), trigrams.dataset(dev)

    def losses(self, strength):
        table = Table.from_counts(self.N, strength)
        return table.nll(*self.train), table.nll(*self.dev)


def trigram_dataset(words, stoi):
    return Trigrams(stoi).dataset(words)


def count_trigrams(words, stoi):
    return Trigrams(stoi).counts(words)


def trigram_nll(P, words, stoi):
    return Table(P).nll(*Trigrams(stoi).dataset(words))


def split(words, rng):
    made = Split(words, rng)
    return made.train, made.dev, made.test


def tune_smoothing(train, dev, strengths):
    tuning = Tuning(train, dev)
    found = {strength: tuning.losses(strength) for strength in strengths}
    train_losses, dev_losses = zip(*found.values())
    return min(found, key=lambda strength: found[strength][1]), list(train_losses), list(dev_losses)


def logits_by_indexing(xs, W):
    return OneLayer(W)(xs)


def loss_by_cross_entropy(xs, ys, W, l2):
    criterion = torch.nn.CrossEntropyLoss(reduction="mean")
    net = OneLayer(W)
    return criterion(net(xs), ys) + net.penalty() * l2
