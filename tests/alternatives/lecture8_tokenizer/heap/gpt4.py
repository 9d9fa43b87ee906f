import heapq
from base64 import b64decode

from regex_tokenizer import RegexTokenizer


def read_ranks(text):
    words = text.split()
    return {b64decode(token): int(rank) for token, rank in zip(words[::2], words[1::2])}


def parts_of(token, ranks):
    """Joins with a heap over the starts of parts, until two parts are left."""
    ends = {i: i + 1 for i in range(len(token))}
    heap = []

    def push(start):
        middle = ends.get(start)
        if middle in ends:
            rank = ranks.get(token[start:ends[middle]])
            if rank is not None:
                heapq.heappush(heap, (rank, start, middle, ends[middle]))

    for start in list(ends):
        push(start)
    while len(ends) > 2:
        rank, start, middle, end = heapq.heappop(heap)
        if ends.get(start) != middle or ends.get(middle) != end:
            continue
        del ends[middle]
        ends[start] = end
        push(start)
        for before, its_end in ends.items():
            if its_end == start:
                push(before)
                break
    return [token[start:end] for start, end in sorted(ends.items())]


def recover_merges(mergeable_ranks):
    by_rank = sorted((rank, token) for token, rank in mergeable_ranks.items() if len(token) > 1)
    merges = {}
    for rank, token in by_rank:
        a, b = parts_of(token, mergeable_ranks)
        merges[mergeable_ranks[a], mergeable_ranks[b]] = rank
    return merges


def byte_shuffle(mergeable_ranks):
    return {token[0]: rank for token, rank in mergeable_ranks.items() if len(token) == 1}


class GPT4Tokenizer(RegexTokenizer):
    def __init__(self, mergeable_ranks, pattern=None):
        RegexTokenizer.__init__(self, pattern)
        self.byte_shuffle = byte_shuffle(mergeable_ranks)
        self.merges = recover_merges(mergeable_ranks)
        self.vocab = dict(map(reversed, mergeable_ranks.items()))
        self.table = bytes(self.byte_shuffle[b] for b in range(256))

    def encode_chunk(self, chunk_bytes):
        return RegexTokenizer.encode_chunk(self, chunk_bytes.translate(self.table))
