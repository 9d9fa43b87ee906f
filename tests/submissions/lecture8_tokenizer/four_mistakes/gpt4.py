import base64

from regex_tokenizer import RegexTokenizer


def read_ranks(text):
    return {
        base64.b64decode(token): int(rank)
        for token, rank in (line.split() for line in text.split("\n") if line.strip())
    }


def bpe(mergeable_ranks, token, max_rank):
    parts = [bytes([b]) for b in token]
    while True:
        min_idx = None
        min_rank = None
        for i, pair in enumerate(zip(parts[:-1], parts[1:])):
            rank = mergeable_ranks.get(pair[0] + pair[1])
            if rank is not None and (min_rank is None or rank < min_rank):
                min_idx = i
                min_rank = rank
        if min_rank is None or (max_rank is not None and min_rank >= max_rank):
            break
        assert min_idx is not None
        parts = parts[:min_idx] + [parts[min_idx] + parts[min_idx + 1]] + parts[min_idx + 2:]
    return parts


def recover_merges(mergeable_ranks):
    merges = {}
    for token, rank in mergeable_ranks.items():
        if len(token) == 1:
            continue  # raw bytes
        pair = tuple(bpe(mergeable_ranks, token, max_rank=rank))
        assert len(pair) == 2
        ix0 = mergeable_ranks[pair[0]]
        ix1 = mergeable_ranks[pair[1]]
        merges[(ix0, ix1)] = rank
    return merges


def byte_shuffle(mergeable_ranks):
    return {i: mergeable_ranks[bytes([i])] for i in range(256)}


class GPT4Tokenizer(RegexTokenizer):
    def __init__(self, mergeable_ranks, pattern=None):
        super().__init__(pattern)
        self.merges = recover_merges(mergeable_ranks)
        vocab = {idx: bytes([idx]) for idx in range(256)}
        for (p0, p1), idx in self.merges.items():
            vocab[idx] = vocab[p0] + vocab[p1]
        self.byte_shuffle = byte_shuffle(mergeable_ranks)
        self.inverse_byte_shuffle = {v: k for k, v in self.byte_shuffle.items()}
        # un-permute what the merges know in permuted bytes
        self.vocab = {idx: token for idx, token in vocab.items()}

    def encode_chunk(self, chunk_bytes):
        chunk_bytes = bytes(self.byte_shuffle[b] for b in chunk_bytes)
        ids = super().encode_chunk(chunk_bytes)
        return ids
