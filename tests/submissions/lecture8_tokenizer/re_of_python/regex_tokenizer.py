"""The same with borders: the text is split into chunks first, and nothing is merged across the end of a chunk.

Needs basic.py, and the package regex: the re of Python knows no \\p{L}, which is a letter of any script.
"""

import re as regex

from basic import get_stats, merge

# how GPT-2 and GPT-4 split a text; in GPT-2's pattern the endings 's and 're are small letters
GPT2_SPLIT_PATTERN = r"""'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"""
GPT4_SPLIT_PATTERN = (
    r"""'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"""
)


def split_text(text, pattern=GPT4_SPLIT_PATTERN):
    """The chunks that a pattern finds in a text, one after the other, whole. Returns a list of str.

    A pattern may have groups, as "(a|b)+" has one. A chunk is all of what was found, not what a group holds.

    >>> split_text("Hello world! It's 2024.")
    ['Hello', ' world', '!', ' It', "'s", ' ', '202', '4', '.']

    Source: lecture 8, 57:36.
    """
    return [match.group() for match in regex.finditer(pattern, text)]


def split_special(text, special_tokens):
    """A text in pieces: special tokens, and what stands between them. Returns a list of str without empty pieces.

    special_tokens: a dict or other collection of str. It is looked for them from left to right; where two fit at one
    place, the longer is taken. Their signs mean nothing but themselves, also where a pattern would read them otherwise.

    >>> split_special("<|end|>hi there<|end|>", {"<|end|>": 300})
    ['<|end|>', 'hi there', '<|end|>']

    Source: lecture 8, 1:18:26.
    """
    if not special_tokens:
        return [text] if text else []
    longest_first = sorted(special_tokens, key=len, reverse=True)
    # a group in the pattern: split keeps what it has found
    pattern = "(" + "|".join(regex.escape(token) for token in longest_first) + ")"
    return [piece for piece in regex.split(pattern, text) if piece]


class RegexTokenizer:
    """A tokenizer that splits a text by a pattern first, and knows special tokens.

    merges, vocab: as in BasicTokenizer. pattern: what it splits by; if none is given, GPT-4's.
    special_tokens: a dict from str to int. They are not learned, and no text is merged into them.
    All methods use what stands in these four, whoever has put it there.
    """

    def __init__(self, pattern=None):
        self.pattern = GPT4_SPLIT_PATTERN if pattern is None else pattern
        self.merges = {}
        self.vocab = {idx: bytes([idx]) for idx in range(256)}
        self.special_tokens = {}

    def register_special_tokens(self, special_tokens):
        """Let these be the special tokens: a dict from str to int, such as {"<|endoftext|>": 100257}."""
        self.special_tokens = dict(special_tokens)

    def train(self, text, vocab_size):
        """As in BasicTokenizer, but pairs are counted and merged inside of chunks. Returns nothing.

        The counts of all chunks are added up, from the first to the last, and so are the first sights: of pairs that
        occur equally often, the one that is seen first in the text is taken. self.special_tokens stays as it is.

        >>> t = RegexTokenizer()
        >>> t.train("low lower lowest", 256 + 3)
        >>> t.merges                                    # "lo", "low", " low"
        {(108, 111): 256, (256, 119): 257, (32, 257): 258}

        Source: lecture 8, 57:36.
        """
        chunks = [list(chunk.encode("utf-8")) for chunk in split_text(text, self.pattern)]
        merges = {}
        vocab = {idx: bytes([idx]) for idx in range(256)}
        for idx in range(256, vocab_size):
            # one table for all chunks
            stats = {}
            for ids in chunks:
                get_stats(ids, stats)
            pair = max(stats, key=stats.get, default=None)
            if pair is None or stats[pair] < 2:
                break
            chunks = [merge(ids, pair, idx) for ids in chunks]
            merges[pair] = idx
            vocab[idx] = vocab[pair[0]] + vocab[pair[1]]
        self.merges, self.vocab = merges, vocab

    def encode_chunk(self, chunk_bytes):
        """The ids of one chunk, given as bytes: merged as in BasicTokenizer.encode. Returns a list of int.

        >>> t = RegexTokenizer()
        >>> t.train("low lower lowest", 256 + 3)
        >>> t.encode_chunk(b" lowly")
        [258, 108, 121]

        Source: lecture 8, 48:21.
        """
        ids = list(chunk_bytes)
        while len(ids) >= 2:
            pair = min(get_stats(ids), key=lambda p: self.merges.get(p, float("inf")))
            if pair not in self.merges:
                break
            ids = merge(ids, pair, self.merges[pair])
        return ids

    def encode_ordinary(self, text):
        """The ids of a text, chunk by chunk, in which special tokens are letters like others. Returns a list of int.

        Each chunk goes through self.encode_chunk.

        >>> t = RegexTokenizer()
        >>> t.train("low lower lowest", 256 + 3)
        >>> t.encode_ordinary("slow low")               # "s", "low", " low"
        [115, 257, 258]

        Source: lecture 8, 57:36.
        """
        ids = []
        for chunk in split_text(text, self.pattern):
            ids.extend(self.encode_chunk(chunk.encode("utf-8")))
        return ids

    def encode(self, text, allowed_special="none_raise"):
        """The ids of a text in which some special tokens count as such. Returns a list of int.

        allowed_special says which: "all" of self.special_tokens; "none"; "none_raise", which is none too, but a text
        that holds one is refused with an AssertionError or a ValueError; or a set of str, of which those count that are
        in self.special_tokens. One that does not count is text like any other, and goes through encode_ordinary.

        >>> t = RegexTokenizer()
        >>> t.register_special_tokens({"<|end|>": 300})
        >>> t.encode("hi<|end|>", allowed_special="all")
        [104, 105, 300]

        Source: lecture 8, 1:18:26.
        """
        if allowed_special == "all":
            special = self.special_tokens
        elif allowed_special in ("none", "none_raise"):
            special = {}
        else:
            special = {token: idx for token, idx in self.special_tokens.items() if token in allowed_special}
        if allowed_special == "none_raise" and any(token in text for token in self.special_tokens):
            raise ValueError("the text holds a special token")

        ids = []
        for piece in split_special(text, special):
            if piece in special:
                ids.append(special[piece])
            else:
                ids.extend(self.encode_ordinary(piece))
        return ids

    def decode(self, ids):
        """The text of some ids, special tokens included. Returns a str; broken UTF-8 becomes U+FFFD.

        >>> t = RegexTokenizer()
        >>> t.register_special_tokens({"<|end|>": 300})
        >>> t.decode([195, 169, 300])
        'é<|end|>'

        Source: lecture 8, 42:47 and 1:18:26.
        """
        special = {idx: token.encode("utf-8") for token, idx in self.special_tokens.items()}
        parts = [special[idx] if idx in special else self.vocab[idx] for idx in ids]
        return b"".join(parts).decode("utf-8", errors="replace")
