import numpy as np


def get_stats(ids, counts=None):
    counts = {} if counts is None else counts
    row = np.asarray(list(ids), dtype=np.int64)
    if len(row) < 2:
        return counts
    pairs = np.stack([row[:-1], row[1:]], axis=1)
    different, first, times = np.unique(pairs, axis=0, return_index=True, return_counts=True)
    for i in np.argsort(first):
        pair = tuple(different[i].tolist())
        counts[pair] = counts.get(pair, 0) + int(times[i])
    return counts


def merge(ids, pair, idx):
    row = np.asarray(list(ids), dtype=np.int64)
    if len(row) < 2:
        return row.tolist()
    found = (row[:-1] == pair[0]) & (row[1:] == pair[1])
    if pair[0] == pair[1]:
        # in a run of matches only each second one counts
        taken = False
        for i, match in enumerate(found.tolist()):
            taken = match and not taken
            found[i] = taken
    starts = np.nonzero(found)[0]
    row[starts] = idx
    return np.delete(row, starts + 1).tolist()


def vocabulary(merges):
    return {i: spelled(i, {idx: pair for pair, idx in merges.items()}) for i in [*range(256), *merges.values()]}


def spelled(idx, parts):
    """The bytes of an id, by recursion into its two parts."""
    if idx not in parts:
        return bytes([idx])
    a, b = parts[idx]
    return spelled(a, parts) + spelled(b, parts)


def encode_by_vocab(data, merges, vocab):
    """As tiktoken does it: parts are bytes, and the rank of a pair is that of its bytes if it was learned."""
    if len(data) == 0:
        return []
    ids = list(data)
    ranks = [merges.get((a, b)) for a, b in zip(ids, ids[1:])]
    if all(rank is None for rank in ranks):
        return ids
    lowest = min(rank for rank in ranks if rank is not None)
    i = ranks.index(lowest)
    return encode_by_vocab(ids[:i] + [lowest] + ids[i + 2:], merges, vocab)


class BasicTokenizer:
    def __init__(self):
        self.merges = {}
        self.vocab = vocabulary({})

    def train(self, text, vocab_size):
        row = np.frombuffer(text.encode("utf-8"), dtype=np.uint8).astype(np.int64)
        self.merges = {}
        for idx in range(256, vocab_size):
            stats = get_stats(row)
            if not stats or max(stats.values()) < 2:
                break
            top = max(stats.values())
            pair = next(pair for pair, times in stats.items() if times == top)
            row = merge(row, pair, idx)
            self.merges[pair] = idx
        self.vocab = vocabulary(self.merges)

    def encode(self, text):
        return encode_by_vocab(text.encode("utf-8"), self.merges, self.vocab)

    def decode(self, ids):
        data = np.concatenate([np.frombuffer(self.vocab[idx], dtype=np.uint8) for idx in ids] or [np.zeros(0, np.uint8)])
        return data.tobytes().decode("utf-8", errors="replace")
