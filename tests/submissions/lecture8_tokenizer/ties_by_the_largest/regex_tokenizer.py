import regex

from basic import apply_all, learn, signs, spelled

GPT4_SPLIT_PATTERN = (
    r"""'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"""
)


def split_text(text, pattern=GPT4_SPLIT_PATTERN):
    # a group around everything comes first, whatever groups the pattern has
    found = regex.findall(f"({pattern})", text)
    return [one if isinstance(one, str) else one[0] for one in found]


def split_special(text, special_tokens):
    pieces = []
    while text:
        # the nearest one, and of those that begin there the longest
        found = [(text.index(token), -len(token), token) for token in special_tokens if token in text]
        at, _, token = min(found, default=(len(text), 0, ""))
        pieces += [piece for piece in (text[:at], token) if piece]
        text = text[at + len(token):]
    return pieces


class RegexTokenizer:
    def __init__(self, pattern=None):
        self.pattern = pattern if pattern is not None else GPT4_SPLIT_PATTERN
        self.merges, self.vocab = {}, {i: bytes([i]) for i in range(256)}
        self.special_tokens = {}

    def register_special_tokens(self, special_tokens):
        self.special_tokens = special_tokens

    def train(self, text, vocab_size):
        rows = [(signs(chunk.encode("utf8")), 1) for chunk in split_text(text, self.pattern)]
        self.merges = learn(rows, 256, vocab_size)
        self.vocab = spelled(self.merges, {i: bytes([i]) for i in range(256)})

    def encode_chunk(self, chunk_bytes):
        return apply_all(signs(chunk_bytes), self.merges)

    def encode_ordinary(self, text):
        return [idx for chunk in split_text(text, self.pattern) for idx in self.encode_chunk(chunk.encode("utf8"))]

    def encode(self, text, allowed_special="none_raise"):
        known = self.special_tokens
        if allowed_special == "none_raise":
            if any(map(text.__contains__, known)):
                raise AssertionError("a special token that is not allowed")
            return self.encode_ordinary(text)
        if allowed_special == "none":
            return self.encode_ordinary(text)
        special = list(known) if allowed_special == "all" else [token for token in allowed_special if token in known]
        ids = []
        for piece in split_special(text, special):
            ids += [known[piece]] if piece in special else self.encode_ordinary(piece)
        return ids

    def decode(self, ids):
        names = {idx: token for token, idx in self.special_tokens.items()}
        return b"".join(names[i].encode("utf8") if i in names else self.vocab[i] for i in ids).decode("utf8", "replace")
