"""A tokenizer with chunks and special tokens."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import regex

from basic import Pair, get_stats, merge, merged_by, most_common, vocabulary

GPT4_SPLIT_PATTERN: str = (
    r"""'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"""
)


def split_text(text: str, pattern: str = GPT4_SPLIT_PATTERN) -> list[str]:
    """Whole chunks."""
    if not isinstance(text, str):
        raise TypeError("text must be a str")
    result: list[str] = []
    for match in regex.finditer(pattern, text):
        begin, end = match.span()
        result.append(text[begin:end])
    return result


def _pieces(text: str, special_tokens: Collection[str]) -> Iterator[str]:
    ordered = sorted(special_tokens, key=lambda token: (-len(token), token))
    finder = regex.compile("|".join(regex.escape(token) for token in ordered))
    position = 0
    for match in finder.finditer(text):
        yield text[position:match.start()]
        yield match.group()
        position = match.end()
    yield text[position:]


def split_special(text: str, special_tokens: Collection[str]) -> list[str]:
    """Pieces without empty ones."""
    candidates: list[str] = [text] if not special_tokens else list(_pieces(text, special_tokens))
    return [piece for piece in candidates if len(piece) > 0]


class RegexTokenizer:
    """Splits first."""

    def __init__(self, pattern: str | None = None) -> None:
        self.pattern: str = GPT4_SPLIT_PATTERN if pattern is None else pattern
        self.merges: dict[Pair, int] = {}
        self.vocab: dict[int, bytes] = vocabulary({})
        self.special_tokens: dict[str, int] = {}

    def register_special_tokens(self, special_tokens: dict[str, int]) -> None:
        """Remember them."""
        if not all(isinstance(token, str) and isinstance(idx, int) for token, idx in special_tokens.items()):
            raise TypeError("special tokens are a dict from str to int")
        self.special_tokens = dict(special_tokens)

    def train(self, text: str, vocab_size: int) -> None:
        """Learn inside of chunks."""
        if vocab_size < 256:
            raise ValueError("vocab_size must be at least 256")
        rows: list[list[int]] = [list(chunk.encode("utf-8")) for chunk in split_text(text, self.pattern)]
        merges: dict[Pair, int] = {}
        for idx in range(256, vocab_size):
            stats: dict[Pair, int] = {}
            for row in rows:
                stats = get_stats(row, stats)
            pair = most_common(stats)
            if pair is None:
                break
            rows = [merge(row, pair, idx) for row in rows]
            merges[pair] = idx
        self.merges = merges
        self.vocab = vocabulary(merges)

    def encode_chunk(self, chunk_bytes: bytes) -> list[int]:
        """One chunk."""
        return merged_by(chunk_bytes, self.merges)

    def encode_ordinary(self, text: str) -> list[int]:
        """All chunks."""
        result: list[int] = []
        for chunk in split_text(text, self.pattern):
            result = result + self.encode_chunk(chunk.encode("utf-8"))
        return result

    def _allowed(self, text: str, allowed_special: str | Collection[str]) -> dict[str, int]:
        if allowed_special == "all":
            return dict(self.special_tokens)
        if allowed_special == "none":
            return {}
        if allowed_special == "none_raise":
            found = [token for token in self.special_tokens if token in text]
            if found:
                raise ValueError(f"not allowed in a text: {found}")
            return {}
        if isinstance(allowed_special, str):
            raise ValueError(f"unknown: {allowed_special}")
        return {token: self.special_tokens[token] for token in self.special_tokens if token in set(allowed_special)}

    def encode(self, text: str, allowed_special: str | Collection[str] = "none_raise") -> list[int]:
        """Text to ids."""
        special = self._allowed(text, allowed_special)
        result: list[int] = []
        for piece in split_special(text, special):
            if piece in special:
                result.append(special[piece])
            else:
                result.extend(self.encode_ordinary(piece))
        return result

    def decode(self, ids: Sequence[int]) -> str:
        """Ids to text."""
        names: dict[int, str] = {idx: token for token, idx in self.special_tokens.items()}
        joined = bytearray()
        for idx in ids:
            if idx in names:
                joined.extend(names[idx].encode("utf-8"))
            elif idx in self.vocab:
                joined.extend(self.vocab[idx])
            else:
                raise ValueError(f"unknown id: {idx}")
        return bytes(joined).decode("utf-8", errors="replace")
