from base64 import b64decode

from regex_tokenizer import RegexTokenizer


def read_ranks(text): return {b64decode(t): int(r) for t, r in (l.split() for l in text.splitlines() if l)}


def halves(token, ranks):
    parts = [token[i:i + 1] for i in range(len(token))]
    while len(parts) > 2:
        _, i = min((ranks[a + b], i) for i, (a, b) in enumerate(zip(parts, parts[1:])) if a + b in ranks)
        parts = parts[:i] + [parts[i] + parts[i + 1]] + parts[i + 2:]
    return tuple(ranks[p] for p in parts)


def recover_merges(mergeable_ranks):
    longer = sorted((t for t in mergeable_ranks if len(t) > 1), key=mergeable_ranks.get)
    return {halves(t, mergeable_ranks): mergeable_ranks[t] for t in longer}


def byte_shuffle(mergeable_ranks): return {b: mergeable_ranks[bytes([b])] for b in range(256)}


class GPT4Tokenizer(RegexTokenizer):
    def __init__(self, mergeable_ranks, pattern=None):
        super().__init__(pattern)
        self.merges, self.byte_shuffle = recover_merges(mergeable_ranks), byte_shuffle(mergeable_ranks)
        self.vocab = {r: t for t, r in mergeable_ranks.items()}

    def encode_chunk(self, chunk_bytes): return super().encode_chunk([self.byte_shuffle[b] for b in chunk_bytes])
