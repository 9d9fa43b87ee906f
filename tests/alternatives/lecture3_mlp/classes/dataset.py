from collections import deque

import torch
from torch.utils.data import TensorDataset


class Contexts:
    """Windows over names."""

    def __init__(self, stoi, block_size):
        self.stoi, self.block_size = stoi, block_size

    def of(self, word):
        window = deque([0] * self.block_size, maxlen=self.block_size)
        for symbol in [*word, "."]:
            ix = self.stoi[symbol]
            yield tuple(window), ix
            window.append(ix)

    def dataset(self, words):
        rows = [row for word in words for row in self.of(word)]
        contexts, targets = zip(*rows)
        return TensorDataset(torch.LongTensor(contexts), torch.LongTensor(targets))


def build_dataset(words, stoi, block_size):
    return Contexts(stoi, block_size).dataset(words).tensors


class Parts:
    def __init__(self, items, rng):
        self.items = list(items)
        rng.shuffle(self.items)

    def between(self, start, stop):
        return self.items[int(start * len(self.items)) : int(stop * len(self.items))]

    def __iter__(self):
        yield self.between(0.0, 0.8)
        yield self.between(0.8, 0.9)
        yield self.between(0.9, 1.0)


def split_words(words, rng):
    return list(Parts(words, rng))
