import regex
from itertools import chain

from basic import apply, learn, spell

GPT4_SPLIT_PATTERN = (
    r"""'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"""
)


def split_text(text, pattern=GPT4_SPLIT_PATTERN): return [m.group(0) for m in regex.finditer(pattern, text)]


def split_special(text, special_tokens):
    either = "|".join(map(regex.escape, sorted(special_tokens, key=len)[::-1]))
    return [p for p in (regex.split(f"({either})", text) if either else [text]) if p]


class RegexTokenizer:
    def __init__(self, pattern=None):
        self.pattern, self.special_tokens = pattern or GPT4_SPLIT_PATTERN, {}
        self.merges, self.vocab = {}, {i: bytes([i]) for i in range(256)}

    def register_special_tokens(self, special_tokens): self.special_tokens = dict(special_tokens)

    def train(self, text, vocab_size):
        self.merges = learn([list(c.encode()) for c in split_text(text, self.pattern)], 256, vocab_size)
        self.vocab = spell(self.merges, {i: bytes([i]) for i in range(256)})

    def encode_chunk(self, chunk_bytes): return apply(chunk_bytes, self.merges)

    def encode_ordinary(self, text):
        return list(chain.from_iterable(self.encode_chunk(c.encode()) for c in split_text(text, self.pattern)))

    def encode(self, text, allowed_special="none_raise"):
        s = self.special_tokens
        assert allowed_special != "none_raise" or not any(t in text for t in s)
        a = {"all": s, "none": {}, "none_raise": {}}[allowed_special] if isinstance(allowed_special, str) else allowed_special
        ok = {t: i for t, i in s.items() if t in a}
        return [i for p in split_special(text, ok) for i in ([ok[p]] if p in ok else self.encode_ordinary(p))]

    def decode(self, ids):
        all_of_it = self.vocab | {i: t.encode() for t, i in self.special_tokens.items()}
        return b"".join(map(all_of_it.__getitem__, ids)).decode(errors="replace")
