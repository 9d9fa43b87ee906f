from __future__ import annotations

from itertools import chain, islice
from random import Random
from typing import Iterable, Iterator

import torch
from torch import Tensor

Row = tuple[list[int], int]


def windows(codes: Iterable[int], block_size: int) -> Iterator[Row]:
    seen = [0] * block_size
    for code in codes:
        yield seen[len(seen) - block_size :], code
        seen.append(code)


def rows(words: Iterable[str], stoi: dict[str, int], block_size: int) -> Iterator[Row]:
    return chain.from_iterable(windows(map(stoi.__getitem__, w + "."), block_size) for w in words)


def build_dataset(words: list[str], stoi: dict[str, int], block_size: int) -> tuple[Tensor, Tensor]:
    if block_size < 1:
        raise ValueError("a context has at least one symbol")
    X: list[list[int]] = []
    Y: list[int] = []
    for x, y in rows(words, stoi, block_size):
        X += [x]
        Y += [y]
    return torch.tensor(X, dtype=torch.int64), torch.tensor(Y, dtype=torch.int64)


def split_words(words: list[str], rng: Random) -> tuple[list[str], ...]:
    shuffled = words.copy()
    rng.shuffle(shuffled)
    n = len(shuffled)
    n1, n2 = int(0.8 * n), int(0.9 * n)
    pending = iter(shuffled)
    parts = tuple(list(islice(pending, size)) for size in (n1, n2 - n1, n - n2))
    assert sum(map(len, parts)) == len(words)
    return parts
