# an id as one character: far away from letters, and from the surrogates
BASE = 0x10000


def signs(ids):
    return "".join(chr(BASE + idx) for idx in ids)


def numbers(row):
    return [ord(sign) - BASE for sign in row]


def get_stats(ids, counts=None):
    counts = {} if counts is None else counts
    row = signs(ids)
    for i in range(len(row) - 1):
        first, second = row[i:i + 2]
        pair = ord(first) - BASE, ord(second) - BASE
        counts[pair] = counts[pair] + 1 if pair in counts else 1
    return counts


def merge(ids, pair, idx):
    # replace works from left to right and uses no character twice
    return numbers(signs(ids).replace(signs(pair), chr(BASE + idx)))


def learn(rows, first, last):
    """rows: strings of symbols, with how often each occurs."""
    merges = {}
    for idx in range(first, last):
        counts = {}
        for row, times in rows:
            for i in range(len(row) - 1):
                two = row[i:i + 2]
                counts[two] = counts.get(two, 0) + times
        if not counts or max(counts.values()) < 2:
            return merges
        best = max(counts, key=counts.__getitem__)
        rows = [(row.replace(best, chr(BASE + idx)), times) for row, times in rows]
        merges[tuple(numbers(best))] = idx
    return merges


def spelled(merges, vocab):
    for (a, b), idx in merges.items():
        vocab[idx] = vocab[a] + vocab[b]
    return vocab


def apply_all(row, merges):
    for pair, idx in sorted(merges.items(), key=lambda item: item[1]):
        row = row.replace(signs(pair), chr(BASE + idx))
    return numbers(row)


class BasicTokenizer:
    def __init__(self):
        self.merges, self.vocab = {}, {i: bytes([i]) for i in range(256)}

    def train(self, text, vocab_size):
        self.merges = learn([(signs(text.encode("utf8")), 1)], 256, vocab_size)
        self.vocab = spelled(self.merges, {i: bytes([i]) for i in range(256)})

    def encode(self, text):
        return apply_all(signs(text.encode("utf8")), self.merges)

    def decode(self, ids):
        return b"".join(map(self.vocab.get, ids)).decode("utf8", "replace")
