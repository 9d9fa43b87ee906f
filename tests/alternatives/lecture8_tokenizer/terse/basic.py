from collections import Counter
from itertools import pairwise


def get_stats(ids, counts=None):
    counts = Counter() if counts is None else counts
    for p in pairwise(ids): counts[p] = counts.get(p, 0) + 1
    return counts


def merge(ids, pair, idx):
    out, rest = [], list(ids)[::-1]
    while rest:
        x = rest.pop()
        out.append((rest.pop(), idx)[1] if rest and (x, rest[-1]) == pair else x)
    return out


def learn(rows, first, last):
    merges = {}
    for idx in range(first, last):
        stats = {}
        for row in rows: get_stats(row, stats)
        pair = max(stats, key=stats.get, default=None)
        if not pair or stats[pair] < 2: break
        rows, merges[pair] = [merge(row, pair, idx) for row in rows], idx
    return merges


def spell(merges, vocab):
    for (a, b), i in merges.items(): vocab[i] = vocab[a] + vocab[b]
    return vocab


def apply(ids, merges):
    for pair, idx in merges.items(): ids = merge(ids, pair, idx)
    return list(ids)


class BasicTokenizer:
    def __init__(self): self.merges, self.vocab = {}, {i: bytes([i]) for i in range(256)}

    def train(self, text, vocab_size):
        self.merges = learn([list(text.encode())], 256, vocab_size)
        self.vocab = spell(self.merges, {i: bytes([i]) for i in range(256)})

    def encode(self, text): return apply(text.encode(), self.merges)

    def decode(self, ids): return b"".join(self.vocab[i] for i in ids).decode(errors="replace")
