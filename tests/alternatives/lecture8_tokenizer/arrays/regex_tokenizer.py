import regex

from basic import encode_by_vocab, get_stats, merge, vocabulary

GPT4_SPLIT_PATTERN = (
    r"""'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"""
)


def split_text(text, pattern=GPT4_SPLIT_PATTERN):
    return list(map(regex.Match.group, regex.finditer(pattern, text)))


def split_special(text, special_tokens):
    """By recursion: what stands before the leftmost special token, the token, and the rest."""
    places = [(text.find(token), -len(token), token) for token in special_tokens if token in text]
    if not places:
        return [text] if text else []
    start, _, token = min(places)
    before, after = text[:start], text[start + len(token):]
    return ([before] if before else []) + [token] + split_special(after, special_tokens)


class RegexTokenizer:
    def __init__(self, pattern=None):
        self.pattern = GPT4_SPLIT_PATTERN if pattern is None else pattern
        self.merges, self.vocab = {}, vocabulary({})
        self.special_tokens = {}

    def register_special_tokens(self, special_tokens):
        self.special_tokens.clear()
        self.special_tokens.update(special_tokens)

    def train(self, text, vocab_size):
        rows = [list(chunk.encode("utf-8")) for chunk in split_text(text, self.pattern)]
        self.merges = self._learn(rows, {}, vocab_size)
        self.vocab = vocabulary(self.merges)

    def _learn(self, rows, merges, vocab_size):
        stats = {}
        for row in rows:
            get_stats(row, stats)
        top = max(stats.values(), default=0)
        if top < 2 or 256 + len(merges) >= vocab_size:
            return merges
        pair = next(pair for pair in stats if stats[pair] == top)
        idx = 256 + len(merges)
        return self._learn([merge(row, pair, idx) for row in rows], {**merges, pair: idx}, vocab_size)

    def encode_chunk(self, chunk_bytes):
        return encode_by_vocab(chunk_bytes, self.merges, self.vocab)

    def encode_ordinary(self, text):
        return sum((self.encode_chunk(chunk.encode("utf-8")) for chunk in split_text(text, self.pattern)), [])

    def encode(self, text, allowed_special="none_raise"):
        match allowed_special:
            case "all":
                allowed = self.special_tokens
            case "none":
                allowed = {}
            case "none_raise":
                allowed = {}
                if split_special(text, self.special_tokens) not in ([text], []) or text in self.special_tokens:
                    raise ValueError("a special token")
            case _:
                allowed = {token: self.special_tokens[token] for token in allowed_special if token in self.special_tokens}
        parts = [[allowed[p]] if p in allowed else self.encode_ordinary(p) for p in split_special(text, allowed)]
        return sum(parts, [])

    def decode(self, ids):
        backwards = dict(zip(self.special_tokens.values(), self.special_tokens.keys()))
        data = b""
        for idx in ids:
            data += backwards[idx].encode("utf-8") if idx in backwards else self.vocab[idx]
        return data.decode("utf-8", errors="replace")
