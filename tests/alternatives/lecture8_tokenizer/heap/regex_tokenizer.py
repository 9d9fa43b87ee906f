import regex

from basic import encode_with_heap, learn, vocabulary

GPT4_SPLIT_PATTERN = (
    r"""'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"""
)


def split_text(text, pattern=GPT4_SPLIT_PATTERN):
    found, start, finder = [], 0, regex.compile(pattern)
    while start <= len(text):
        match = finder.search(text, start)
        if match is None:
            break
        if match.end() > match.start():
            found.append(text[match.start():match.end()])
        start = match.end() if match.end() > match.start() else match.end() + 1
    return found


def split_special(text, special_tokens):
    pieces, plain, i = [], "", 0
    while i < len(text):
        here = [token for token in special_tokens if token and text.startswith(token, i)]
        if here:
            token = max(here, key=len)
            if plain:
                pieces.append(plain)
            pieces.append(token)
            plain = ""
            i += len(token)
        else:
            plain += text[i]
            i += 1
    if plain:
        pieces.append(plain)
    return pieces


class RegexTokenizer:
    def __init__(self, pattern=None):
        self.pattern = pattern or GPT4_SPLIT_PATTERN
        self.merges, self.vocab, self.special_tokens = {}, vocabulary({}), {}

    def register_special_tokens(self, special_tokens):
        self.special_tokens = {**special_tokens}

    def train(self, text, vocab_size):
        often = {}
        for chunk in split_text(text, self.pattern):
            often[chunk] = often.get(chunk, 0) + 1
        words = [(chunk.encode(), times) for chunk, times in often.items()]
        self.merges = learn(words, 256, vocab_size)
        self.vocab = vocabulary(self.merges)

    def encode_chunk(self, chunk_bytes):
        return encode_with_heap(chunk_bytes, self.merges)

    def encode_ordinary(self, text):
        found = []
        for chunk in split_text(text, self.pattern):
            found += self.encode_chunk(chunk.encode())
        return found

    def encode(self, text, allowed_special="none_raise"):
        if allowed_special == "none_raise":
            for token in self.special_tokens:
                if token in text:
                    raise ValueError(token)
            allowed = set()
        elif allowed_special == "none":
            allowed = set()
        elif allowed_special == "all":
            allowed = set(self.special_tokens)
        else:
            allowed = set(self.special_tokens).intersection(allowed_special)
        found = []
        for piece in split_special(text, allowed):
            found += [self.special_tokens[piece]] if piece in allowed else self.encode_ordinary(piece)
        return found

    def decode(self, ids):
        everything = dict(self.vocab)
        everything.update((idx, token.encode()) for token, idx in self.special_tokens.items())
        found = bytearray()
        for idx in ids:
            found += everything[idx]
        return found.decode(errors="replace")
