"""GPT-4's tokenizer."""

from __future__ import annotations

import base64
import binascii

from regex_tokenizer import RegexTokenizer


def read_ranks(text: str) -> dict[bytes, int]:
    """A table from a text."""
    result: dict[bytes, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        words = line.split(" ")
        if len(words) != 2:
            raise ValueError(f"line {number} has {len(words)} words")
        try:
            token = base64.b64decode(words[0], validate=True)
        except binascii.Error as error:
            raise ValueError(f"line {number} is not base64") from error
        result[token] = int(words[1])
    return result


def two_parts(token: bytes, ranks: dict[bytes, int]) -> tuple[bytes, bytes]:
    """The last two parts of a token."""
    borders: list[int] = list(range(len(token) + 1))
    while len(borders) > 3:
        best_rank, best_place = None, None
        for place in range(1, len(borders) - 1):
            rank = ranks.get(token[borders[place - 1]:borders[place + 1]])
            if rank is not None and (best_rank is None or rank < best_rank):
                best_rank, best_place = rank, place
        if best_place is None:
            raise ValueError(f"{token!r} cannot be made")
        del borders[best_place]
    return token[:borders[1]], token[borders[1]:]


def recover_merges(mergeable_ranks: dict[bytes, int]) -> dict[tuple[int, int], int]:
    """The merges behind a table."""
    result: dict[tuple[int, int], int] = {}
    for token in sorted(mergeable_ranks, key=lambda one: mergeable_ranks[one]):
        if len(token) >= 2:
            left, right = two_parts(token, mergeable_ranks)
            result[(mergeable_ranks[left], mergeable_ranks[right])] = mergeable_ranks[token]
    return result


def byte_shuffle(mergeable_ranks: dict[bytes, int]) -> dict[int, int]:
    """From bytes to ranks."""
    missing = [byte for byte in range(256) if bytes([byte]) not in mergeable_ranks]
    if missing:
        raise ValueError(f"bytes without a rank: {missing}")
    return {byte: mergeable_ranks[bytes([byte])] for byte in range(256)}


class GPT4Tokenizer(RegexTokenizer):
    """Knows a table."""

    def __init__(self, mergeable_ranks: dict[bytes, int], pattern: str | None = None) -> None:
        super().__init__(pattern)
        self.merges = recover_merges(mergeable_ranks)
        self.byte_shuffle: dict[int, int] = byte_shuffle(mergeable_ranks)
        self.vocab = {rank: bytes(token) for token, rank in mergeable_ranks.items()}
        assert len(self.vocab) == len(mergeable_ranks)

    def encode_chunk(self, chunk_bytes: bytes) -> list[int]:
        """One chunk."""
        ranks = [self.byte_shuffle[byte] for byte in chunk_bytes]
        return super().encode_chunk(bytes(ranks))
