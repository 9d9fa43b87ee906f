import base64

from regex_tokenizer import RegexTokenizer


def read_ranks(text):
    table = {}
    for line in filter(None, text.split("\n")):
        left, right = line.split(" ")
        table[base64.standard_b64decode(left.encode("ascii"))] = int(right)
    return table


def recover_merges(mergeable_ranks):
    # grow the merges token by token: what was found so far splits the next one into two
    name = {rank: token for token, rank in mergeable_ranks.items()}
    merges = {}
    for rank in sorted(name):
        token = name[rank]
        if len(token) < 2:
            continue
        row = [mergeable_ranks[bytes([b])] for b in token]
        while len(row) > 2:
            found = [(merges[pair], i) for i, pair in enumerate(zip(row, row[1:])) if pair in merges]
            new, i = min(found)
            row[i:i + 2] = [new]
        merges[row[0], row[1]] = rank
    return merges


def byte_shuffle(mergeable_ranks):
    return dict(enumerate(mergeable_ranks[bytes([b])] for b in range(256)))


class GPT4Tokenizer(RegexTokenizer):
    def __init__(self, mergeable_ranks, pattern=None):
        super().__init__(pattern)
        self.merges, self.byte_shuffle = recover_merges(mergeable_ranks), byte_shuffle(mergeable_ranks)
        self.vocab = {rank: token for token, rank in mergeable_ranks.items()}

    def encode_chunk(self, chunk_bytes):
        return super().encode_chunk(bytes(map(self.byte_shuffle.get, chunk_bytes)))
