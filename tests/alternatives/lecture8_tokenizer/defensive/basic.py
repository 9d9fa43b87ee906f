"""Pairs, merges, and a tokenizer of bytes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

Pair = tuple[int, int]


def get_stats(ids: Sequence[int], counts: dict[Pair, int] | None = None) -> dict[Pair, int]:
    """How often each pair occurs."""
    result: dict[Pair, int] = counts if counts is not None else {}
    if len(ids) < 2:
        return result
    before: int = ids[0]
    for now in ids[1:]:
        pair: Pair = (before, now)
        if pair not in result:
            result[pair] = 0
        result[pair] += 1
        before = now
    return result


def merge(ids: Sequence[int], pair: Pair, idx: int) -> list[int]:
    """A new list with the pair replaced."""
    if len(pair) != 2:
        raise ValueError("a pair has two ids")
    first, second = pair
    waiting: deque[int] = deque(ids)
    result: list[int] = []
    while waiting:
        current = waiting.popleft()
        if current == first and waiting and waiting[0] == second:
            waiting.popleft()
            result.append(idx)
        else:
            result.append(current)
    assert len(result) <= len(ids)
    return result


def most_common(stats: dict[Pair, int]) -> Pair | None:
    """The first of the pairs with the highest count; None if none occurs twice."""
    best: Pair | None = None
    for pair, count in stats.items():
        if count >= 2 and (best is None or count > stats[best]):
            best = pair
    return best


def vocabulary(merges: dict[Pair, int]) -> dict[int, bytes]:
    """What each id stands for."""
    result: dict[int, bytes] = {number: number.to_bytes(1, "big") for number in range(256)}
    for (first, second), idx in sorted(merges.items(), key=lambda item: item[1]):
        result[idx] = result[first] + result[second]
    return result


def merged_by(ids: Iterable[int], merges: dict[Pair, int]) -> list[int]:
    """Apply the oldest merge that fits until none fits."""
    current: list[int] = list(ids)
    while True:
        fitting = {merges[pair]: pair for pair in zip(current[:-1], current[1:]) if pair in merges}
        if not fitting:
            return current
        oldest = min(fitting)
        current = merge(current, fitting[oldest], oldest)


class BasicTokenizer:
    """Learns from bytes."""

    merges: dict[Pair, int]
    vocab: dict[int, bytes]

    def __init__(self) -> None:
        self.merges = {}
        self.vocab = vocabulary({})

    def train(self, text: str, vocab_size: int) -> None:
        """Learn."""
        if not isinstance(text, str):
            raise TypeError("text must be a str")
        if vocab_size < 256:
            raise ValueError("vocab_size must be at least 256")
        ids: list[int] = list(text.encode("utf-8"))
        merges: dict[Pair, int] = {}
        while 256 + len(merges) < vocab_size:
            pair = most_common(get_stats(ids))
            if pair is None:
                break
            idx = 256 + len(merges)
            ids = merge(ids, pair, idx)
            merges[pair] = idx
        self.merges = merges
        self.vocab = vocabulary(merges)

    def encode(self, text: str) -> list[int]:
        """Text to ids."""
        if not isinstance(text, str):
            raise TypeError("text must be a str")
        return merged_by(text.encode("utf-8"), self.merges)

    def decode(self, ids: Sequence[int]) -> str:
        """Ids to text."""
        unknown = [idx for idx in ids if idx not in self.vocab]
        if unknown:
            raise ValueError(f"unknown ids: {unknown}")
        return b"".join([self.vocab[idx] for idx in ids]).decode("utf-8", errors="replace")
