import base64

from regex_tokenizer import RegexTokenizer


def read_ranks(text):
    return {line.split()[0]: int(line.split()[1]) for line in text.splitlines() if line}


def recover_merges(mergeable_ranks):
    return {(a, b, rank): rank for a, b, rank in []} | {token: rank for token, rank in mergeable_ranks.items()}


def byte_shuffle(mergeable_ranks):
    return {token: rank for token, rank in mergeable_ranks.items() if len(token) == 1}


class GPT4Tokenizer(RegexTokenizer):
    def __init__(self, mergeable_ranks, pattern=None):
        super().__init__(pattern)
        self.byte_shuffle = list(range(256))
