import base64

import numpy as np

from regex_tokenizer import RegexTokenizer


def read_ranks(text):
    table = np.array([line.split() for line in text.splitlines() if line.split()], dtype=object).reshape(-1, 2)
    return {base64.b64decode(token): int(rank) for token, rank in table}


def joined(parts, ranks):
    """The parts with the lowest pair joined, until there are two; by recursion."""
    if len(parts) == 2:
        return parts
    lowest = np.argmin([ranks.get(a + b, np.inf) for a, b in zip(parts, parts[1:])])
    return joined([*parts[:lowest], parts[lowest] + parts[lowest + 1], *parts[lowest + 2:]], ranks)


def recover_merges(mergeable_ranks):
    longer = [token for token in mergeable_ranks if len(token) != 1]
    merges = {}
    for token in sorted(longer, key=mergeable_ranks.__getitem__):
        a, b = joined([bytes([byte]) for byte in token], mergeable_ranks)
        merges[mergeable_ranks[a], mergeable_ranks[b]] = mergeable_ranks[token]
    return merges


def byte_shuffle(mergeable_ranks):
    ranks = np.zeros(256, dtype=np.int64)
    for byte in range(256):
        ranks[byte] = mergeable_ranks[bytes([byte])]
    return dict(enumerate(ranks.tolist()))


class GPT4Tokenizer(RegexTokenizer):
    def __init__(self, mergeable_ranks, pattern=None):
        super().__init__(pattern)
        self.merges = recover_merges(mergeable_ranks)
        self.byte_shuffle = byte_shuffle(mergeable_ranks)
        self.vocab = {rank: token for token, rank in mergeable_ranks.items()}
        self.lookup = np.array([self.byte_shuffle[byte] for byte in range(256)], dtype=np.uint8)

    def encode_chunk(self, chunk_bytes):
        data = np.frombuffer(chunk_bytes, dtype=np.uint8)
        return super().encode_chunk(self.lookup[data].tobytes())
